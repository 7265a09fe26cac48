// What could change the choice: dominance, flips, the worth of knowing more.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/compare_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kShownInputs = 10, kShownFlips = 12, kShownFlipsOfMany = 4;

/// "2.1 points": of a probability.
std::string points(double probability) {
  return significant(100 * probability, 2) + " points";
}

std::string worst(const DominanceViolation& averse) {
  return percent(1 - averse.at);
}

double probability_cheaper(const CompareResult& result, const DominanceRow& row) {
  for (const CheaperPair& pair : result.cheaper) {
    if (pair.first == row.better && pair.second == row.worse) return pair.probability.value;
    if (pair.first == row.worse && pair.second == row.better) return 1 - pair.probability.value;
  }
  return 1;
}

std::string first_order_sentence(const CompareResult& result, const DominanceRow& row) {
  const DominanceViolation& first = row.first_order;
  const std::string a = scenario_name(result, row.better), b = scenario_name(result, row.worse);
  if (first.verdict == "holds") {
    const double dearer = 1 - probability_cheaper(result, row);
    std::string sentence =
        fmt::format("Yes, in these draws: whatever the budget, {} keeps within it at least as often as {}.", a, b);
    if (dearer > 0)
      sentence += fmt::format(" That does not make it the cheaper one each time: in {} of the draws it is dearer.",
                              percent(dearer));
    return sentence;
  }
  if (first.verdict == "fails")
    return fmt::format("No: {} is cheaper on average, but {} keeps within a budget of {} more often, by {}.", a, b,
                       money(result, first.at), points(first.value));
  return fmt::format(
      "These draws cannot tell: {} keeps within a budget of {} more often than {}, by {}, which is within the sampling "
      "error.",
      b, money(result, first.at), a, points(first.value));
}

std::string risk_averse_sentence(const CompareResult& result, const DominanceRow& row) {
  const DominanceViolation& averse = row.risk_averse;
  const std::string a = scenario_name(result, row.better), b = scenario_name(result, row.worse);
  const std::string more = money(result, averse.value);
  if (averse.verdict == "holds")
    return row.first_order.verdict == "holds"
               ? ""
               : fmt::format(
                     " For those who dislike risk {} is the better one all the same: its worst draws do not "
                     "cost more on average.",
                     a);
  if (averse.verdict == "fails")
    return fmt::format(
        " In its worst {} of the draws {} costs {} more on average than {} in its own: those who dislike "
        "risk may prefer {}.",
        worst(averse), a, more, b, b);
  return fmt::format(" In its worst {} of the draws {} costs {} more on average, which is within the sampling error.",
                     worst(averse), a, more);
}

std::string dominance_of_two(const CompareResult& result, const TerminalStyle& style) {
  const DominanceRow& row = result.dominance[0];
  const std::string title = heading("Does one beat the other at every budget?", "", style);
  const bool same = is_nothing(result, result.differences[0].statistics[0].difference.value) &&
                    row.first_order.value == 0 && row.risk_averse.value == 0;
  if (same) return title + wrap("Neither: these draws show no difference at any budget.", "  ", style);
  return title + wrap(first_order_sentence(result, row) + risk_averse_sentence(result, row) +
                          fmt::format(" Draws cannot prove this; single bad draws, the worst {}, were left aside.",
                                      percent(1 - result.dominance_up_to)),
                      "  ", style);
}

std::string first_order_cell(const CompareResult& result, const DominanceViolation& first) {
  if (first.verdict == "holds") return "yes";
  if (first.verdict == "unclear") return "not sure";
  return fmt::format("no, by {} at {}", points(first.value), grouped(first.at, amount_decimals(result, first.at)));
}

std::string risk_averse_cell(const CompareResult& result, const DominanceViolation& averse) {
  if (averse.verdict == "holds") return "yes";
  if (averse.verdict == "unclear") return "not sure";
  return fmt::format("no, {} more in the worst {}", grouped(averse.value, amount_decimals(result, averse.value)),
                     worst(averse));
}

/// The choice against every other one.
std::string dominance_of_many(const CompareResult& result, const TerminalStyle& style) {
  const std::string choice = scenario_name(result, result.information.choice);
  std::vector<Row> rows;
  for (const DominanceRow& row : result.dominance)
    if (row.better == result.information.choice)
      rows.push_back({{scenario_name(result, row.worse)},
                      {first_order_cell(result, row.first_order)},
                      {risk_averse_cell(result, row.risk_averse)}});
  if (rows.empty()) return "";
  return heading(fmt::format("Does {} beat the others at every budget?", choice), "", style) +
         render_table({{"", false, 0, true}, {"At every budget", false}, {"For those who dislike risk", false}},
                      std::move(rows), style) +
         wrap(fmt::format(
                  "Yes: {} keeps within any budget at least as often in these draws; for those who dislike risk: "
                  "the average of its worst draws is nowhere higher. Not sure: violated by less than the "
                  "sampling error. Draws cannot prove this; single bad draws, the worst {}, were left aside.",
                  choice, percent(1 - result.dominance_up_to)),
              "  ", style);
}

Row flip_cells(const CompareResult& result, const Flip& flip) {
  const std::string unit = printable(flip.unit);
  const std::string interval = flip.low && flip.high ? significant(*flip.low) + " to " + significant(*flip.high) : "";
  return {{shown_name(flip.input, flip.label)},
          {(flip.steps ? "from " : "above ") + with_unit(significant(flip.value, 3), unit), Ink::heading},
          {fmt::format("P{:.0f}", 100 * flip.percentile)},
          {scenario_name(result, flip.above)},
          {interval, Ink::muted},
          {flip.only_in.empty() ? "" : "only in " + printable(flip.only_in), Ink::muted}};
}

