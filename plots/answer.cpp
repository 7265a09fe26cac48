#include "plots/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/text.hpp"

namespace tcosim::text {

std::string sureness(const std::string& target) {
  return target.substr(target.starts_with('P') ? 1 : 0) + "%";
}

const ContingencyRow* headline_row(const Result& result) {
  const auto row = std::find_if(result.contingency.begin(), result.contingency.end(),
                                [&](const ContingencyRow& r) { return r.target == result.headline; });
  return row == result.contingency.end() ? nullptr : &*row;
}

const PercentileValue* percentile_row(const Distributed& distributed, std::string_view name) {
  const auto row = std::ranges::find(distributed.percentiles, name, &PercentileValue::name);
  return row == distributed.percentiles.end() ? nullptr : &*row;
}

std::string percent_of_base(const std::optional<double>& value) {
  return value ? grouped(*value, std::abs(*value) < 1000 ? 1 : 0) + "%" : "-";
}

std::string answer_sentence(const Result& result) {
  const ContingencyRow* headline = headline_row(result);
  if (headline == nullptr) return "";
  const ContingencyRow& row = *headline;
  const int decimals = decimals_for(result.total.mean);
  const std::string start = fmt::format("To be {} sure, budget {}: ", sureness(row.target),
                                        with_unit(grouped(row.budget, decimals), printable(result.currency)));
  const std::string base = grouped(result.base.value, decimals);  // as the others, so that the sentence adds up
  if (row.contingency < 0) {
    return fmt::format("{}{} less than the base estimate of {}.", start, grouped(-row.contingency, decimals), base);
  }
  const std::string share = row.percent ? fmt::format(" ({})", percent_of_base(row.percent)) : "";
  return fmt::format("{}the base estimate of {} and a contingency of {}{}.", start, base,
                     grouped(row.contingency, decimals), share);
}

}  // namespace tcosim::text
