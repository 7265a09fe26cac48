#include "plots/compare_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/compare_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

// "8,240 less", "120 more".
std::string more_or_less(double difference, int decimals, const std::string& unit) {
  return with_unit(grouped(std::abs(difference), decimals), unit) + (difference < 0 ? " less" : " more");
}

std::string title(const CompareResult& result, const TerminalStyle& style) {
  std::string names;
  for (const ComparedScenario& scenario : result.scenarios)
    names += (names.empty() ? "" : " against ") + printable(scenario.name);
  std::string facts;
  const auto add = [&](const std::string& fact) {
    if (!fact.empty()) facts += (facts.empty() ? "" : style.unicode ? " · " : " | ") + fact;
  };
  add(printable(result.scenarios[0].horizon));
  add(fmt::format("{} common {}", count(result.run.draws), result.run.draws == 1 ? "draw" : "draws"));
  add(fmt::format("seed {}", result.run.seed));
  if (result.scenarios.size() > 3) names = fmt::format("{} scenarios compared", result.scenarios.size());
  return paint(clip(names, static_cast<std::size_t>(style.width), style), Ink::heading, style) + '\n' +
         wrap(facts, "", style);
}

/// Of two: which is cheaper, by how much, how often.
std::string answer_of_two(const CompareResult& result) {
  const Estimate& mean = result.differences[0].statistics[0].difference;
  const std::string unit = printable(result.currency);
  const std::size_t cheaper = mean.value < 0 ? 1 : 0;
  const std::string a = printable(result.scenarios[cheaper].name), b = printable(result.scenarios[1 - cheaper].name);
  if (mean.value == 0) return fmt::format("{} and {} cost the same on average.", a, b);
  const int decimals = decimals_for(mean.value);
  const double p = result.cheaper[0].probability.value;
  const std::string often = percent(cheaper == 0 ? p : 1 - p);
  if (!mean.low || !mean.high)
    return fmt::format("{} is cheaper than {} by {} in the only draw.", a, b,
                       with_unit(grouped(std::abs(mean.value), decimals), unit));
  const double low = cheaper == 1 ? -*mean.high : *mean.low, high = cheaper == 1 ? -*mean.low : *mean.high;
  if (low <= 0)
    return fmt::format(
        "On average {} and {} cost the same within the sampling error: {} is {} (95% interval {} to {}), "
        "and cheaper in {} of the draws.",
        b, a, a, more_or_less(-std::abs(mean.value), decimals, unit), grouped(low, decimals), grouped(high, decimals),
        often);
  return fmt::format("{} is cheaper than {} by {} on average (95% interval {} to {}) and in {} of the draws.", a, b,
                     with_unit(grouped(std::abs(mean.value), decimals), unit), grouped(low, decimals),
                     grouped(high, decimals), often);
}

/// Of many: the cheapest on average, and the next.
std::string answer_of_many(const CompareResult& result) {
  const std::size_t best = result.information.choice;
  std::size_t next = best == 0 ? 1 : 0;
  for (std::size_t s = 0; s < result.scenarios.size(); ++s)
    if (s != best && result.scenarios[s].mean.value < result.scenarios[next].mean.value) next = s;
  const double gap = result.scenarios[next].mean.value - result.scenarios[best].mean.value;
  std::string sentence = fmt::format(
      "{} is the cheapest on average, by {} against the next, {}, and it is the cheapest of all in {} of the "
      "draws.",
      printable(result.scenarios[best].name), with_unit(grouped(gap, decimals_for(gap)), printable(result.currency)),
      printable(result.scenarios[next].name), percent(result.scenarios[best].cheapest.value));
  const auto often = std::ranges::max_element(result.scenarios, {},
                                              [](const ComparedScenario& scenario) { return scenario.cheapest.value; });
  if (static_cast<std::size_t>(often - result.scenarios.begin()) != best)
    sentence += fmt::format(" {} is the cheapest more often, in {}, but dearer where it is not.",
                            printable(often->name), percent(often->cheapest.value));
  return sentence;
}

}  // namespace

