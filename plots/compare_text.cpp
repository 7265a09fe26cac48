#include "plots/compare_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/compare_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/sentences.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr double kRounding = 1e-12;  // of the totals
constexpr double kHalfACent = 0.005;
constexpr std::size_t kLongestHead = 18;

double scale(const CompareResult& result) {
  double largest = 0;
  for (const ComparedScenario& scenario : result.scenarios) largest = std::max(largest, std::abs(scenario.mean.value));
  return largest;
}

bool counts_in_cents(const CompareResult& result) {
  return !result.currency.empty() && scale(result) >= 1;
}

Estimate negated(const Estimate& estimate) {
  const auto minus = [](const std::optional<double>& x) { return x ? std::optional(-*x) : std::nullopt; };
  return {-estimate.value, minus(estimate.high), minus(estimate.low)};
}

/// " (95% interval 9,960 to 9,998)", or nothing for a single draw.
std::string interval_of(const CompareResult& result, const Estimate& amount) {
  if (!amount.low || !amount.high) return "";
  const int decimals = amount_decimals(result, amount.value);
  return fmt::format(" (95% interval {} to {})", grouped(*amount.low, decimals), grouped(*amount.high, decimals));
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
  if (result.scenarios.size() > 2)
    names = fmt::format("{} scenarios; the first, {}, is what the others are compared with", result.scenarios.size(),
                        scenario_name(result, 0));
  return paint(clip(names, static_cast<std::size_t>(style.width), style), Ink::heading, style) + '\n' +
         wrap(facts, "", style);
}

/// What choosing `cheaper` saves on average against `dearer`.
Estimate saving(const CompareResult& result, std::size_t cheaper, std::size_t dearer) {
  for (const CheaperPair& pair : result.cheaper) {
    if (pair.first == cheaper && pair.second == dearer) return pair.difference;
    if (pair.first == dearer && pair.second == cheaper) return negated(pair.difference);
  }
  return {};
}

double probability_cheaper(const CompareResult& result, std::size_t one, std::size_t other) {
  for (const CheaperPair& pair : result.cheaper) {
    if (pair.first == one && pair.second == other) return pair.probability.value;
    if (pair.first == other && pair.second == one) return 1 - pair.probability.value;
  }
  return 0.5;
}

/// How the budgets at the headline differ; one of the two is the first scenario.
std::string headline_sentence(const CompareResult& result, std::size_t cheaper, std::size_t dearer) {
  const ScenarioDifference& row = result.differences[std::max(cheaper, dearer) - 1];
  const auto found = std::ranges::find(row.statistics, result.headline, &StatisticDifference::statistic);
  if (found == row.statistics.end()) return "";
  const Estimate saved = cheaper > dearer ? negated(found->difference) : found->difference;
  const std::string& head = result.headline;
  if (is_nothing(result, saved.value)) return fmt::format(" Their {} budgets are the same.", head);
  if (saved.low && saved.high && *saved.low <= 0 && *saved.high >= 0)
    return fmt::format(" Their {} budgets are the same within the sampling error.", head);
  return fmt::format(" {}ts {} budget is {} by {}{}.", saved.value > 0 ? "I" : "But i", head,
                     saved.value > 0 ? "lower" : "higher", money(result, saved.value),
                     interval_of(result, saved.value > 0 ? saved : negated(saved)));
}

/// Of two: which is cheaper, by how much, how often.
std::string answer_of_two(const CompareResult& result) {
  const std::size_t cheaper = result.differences[0].statistics[0].difference.value < 0 ? 1 : 0, dearer = 1 - cheaper;
  const Estimate saved = saving(result, cheaper, dearer);
  const std::string a = scenario_name(result, cheaper), b = scenario_name(result, dearer);
  if (is_nothing(result, saved.value))
    return fmt::format("{} and {} cost the same on average.", a, b) + headline_sentence(result, cheaper, dearer);
  const std::string amount = money(result, saved.value);
  if (!saved.low) return fmt::format("{} is cheaper than {} by {} in the only draw.", a, b, amount);
  const std::string often = percent(probability_cheaper(result, cheaper, dearer));
  std::string sentence;
  if (*saved.low <= 0) {
    sentence = fmt::format(
        "{} and {} cost the same on average, within the sampling error: {} is cheaper by {}{}, and in {} of the draws.",
        scenario_name(result, 0), scenario_name(result, 1), a, amount, interval_of(result, saved), often);
  } else {
    sentence = fmt::format("{} is cheaper than {} by {} on average{} and in {} of the draws.", a, b, amount,
                           interval_of(result, saved), often);
  }
  return sentence + headline_sentence(result, cheaper, dearer);
}

