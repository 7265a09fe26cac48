// Heat map of rank correlations: inputs with each other and with the total.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr double kStrong = 0.7;
constexpr int kLabelWidth = 120;

std::vector<std::string> names_of(const RankCorrelations& correlations) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < correlations.names.size(); ++i) {
    const std::string label = i < correlations.labels.size() ? correlations.labels[i] : "";
    names.push_back(correlations.names[i] == "total" ? "Total" : shown(label, correlations.names[i]));
  }
  return names;
}

/// Every pair once: the other half would say the same, and take as long to draw.
Json cells(const RankCorrelations& correlations, const std::vector<std::string>& names) {
  Json data = Json::array();
  for (std::size_t i = 1; i < correlations.values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double value = correlations.values[i][j];
      data.push_back({{"value", {j, i - 1, value}},
                      {"words", fmt::format("{:.2f}", std::round(value * 100) / 100 + 0.0)},
                      {"tip", fmt::format("{} and {}\nrank correlation {:+.2f}", names[i], names[j], value + 0.0)},
                      {"label", {{"color", std::abs(value) > kStrong ? "@background" : "@text"}}}});
    }
  }
  return data;
}

/// Pixels that standing labels take below the map.
int label_room(const std::vector<std::string>& names) {
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, text::text_width(name));
  return std::min(kLabelWidth, static_cast<int>(longest) * 7);
}

std::string summary(const RankCorrelations& correlations, const std::vector<std::string>& names) {
  const std::vector<double>& total = correlations.values.back();
  std::size_t most = 0;
  for (std::size_t i = 0; i + 1 < total.size(); ++i)
    if (std::abs(total[i]) > std::abs(total[most])) most = i;
  return fmt::format("{} goes along with the total most: rank correlation {:+.2f}.", names[most], total[most] + 0.0);
}

}  // namespace

std::vector<Chart> rank_correlations(const Result& result) {
  if (!result.details || result.details->rank_correlations.names.size() < 2) return {};
  const RankCorrelations& correlations = result.details->rank_correlations;
  const std::vector<std::string> names = names_of(correlations);
  const std::vector<std::string> columns(names.begin(), names.end() - 1), rows(names.begin() + 1, names.end());
  Json x{{"type", "category"}, {"data", columns}, {"position", "bottom"}};
  x["axisLabel"] = {{"rotate", 90}, {"interval", 0}, {"overflow", "truncate"}, {"width", kLabelWidth}};
  Json y = category_axis(rows);
  const Json option{{"grid", grid(8, 44 + label_room(columns))},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"visualMap",
                     {{"type", "continuous"},
                      {"min", -1},
                      {"max", 1},
                      {"orient", "horizontal"},
                      {"left", "center"},
                      {"bottom", 4},
                      {"text", {"+1: together", "against: \u22121"}},
                      {"itemHeight", 160},
                      {"itemWidth", 12},
                      {"inRange", {{"color", {"@negative", "@zero", "@positive"}}}}}},
                    {"series",
                     {{{"type", "heatmap"},
                       {"itemStyle", {{"borderColor", "@background"}, {"borderWidth", 1}}},
                       {"label", {{"show", true}, {"formatter", "words"}, {"fontSize", 11}}},
                       {"data", cells(correlations, names)}}}}};
  const std::size_t left = result.sensitivity.size() - std::min(result.sensitivity.size(), names.size() - 1);
  return one_chart(
      "rank-correlations", "What moves together",
      fmt::format("Spearman's rank correlation of {} draws, from \u22121 (opposite) to +1 (together); 0 is "
                  "no relation. The inputs that drive the total most come first.{}",
                  text::count(correlations.draws), left_out(left, "input")),
      summary(correlations, names), static_cast<int>(rows.size()) * 34 + 210, option);
}

}  // namespace tcosim::chart
