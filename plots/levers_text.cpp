#include "plots/levers_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/levers_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/sentences.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {

LeverMoney::LeverMoney(const LeversResult& result)
    : decimals(decimals_for(result.baseline_mean)), unit(printable(result.currency)) {}

std::string LeverMoney::amount(double value) const {
  return grouped(value, decimals);
}

std::string LeverMoney::operator()(double value) const {
  return with_unit(amount(value), unit);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + printable(names[i]);
  return text;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> without(const std::vector<std::string>& names, const std::vector<std::string>& others) {
  std::vector<std::string> result;
  for (const std::string& name : names)
    if (!contains(others, name)) result.push_back(name);
  return result;
}

std::string times(double per_cost) {
  return grouped(per_cost, 1) + "x";
}

namespace {

std::string render_head(const LeversResult& result, const TerminalStyle& style) {
  const std::string file = printable(result.file), title = printable(result.title);
  const std::string dot = style.unicode ? " · " : " | ";
  std::string facts = title.empty() ? "" : file + dot;
  if (!result.horizon.empty()) facts += printable(result.horizon) + dot;
  facts += fmt::format("{} draws{}seed {}", count(result.run.draws), dot, result.run.seed);
  if (!result.baseline.empty()) facts += dot + "with " + listed(result.baseline) + " pulled already";
  return paint(clip(title.empty() ? file : title, static_cast<std::size_t>(style.width), style), Ink::heading, style) +
         '\n' + wrap(facts, "", style);
}

/// The winner's levers by what they are credited with, the largest first.
std::vector<std::string> by_credit(const LeversResult& result) {
  std::vector<std::string> names;
  for (const ShapleyShare& share : result.shapley.shares)
    if (contains(result.winner.levers, share.name)) names.push_back(share.name);
  return names;
}

std::string no_lever(const LeversResult& result, const LeverMoney& money) {
  const std::string now = money(result.baseline_objective.value);
  if (result.budget) {
    return fmt::format("With {} for adoption no set of levers brings {} under the {} that it is now: pull none.",
                       money(result.budget->budget), result.objective_words, now);
  }
  return fmt::format("No set of levers brings {} under the {} that it is now, once the levers are paid: pull none.",
                     result.objective_words, now);
}

std::string cost_clause(const SetSaving& set, const LeverMoney& money) {
  if (set.cost.value == 0) return "";
  return fmt::format(", after the {} that it costs to pull {}", money(set.cost.value),
                     set.levers.size() == 1 ? "it" : "them");
}

/// " (95% interval 690 to 710 USD)"; nothing for what is certain or of too few draws.
std::string interval_clause(const Estimate& estimate, const LeverMoney& money) {
  if (!estimate.low || !estimate.high || *estimate.low == *estimate.high) return "";
  const auto [low, high] = std::minmax(std::abs(*estimate.low), std::abs(*estimate.high));
  return estimate.value < 0 && *estimate.high < 0
             ? fmt::format(" (95% interval {} to {})", money.amount(low), money(high))
             : fmt::format(" (95% interval {} to {})", money.amount(*estimate.low), money(*estimate.high));
}

std::string saving_clause(const SetSaving& set, const LeverMoney& money) {
  const bool one = set.levers.size() == 1;
  const std::string interval = interval_clause(set.saving, money);
  if (set.saving.value < 0) {
    return fmt::format("on average {} {}{} more than {}", one ? "it costs" : "they cost", money(-set.saving.value),
                       interval, one ? "it saves" : "they save");
  }
  return fmt::format("{} {} on average{}{}", one ? "it saves" : "together they save", money(set.saving.value), interval,
                     cost_clause(set, money));
}

std::string sureness(const SetSaving& set) {
  const std::string they = set.levers.size() == 1 ? "It saves" : "They save";
  if (set.probability.value >= 1) return they + " in every draw.";
  if (set.probability.value <= 0) return they + " in no draw.";
  return fmt::format("{} something in {} of the draws.", they, percent(set.probability.value));
}

std::string answer(const LeversResult& result, const LeverMoney& money) {
  const SetSaving& winner = result.winner;
  if (winner.levers.empty()) return no_lever(result, money);
  const std::string within =
      result.budget ? fmt::format("With {} for adoption, pull ", money(result.budget->budget)) : "Pull ";
  return fmt::format("{}{}: {}, and {} {} from {} to {}. {}", within, listed(by_credit(result)),
                     saving_clause(winner, money), result.objective_words,
                     winner.objective_saving.value >= 0 ? "falls" : "rises",
                     money.amount(result.baseline_objective.value), money(winner.objective.value), sureness(winner));
}

/// The lever of the winning set that brings back most of what it costs, where it is not the one to start with.
std::string best_return(const LeversResult& result, const SetSaving& first) {
  const LeverRow* best = nullptr;
  for (const LeverRow& row : result.alone) {
    const SetSaving& set = row.effect;
    if (!row.unavailable.empty() || !set.per_cost || !without(set.levers, result.winner.levers).empty()) continue;
    if (best == nullptr || set.per_cost->value > best->effect.per_cost->value) best = &row;
  }
  if (best == nullptr || !first.per_cost || best->effect.levers == first.levers ||
      times(best->effect.per_cost->value) == times(first.per_cost->value))
    return "";
  return fmt::format("For what it costs, {} brings most: {} {} times its cost ({}: {} times). ",
                     listed(best->effect.levers), best->effect.levers.size() == 1 ? "it saves" : "they save",
                     grouped(best->effect.per_cost->value, 1), listed(first.levers), grouped(first.per_cost->value, 1));
}

/// What comes first, and what to leave.
std::string order_of_work(const LeversResult& result, const LeverMoney& money) {
  const SetSaving& winner = result.winner;
  std::string text;
  const auto first = std::ranges::find_if(result.best, [](const SetSaving& set) { return !set.levers.empty(); });
  if (winner.levers.size() > 1 && first != result.best.end() && first->objective_saving.value <= 0) {
    text += fmt::format("They work only together: alone, none of them brings {} down. ", result.objective_words);
  } else if (winner.levers.size() > 1 && first != result.best.end() && without(first->levers, winner.levers).empty()) {
    const bool one = first->levers.size() == 1;
    text += fmt::format(
        "Start with {}: {} alone {} {} on average, the most that {} can do for {}. ", listed(first->levers),
        one ? "it" : "they", fmt::format("{}{}", first->saving.value >= 0 ? "save" : "cost", one ? "s" : ""),
        money(std::abs(first->saving.value)), one ? "a single lever" : "so few levers", result.objective_words);
    text += best_return(result, *first);
  }
  std::vector<std::string> left;
  for (const LeverRow& row : result.alone)
    if (row.unavailable.empty() && !contains(winner.levers, row.name)) left.push_back(row.name);
  if (!left.empty() && !winner.levers.empty()) {
    text += result.budget ? fmt::format("Beyond that sum, or not worth it: {}.", listed(left))
                          : fmt::format("Leave {}: with {} pulled as well, {} would not be lower.", listed(left),
                                        left.size() == 1 ? "it" : "any of them", result.objective_words);
  }
  return text;
}

std::string second_look(const LeversResult& result, const LeverMoney& money) {
  const SetSaving& winner = result.winner;
  const bool certain = winner.objective.low && winner.objective.low == winner.objective.high &&
                       result.fresh.objective.value == winner.objective.value;
  if (winner.levers.empty() || certain) return "";
  return fmt::format(
      "The best of many always looks a little better than it is. On fresh random numbers, by which it was not chosen, "
      "{} with {} is {} ({} when it was chosen), and the mean saving {} ({} when chosen).",
      result.objective_words, winner.levers.size() == 1 ? "this lever" : "these levers",
      money.amount(result.fresh.objective.value), money.amount(winner.objective.value),
      money(result.fresh.saving.value), money.amount(winner.saving.value));
}

std::string render_end(const LeversResult& result, const TerminalStyle& style) {
  std::string out;
  for (const LeverRow& row : result.alone)
    if (!row.label.empty()) out += wrap(fmt::format("{}: {}", printable(row.name), printable(row.label)), "  ", style);
  if (!out.empty()) out = heading("The levers", "", style) + out + "\n";
  out += wrap(
      "All numbers compare the same draws without and with the levers, so that what they leave alone does not blur the "
      "difference. Intervals are the 95% sampling error of these draws.",
      "", style);
  for (const std::string& note : result.notes) out += wrap(printable(note), "", style);
  return out;
}

}  // namespace

std::string levers_answer(const LeversResult& result) {
  return answer(result, LeverMoney(result));
}

std::string levers_order(const LeversResult& result) {
  return order_of_work(result, LeverMoney(result));
}

std::string levers_second_look(const LeversResult& result) {
  return second_look(result, LeverMoney(result));
}

}  // namespace tcosim::text

namespace tcosim {

std::string render_levers(const LeversResult& result, const TerminalStyle& style) {
  const text::LeverMoney money(result);
  std::string out = text::render_head(result, style) + '\n';
  for (const std::string& sentence :
       {text::answer(result, money), text::order_of_work(result, money), text::second_look(result, money)})
    if (!sentence.empty()) out += text::wrap(sentence, "", style);
  for (const std::string& section :
       {text::render_alone(result, money, style), text::render_budget_effects(result, money, style),
        text::render_credits(result, money, style), text::render_best(result, money, style),
        text::render_frontier(result, money, style), text::render_end(result, style)})
    if (!section.empty()) out += '\n' + section;
  return out;
}

}  // namespace tcosim
