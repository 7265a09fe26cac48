#include "plots/charts/study_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kColors = 10;

}  // namespace

std::string clipped(const std::string& name, std::size_t width) {
  return text::clip(text::printable(name), width, {80, true, false});
}

std::string series_color(std::size_t i) {
  return fmt::format("@s{}", i % kColors + 1);
}

std::string series_dash(std::size_t i) {
  return i < kColors ? "solid" : "dashed";
}

Json steps_series(const std::vector<Step>& steps, double thickness) {
  Json data = Json::array();
  for (const Step& step : steps) {
    const double low = step.end.low.value_or(step.to), high = step.end.high.value_or(step.to);
    const bool shown = step.end.low && step.end.high;
    data.push_back({{"value", {step.row, step.from, step.to, shown ? low : step.to, shown ? high : step.to}},
                    {"words", step.words},
                    {"tip", step.tip},
                    {"joined", step.joined},
                    {"itemStyle", {{"color", step.color}}}});
  }
  return {{"type", "custom"},       {"renderItem", "step"},
          {"color", "@background"}, {"label", {{"color", "@text"}}},
          {"thickness", thickness}, {"encode", {{"x", {1, 2, 3, 4}}, {"y", 0}}},
          {"data", std::move(data)}};
}

int rows_height(std::size_t rows, int row_height) {
  return 76 + row_height * static_cast<int>(std::max<std::size_t>(rows, 2));
}

std::string interval_words(const Estimate& estimate, const std::string& unit) {
  if (!estimate.low || !estimate.high || *estimate.low == *estimate.high) return "";
  const int decimals = text::decimals_for(std::max(std::abs(*estimate.low), std::abs(*estimate.high)));
  return fmt::format("95% interval {} to {}", text::grouped(*estimate.low, decimals),
                     text::with_unit(text::grouped(*estimate.high, decimals), unit));
}

std::string signed_amount(double value) {
  return (value > 0 ? "+" : "") + amount(value, "");
}

std::string signed_amount(double value, double scale) {
  return (value > 0 ? "+" : "") + text::grouped(value, text::decimals_for(scale));
}

void leave_room(Json& axis, const char* below, const char* above) {
  axis["boundaryGap"] = {below, above};
}

std::string list_words(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i)
    words += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + text::printable(names[i]);
  return words;
}

}  // namespace tcosim::chart