/// Of many: the cheapest on average, the next, and what it saves against the first.
std::string answer_of_many(const CompareResult& result) {
  const std::size_t best = result.information.choice;
  std::size_t next = best == 0 ? 1 : 0;
  for (std::size_t s = 0; s < result.scenarios.size(); ++s)
    if (s != best && result.scenarios[s].mean.value < result.scenarios[next].mean.value) next = s;
  const Estimate gap = saving(result, best, next);
  const std::string a = scenario_name(result, best), b = scenario_name(result, next);
  const std::string often = percent(result.scenarios[best].cheapest.value);
  std::string sentence;
  if (is_nothing(result, gap.value)) {
    sentence = fmt::format("{} and {} are the cheapest and cost the same on average.", a, b);
  } else if (gap.low && *gap.low <= 0) {
    sentence = fmt::format(
        "{} and {} are the cheapest on average, and cost the same within the sampling error: {} saves {}{} and is the "
        "cheapest of all in {} of the draws.",
        a, b, a, money(result, gap.value), interval_of(result, gap), often);
  } else {
    sentence = fmt::format(
        "{} is the cheapest on average, by {} against the next, {}{}, and the cheapest of all in {} of the draws.", a,
        money(result, gap.value), b, interval_of(result, gap), often);
  }
  if (best != 0 && next != 0) {
    const Estimate saved = saving(result, best, 0);
    sentence += fmt::format(" Against {} it saves {} on average{}.", scenario_name(result, 0),
                            money(result, saved.value), interval_of(result, saved));
  }
  if (best != 0) sentence += headline_sentence(result, best, 0);
  const auto most = std::ranges::max_element(result.scenarios, {},
                                             [](const ComparedScenario& scenario) { return scenario.cheapest.value; });
  if (most->cheapest.value > result.scenarios[best].cheapest.value)
    sentence += fmt::format(" {} is the cheapest more often, in {} of the draws, but dearer where it is not.",
                            printable(most->name), percent(most->cheapest.value));
  return sentence;
}

std::string interval_cell(const Estimate& difference, int decimals) {
  if (!difference.low || !difference.high) return "too few draws";
  return grouped(*difference.low, decimals) + " to " + grouped(*difference.high, decimals);
}

Ink ink_of(const Estimate& difference) {
  if (difference.high && *difference.high < 0) return Ink::good;
  return difference.low && *difference.low > 0 ? Ink::bad : Ink::plain;
}

/// Decimals for all differences that are not 0: those of the largest of each scenario, where that is the least.
int difference_decimals(const CompareResult& result) {
  double largest = 0;
  for (const ScenarioDifference& row : result.differences)
    for (const StatisticDifference& s : row.statistics) largest = std::max(largest, std::abs(s.difference.value));
  return is_nothing(result, largest) ? 0 : amount_decimals(result, largest);
}

/// Of two scenarios: a row a statistic.
std::string table_of_two(const CompareResult& result, int decimals, const TerminalStyle& style) {
  std::vector<Row> rows;
  for (const StatisticDifference& s : result.differences[0].statistics)
    rows.push_back({{s.statistic, s.statistic == result.headline ? Ink::heading : Ink::plain},
                    {grouped(s.difference.value, decimals), ink_of(s.difference)},
                    {s.percent ? grouped(*s.percent, 1) + "%" : "-"},
                    {interval_cell(s.difference, decimals), Ink::muted}});
  return render_table({{"", false}, {"Difference"}, {"", true, 1}, {"95% interval"}}, std::move(rows), style);
}

/// Of many: a row a scenario, with the intervals of the mean and of the budget at the headline.
std::string table_of_many(const CompareResult& result, int decimals, const TerminalStyle& style) {
  std::vector<Column> columns{{"", false, 0, true}};
  for (const StatisticDifference& s : result.differences[0].statistics) {
    const bool main = s.statistic == "mean" || s.statistic == result.headline;
    columns.push_back({s.statistic == "mean" ? "Mean" : s.statistic, true, main ? 0 : 3});
    if (main) columns.push_back({"95% interval", true, s.statistic == "mean" ? 1 : 2});
  }
  std::vector<Row> rows;
  for (const ScenarioDifference& row : result.differences) {
    Row cells{{scenario_name(result, row.scenario)}};
    for (const StatisticDifference& s : row.statistics) {
      cells.push_back({grouped(s.difference.value, decimals), ink_of(s.difference)});
      if (s.statistic == "mean" || s.statistic == result.headline)
        cells.push_back({interval_cell(s.difference, decimals), Ink::muted});
    }
    rows.push_back(std::move(cells));
  }
  return render_table(std::move(columns), std::move(rows), style);
}

}  // namespace

