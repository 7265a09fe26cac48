// The budgets: what to ask for, and what a given sum buys.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

std::string interval_note(const Result& result) {
  if (const auto until = result.run.until) {
    const std::string goal = significant(100 * *until, 6) + "%";
    return result.run.until_reached ? "Drawing stopped when every contingency was known to +-" + goal + "."
                                    : "The contingencies are not yet known to +-" + goal + " after all " +
                                          count(result.run.draws) + " draws: allow more with --draws.";
  }
  const auto& rows = result.contingency;
  const bool bounded = std::all_of(rows.begin(), rows.end(), [](const ContingencyRow& row) {
    return row.interval.low.has_value() && row.interval.high.has_value();
  });
  return bounded ? "The interval is the sampling error of the contingency at this number of draws; more draws make it "
                   "narrower."
                 : "The interval is the sampling error of the contingency; so few draws leave an end of it open.";
}

std::string interval_text(const SamplingInterval& interval, int decimals) {
  if (!interval.low && !interval.high) return "too few draws";
  if (!interval.low) return "up to " + grouped(*interval.high, decimals);
  if (!interval.high) return "from " + grouped(*interval.low, decimals) + " up";
  return grouped(*interval.low, decimals) + " to " + grouped(*interval.high, decimals);
}

std::string tail_sentence(const Result& result) {
  const auto row = std::find_if(result.total.cvar.begin(), result.total.cvar.end(),
                                [](const auto& entry) { return entry.first == "P90"; });
  if (row == result.total.cvar.end()) return "";
  return fmt::format("In the worst tenth of the draws the total is {} on average.",
                     with_unit(grouped(row->second, decimals_for(result.total.mean)), printable(result.currency)));
}

std::string flat_sentence(const Result& result) {
  const FlatRow& flat = result.flat[result.flat.size() / 2];
  std::string sentence =
      fmt::format("A flat {}% buffer ({}) is enough in {} of the draws", significant(flat.percent, 6),
                  with_unit(exact_amount(flat.budget), printable(result.currency)), percent(flat.confidence));
  const ContingencyRow* headline = headline_row(result);
  if (headline != nullptr && headline->percent) {
    sentence += fmt::format("; {} needs {}", headline->target,
                            *headline->percent > 0 ? percent_of_base(headline->percent) : "none");
  }
  return sentence + ".";
}

Ink confidence_ink(double confidence) {
  if (confidence < 0.5) return Ink::bad;
  return confidence < 0.8 ? Ink::caution : Ink::good;
}

}  // namespace

std::string render_budgets(const Result& result, const TerminalStyle& style) {
  const int decimals = decimals_for(result.total.mean);
  std::string out;
  const std::string answer = answer_sentence(result);
  if (!answer.empty()) out += wrap(answer, "", style) + '\n';

  // Base and mean
  const int exact = exact_decimals({result.base.value, result.total.mean});
  const std::string base = grouped(result.base.value, exact);
  const std::string mean = grouped(result.total.mean, exact);
  const std::size_t width = std::max(base.size(), mean.size());
  out += heading("Budget", result.currency, style);
  out += fmt::format("  Base estimate  {}  enough in {} of the draws\n", pad_left(base, width),
                     paint(percent(result.base.confidence), confidence_ink(result.base.confidence), style));
  out += fmt::format("  Mean           {}  standard deviation {}\n", pad_left(mean, width),
                     grouped(result.total.sd, decimals_for(result.total.sd)));
  if (result.contingency.empty()) return out;

  // Targets
  std::vector<Row> rows;
  for (const ContingencyRow& row : result.contingency) {
    const bool main = row.target == result.headline;
    const Ink ink = main ? Ink::heading : Ink::plain;
    rows.push_back({{(main ? "> " : "  ") + row.target, ink},
                    {grouped(row.budget, decimals), ink},
                    {grouped(row.contingency, decimals), ink},
                    {percent_of_base(row.percent), ink},
                    {interval_text(row.interval, decimals), Ink::muted}});
  }
  out +=
      '\n' + render_table(
                 {{"  Target", false}, {"Budget"}, {"Contingency"}, {"% of base", true, 1}, {"95% interval", true, 2}},
                 std::move(rows), style);
  out += wrap(interval_note(result), "  ", style);
  const std::string tail = tail_sentence(result);
  return tail.empty() ? out : out + wrap(tail, "  ", style);
}

std::string render_verdicts(const Result& result, const TerminalStyle& style) {
  // A share of a base that is not positive is no buffer.
  const bool flat_means_something = !result.flat.empty() && result.base.value > 0;
  if (!flat_means_something && result.budgets.empty()) return "";
  std::string out = heading("Chance that a sum is enough", result.currency, style);
  constexpr std::size_t kBar = 20;
  std::vector<Row> rows;
  double largest = std::abs(result.base.value);
  for (const FlatRow& row : result.flat) largest = std::max(largest, std::abs(row.budget));
  for (const BudgetRow& row : result.budgets) largest = std::max(largest, std::abs(row.budget));
  const int decimals = exact_decimals({largest});
  const auto add = [&](const std::string& what, double sum, double confidence) {
    const Ink ink = confidence_ink(confidence);
    rows.push_back({{what}, {grouped(sum, decimals)}, {percent(confidence), ink}, {bar(confidence, kBar, style), ink}});
  };
  add("Base estimate", result.base.value, result.base.confidence);
  for (const FlatRow& row : result.flat) {
    if (flat_means_something) add("Flat " + significant(row.percent, 6) + "%", row.budget, row.confidence);
  }
  for (const BudgetRow& row : result.budgets) add("Budget", row.budget, row.confidence);
  out += render_table({{"", false}, {""}, {""}, {"", false, 1}}, std::move(rows), style);
  return flat_means_something ? out + wrap(flat_sentence(result), "  ", style) : out;
}

std::string render_outputs(const Result& result, const TerminalStyle& style) {
  if (result.outputs.empty()) return "";
  const auto at = [](const Distributed& output, const char* name) {
    const PercentileValue* const found = percentile_row(output, name);
    return found == nullptr ? std::string("-") : significant(found->value);
  };
  std::vector<Row> rows;
  for (const Distributed& output : result.outputs) {
    rows.push_back({{printable(output.name)},
                    {significant(output.mean)},
                    {at(output, "P10")},
                    {at(output, "P50")},
                    {at(output, "P80")},
                    {at(output, "P90")},
                    {printable(output.unit), Ink::muted}});
  }
  return heading("Other quantities", "", style) + render_table({{"", false, 0, true},
                                                                {"Mean"},
                                                                {"P10", true, 2},
                                                                {"P50", true, 3},
                                                                {"P80"},
                                                                {"P90", true, 4},
                                                                {"", false, 1, false}},
                                                               std::move(rows), style);
}

}  // namespace tcosim::text
