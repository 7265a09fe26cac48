#include "plots/charts/marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::array<std::string_view, 3> kMarked{"P50", "P80", "P90"};

bool marked(const std::string& name, const Result& result) {
  return name == result.headline || std::ranges::find(kMarked, name) != kMarked.end();
}

std::string color_of(const std::string& name, const Result& result) {
  if (name == result.headline) return "@headline";
  return name == "P50" ? "@p50" : "@p90";
}

}  // namespace

std::vector<Mark> budget_marks(const Result& result, double low, double high) {
  std::vector<Mark> marks;
  double largest = std::abs(result.base.value);
  for (const PercentileValue& percentile : result.total.percentiles)
    if (marked(percentile.name, result)) largest = std::max(largest, std::abs(percentile.value));
  const int decimals = text::decimals_for(largest);
  const auto add = [&](const std::string& name, double value, const std::string& color, bool dashed) {
    if (value >= low && value <= high)
      marks.push_back({fmt::format("{} {}", name, text::grouped(value, decimals)), value, color, dashed});
  };
  add("base", result.base.value, "@base", true);
  for (const PercentileValue& percentile : result.total.percentiles) {
    if (marked(percentile.name, result))
      add(percentile.name, percentile.value, color_of(percentile.name, result), false);
  }
  return marks;
}

std::string budget_summary(const Result& result) {
  std::string list;
  for (const PercentileValue& percentile : result.total.percentiles) {
    if (!marked(percentile.name, result)) continue;
    list +=
        fmt::format("{}{} {}", list.empty() ? "" : ", ", percentile.name, amount(percentile.value, result.currency));
  }
  return fmt::format("{}. The base estimate of {} is enough in {} of the draws.", list,
                     amount(result.base.value, result.currency), text::percent(result.base.confidence));
}

}  // namespace tcosim::chart