std::string scenario_name(const CompareResult& result, std::size_t scenario) {
  return printable(result.scenarios[scenario].name);
}

std::string short_name(const CompareResult& result, std::size_t scenario, const TerminalStyle& style) {
  const std::string &first = result.scenarios[0].name, &name = result.scenarios[scenario].name;
  const bool is_variant = !result.scenarios[scenario].changes.empty() && name.starts_with(first + " + ");
  return clip(printable(is_variant ? name.substr(first.size() + 1) : name), kLongestHead, style);
}

int amount_decimals(const CompareResult& result, double amount) {
  const int decimals = decimals_for(amount);
  return counts_in_cents(result) ? std::min(2, decimals) : decimals;
}

int total_decimals(const CompareResult& result) {
  return amount_decimals(result, scale(result));
}

std::string money(const CompareResult& result, double amount) {
  const std::string unit = printable(result.currency);
  if (is_nothing(result, amount)) return with_unit("0", unit);
  if (counts_in_cents(result) && std::abs(amount) < kHalfACent) return "less than " + with_unit("0.01", unit);
  return with_unit(grouped(std::abs(amount), amount_decimals(result, amount)), unit);
}

bool is_nothing(const CompareResult& result, double difference) {
  return std::abs(difference) <= kRounding * scale(result);
}

std::string compare_answer(const CompareResult& result) {
  return result.scenarios.size() == 2 ? answer_of_two(result) : answer_of_many(result);
}

std::string render_answer(const CompareResult& result, const TerminalStyle& style) {
  std::string out = title(result, style) + '\n';
  out += wrap(compare_answer(result), "", style);
  for (const std::string& warning : result.warnings)
    out += paint(wrap(printable(warning) + ".", "", style), Ink::caution, style);
  return out;
}

std::string render_scenarios(const CompareResult& result, const TerminalStyle& style) {
  const int decimals = total_decimals(result);
  std::vector<Column> columns{{"", false, 0, true}, {"Base", true, 5}, {"Mean"}};
  for (const PercentileValue& p : result.scenarios[0].percentiles) {
    const int drop = p.name == result.headline ? 0 : p.name == "P90" || p.name == "P80" ? 1 : p.name == "P50" ? 2 : 4;
    columns.push_back({p.name, true, drop});
  }
  for (const BudgetRow& row : result.scenarios[0].budgets)
    columns.push_back({"within " + grouped(row.budget, 0), true, 3});
  columns.push_back({"Cheapest"});
  std::vector<Row> rows;
  for (const ComparedScenario& scenario : result.scenarios) {
    Row row{{printable(scenario.name)}, {grouped(scenario.base, decimals)}, {grouped(scenario.mean.value, decimals)}};
    for (const PercentileValue& p : scenario.percentiles)
      row.push_back({grouped(p.value, decimals), p.name == result.headline ? Ink::heading : Ink::plain});
    for (const BudgetRow& budget : scenario.budgets) row.push_back({percent(budget.confidence)});
    row.push_back({percent(scenario.cheapest.value)});
    rows.push_back(std::move(row));
  }
  const std::string head = result.headline;
  return heading("What each costs", result.currency, style) + render_table(std::move(columns), std::move(rows), style) +
         wrap(fmt::format("{} is the budget that is enough in {}% of the draws. Cheapest: the share of draws in which "
                          "no other costs less; ties are shared.",
                          head, head.substr(1)),
              "  ", style);
}

std::string render_differences(const CompareResult& result, const TerminalStyle& style) {
  const int decimals = difference_decimals(result);
  std::string note =
      "Less than 0 is cheaper. All scenarios share their random numbers: what has the same name in two of them is high "
      "or low in both, so that differences are known better than the totals.";
  if (!result.apart_inputs.empty()) note += " What does not share them is named at the end.";
  return heading("Difference from " + scenario_name(result, 0), result.currency, style) +
         (result.scenarios.size() == 2 ? table_of_two(result, decimals, style)
                                       : table_of_many(result, decimals, style)) +
         wrap(note, "  ", style);
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