std::string render_answer(const CompareResult& result, const TerminalStyle& style) {
  std::string out = title(result, style) + '\n';
  out += wrap(result.scenarios.size() == 2 ? answer_of_two(result) : answer_of_many(result), "", style);
  for (const std::string& warning : result.warnings)
    out += paint(wrap(printable(warning) + ".", "", style), Ink::caution, style);
  return out;
}

std::string render_scenarios(const CompareResult& result, const TerminalStyle& style) {
  const int decimals = decimals_for(result.scenarios[0].mean.value);
  std::vector<Column> columns{{"", false, 0, true}, {"Base", true, 3}, {"Mean"}};
  for (const PercentileValue& p : result.scenarios[0].percentiles) {
    const bool usual = p.name == "P50" || p.name == "P80" || p.name == "P90" || p.name == result.headline;
    columns.push_back({p.name, true, usual ? 0 : 4});
  }
  for (const BudgetRow& row : result.scenarios[0].budgets)
    columns.push_back({"within " + grouped(row.budget, 0), true, 2});
  columns.push_back({"Cheapest in", true, 1});
  std::vector<Row> rows;
  for (const ComparedScenario& scenario : result.scenarios) {
    Row row{{printable(scenario.name)}, {grouped(scenario.base, decimals)}, {grouped(scenario.mean.value, decimals)}};
    for (const PercentileValue& p : scenario.percentiles)
      row.push_back({grouped(p.value, decimals), p.name == result.headline ? Ink::heading : Ink::plain});
    for (const BudgetRow& budget : scenario.budgets) row.push_back({percent(budget.confidence)});
    row.push_back({percent(scenario.cheapest.value)});
    rows.push_back(std::move(row));
  }
  return heading("What each costs", result.currency, style) + render_table(std::move(columns), std::move(rows), style) +
         wrap(
             "P80 is the budget that is enough in 80% of the draws. Cheapest: the share of draws in which no other "
             "costs "
             "less; ties are shared.",
             "  ", style);
}

std::string render_differences(const CompareResult& result, const TerminalStyle& style) {
  int decimals = 15;
  for (const ScenarioDifference& row : result.differences)
    for (const StatisticDifference& s : row.statistics)
      if (s.difference.value != 0) decimals = std::min(decimals, decimals_for(s.difference.value));
  if (decimals == 15) decimals = 0;
  std::vector<Row> rows;
  for (const ScenarioDifference& row : result.differences) {
    bool first = true;
    for (const StatisticDifference& s : row.statistics) {
      const Estimate& d = s.difference;
      const Ink ink = d.high && *d.high < 0 ? Ink::good : d.low && *d.low > 0 ? Ink::bad : Ink::plain;
      const std::string interval =
          d.low && d.high ? grouped(*d.low, decimals) + " to " + grouped(*d.high, decimals) : "too few draws";
      rows.push_back({{first ? printable(result.scenarios[row.scenario].name) : "", Ink::heading},
                      {s.statistic},
                      {grouped(d.value, decimals), ink},
                      {s.percent ? grouped(*s.percent, 1) + "%" : "-"},
                      {interval, Ink::muted}});
      first = false;
    }
  }
  return heading("Difference from " + printable(result.scenarios[0].name), result.currency, style) +
         render_table({{"", false, 0, true}, {"", false}, {"Difference"}, {"", true, 1}, {"95% interval", true, 2}},
                      std::move(rows), style) +
         wrap(
             "Less than 0 is cheaper. All scenarios share their random numbers: what has the same name in two of them "
             "is "
             "high or low in both, so that differences are known better than the totals.",
             "  ", style);
}

}  // namespace tcosim::text

namespace tcosim {

std::string render_compare(const CompareResult& result, const TerminalStyle& style) {
  std::string out;
  for (const auto& section :
       {text::render_answer, text::render_scenarios, text::render_differences, text::render_compared_lines,
        text::render_dominance, text::render_flips, text::render_information, text::render_common_numbers}) {
    const std::string shown = section(result, style);
    if (!shown.empty()) out += (out.empty() ? "" : "\n") + shown;
  }
  return out;
}

}  // namespace tcosim