std::string flip_table(std::vector<Row> rows, const TerminalStyle& style) {
  return render_table({{"If", false, 0, true},
                       {"is", false},
                       {"", true, 1},
                       {"cheaper on average is", false, 0, true},
                       {"95% interval", false, 2},
                       {"", false, 3}},
                      std::move(rows), style);
}

}  // namespace

std::string render_dominance(const CompareResult& result, const TerminalStyle& style) {
  if (result.dominance.empty()) return "";
  return result.scenarios.size() == 2 ? dominance_of_two(result, style) : dominance_of_many(result, style);
}

std::string render_flips(const CompareResult& result, const TerminalStyle& style) {
  if (result.run.sensitivity_draws == 0) return "";
  std::string out = heading("Where the choice flips", "", style);
  if (result.flips.empty())
    return out + wrap(fmt::format("Nowhere: no value of a single input between its P1 and its P99 turns the choice "
                                  "against {} around.",
                                  scenario_name(result, 0)),
                      "  ", style);
  const bool two = result.scenarios.size() == 2;
  const std::size_t most = two ? kShownFlips : kShownFlipsOfMany;
  std::size_t hidden = 0;
  for (std::size_t next = 0; next < result.flips.size();) {
    const std::size_t scenario = result.flips[next].scenario;
    std::vector<Row> rows;
    for (; next < result.flips.size() && result.flips[next].scenario == scenario; ++next) {
      if (rows.size() < most)
        rows.push_back(flip_cells(result, result.flips[next]));
      else
        ++hidden;
    }
    if (!two) out += wrap(scenario_name(result, scenario) + " against " + scenario_name(result, 0) + ":", "  ", style);
    out += flip_table(std::move(rows), style);
  }
  std::string note = "Below the value it is the other one. P83: 83% of the input's draws lie below.";
  if (hidden > 0) note += fmt::format(" {} more are in the JSON and CSV.", hidden);
  return out + wrap(note, "  ", style);
}

std::string render_information(const CompareResult& result, const TerminalStyle& style) {
  const PerfectInformation& information = result.information;
  const Estimate& all = information.value;
  const std::string choice = scenario_name(result, information.choice);
  if (is_nothing(result, all.value))
    return wrap(
        fmt::format("Finding out more before choosing is worth nothing: {} is the cheapest in every draw.", choice), "",
        style);
  if (!(all.low.value_or(0) > 0))
    return wrap(
        fmt::format("Finding out more before choosing is worth next to nothing: {} is the cheapest in all but a "
                    "few draws.",
                    choice),
        "", style);
  const int decimals = amount_decimals(result, all.value);
  std::string out = heading("What it is worth to find out more before choosing", result.currency, style);
  out += wrap(fmt::format("Who chooses {} now pays {} more on average (95% interval {} to {}) than one who knew how "
                          "everything will turn out. No study is worth more than that.",
                          choice, money(result, all.value), grouped(*all.low, decimals),
                          grouped(all.high.value_or(0), decimals)),
              "  ", style);
  if (result.run.sensitivity_draws == 0) return out;

  std::vector<Row> rows;
  bool differing = false;
  for (const InformationRow& row : information.inputs) {
    if (!row.above_noise || rows.size() >= kShownInputs) continue;
    differing |= row.differs;
    rows.push_back(
        {{shown_name(row.name, row.label) + (row.differs ? "*" : "")},
         {row.kind == "group" ? "group" : "", Ink::muted},
         {grouped(row.value.value, decimals), Ink::heading},
         {percent(row.share), Ink::plain},
         {grouped(row.value.low.value_or(0), decimals) + " to " + grouped(row.value.high.value_or(0), decimals),
          Ink::muted}});
  }
  if (rows.empty())
    return out +
           wrap("Finding out any single input alone is worth nothing that these draws can tell from 0.", "  ", style);
  out += render_table({{"Measure first", false, 0, true},
                       {"", false, 3},
                       {"Worth up to"},
                       {"of all", true, 2},
                       {"95% interval", true, 1}},
                      std::move(rows), style);
  std::string note =
      "Inputs that are not listed are worth less, or nothing that these draws can tell from 0. The values of several "
      "inputs do not add up.";
  if (differing) note += " * is not the same in all scenarios; it is known in all of them at once.";
  return out + wrap(note, "  ", style);
}

std::string render_common_numbers(const CompareResult& result, const TerminalStyle& style) {
  const auto listed = [](const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + printable(name);
    return list;
  };
  std::string out;
  if (!result.differing_inputs.empty())
    out +=
        wrap(fmt::format(
                 "Same name, other values: {}. They still share their random numbers: a high draw in one scenario is "
                 "a high draw in the other. Give them other names where they have nothing to do with each other.",
                 listed(result.differing_inputs)),
             "", style);
  if (!result.apart_inputs.empty())
    out +=
        wrap(fmt::format("Same name, drawn apart: {}. What a lever sets has random numbers of its own, and inputs that "
                         "are correlated with other things in each scenario do not share theirs fully: a high draw "
                         "in one scenario need not be one in the other.",
                         listed(result.apart_inputs)),
             "", style);
  return out;
}

}  // namespace tcosim::text
