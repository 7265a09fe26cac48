#include "plots/charts/run_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "plots/numbers.hpp"

namespace tcosim::chart {

std::string draws_words(const RunInfo& run) {
  const char* sampling = run.sampling == "lhs"     ? "latin hypercube"
                         : run.sampling == "sobol" ? "scrambled Sobol points"
                                                   : "Monte Carlo";
  return fmt::format("{} draw{} ({}, seed {})", text::count(run.draws), run.draws == 1 ? "" : "s", sampling, run.seed);
}

double headline_budget(const Result& result) {
  for (const PercentileValue& percentile : result.total.percentiles)
    if (percentile.name == result.headline) return percentile.value;
  for (const ContingencyRow& row : result.contingency)
    if (row.target == result.headline) return row.budget;
  return result.base.value;
}

std::vector<BreakdownRow> leaf_lines(const Result& result) {
  std::vector<BreakdownRow> leaves;
  for (const BreakdownRow& line : result.lines) {
    const bool has_items =
        std::ranges::any_of(result.lines, [&](const BreakdownRow& other) { return other.parent == line.name; });
    if (!has_items) leaves.push_back(line);
  }
  return leaves;
}

std::vector<Chart> one_chart(std::string name, std::string title, std::string method, std::string summary, int height,
                             const Json& option) {
  return {{std::move(name), std::move(title), std::move(method), std::move(summary), height, dump(option)}};
}

std::string file_part(const std::string& name) {
  std::string part = name;
  std::ranges::replace_if(
      part,
      [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                 c == '_');
      },
      '_');
  return part;
}

std::string left_out(std::size_t count, const std::string& what) {
  return count == 0 ? "" : fmt::format(" {} more {}{} not shown.", count, what, count == 1 ? " is" : "s are");
}

}  // namespace tcosim::chart
