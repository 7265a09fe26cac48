#include "plots/workbook/look_up.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

/// The budget of a whole per cent.
std::string budget_at(const std::string& percentile) {
  return fmt::format("INDEX({},MATCH({},{},0))", kBudgetsName, percentile, kNumbersName);
}

double headline_probability(const Result& result) {
  const PercentileValue* const found = text::percentile_row(result.total, result.headline);
  return found == nullptr ? 0.8 : found->probability;
}

}  // namespace

std::string budget_formula() {
  // 100 * 0.29 is a little less than 29 in binary: rounded, so that whole per cents stay whole.
  const std::string number = fmt::format("ROUND(100*{},6)", kTypedConfidence);
  const std::string whole = "INT(" + number + ")";
  return fmt::format("{0}+MOD({1},1)*({2}-{0})", budget_at(whole), number, budget_at("MIN(99," + whole + "+1)"));
}

std::string confidence_formula() {
  // SUMPRODUCT and not COUNTIF: the condition of COUNTIF is a text, and loses digits.
  const std::string below = fmt::format("SUMPRODUCT(--({}<={}))", kBudgetsName, kTypedBudget);
  return fmt::format(
      "IF({0}<MIN({1}),\"under 1%\",IF({0}>MAX({1}),\"over 99%\","
      "IF({2}=99,0.99,{2}/100+({0}-SMALL({1},{2}))/(SMALL({1},{2}+1)-SMALL({1},{2}))/100)))",
      kTypedBudget, kBudgetsName, below);
}

LookedUp first_look_up(const Result& result) {
  const auto wanted = static_cast<std::size_t>(std::clamp(std::round(100 * headline_probability(result)), 1.0, 99.0));
  const CurvePoint& point = result.curve[std::min(wanted, result.curve.size()) - 1];
  LookedUp found{point.confidence, point.budget, point.contingency, point.percent, point.confidence};
  for (const CurvePoint& other : result.curve)
    if (other.budget <= point.budget) found.reached = std::max(found.reached, other.confidence);
  return found;
}

}  // namespace tcosim::workbook
