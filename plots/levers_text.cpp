#include "plots/levers_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/bars.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kMostFrontierRows = 8;
constexpr std::size_t kLeastNamesWidth = 24, kOtherColumns = 42;

/// How amounts of one result are written.
struct Money {
  int decimals = 0;
  std::string unit;

  explicit Money(const LeversResult& result)
      : decimals(decimals_for(result.baseline_mean)), unit(printable(result.currency)) {}
  [[nodiscard]] std::string amount(double value) const { return grouped(value, decimals); }
  [[nodiscard]] std::string operator()(double value) const { return with_unit(amount(value), unit); }
  [[nodiscard]] std::string range(const Estimate& estimate) const {
    if (!estimate.low || !estimate.high) return "too few draws for an interval";
    return with_unit(fmt::format("{} to {}", amount(*estimate.low), amount(*estimate.high)), unit);
  }
};

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

std::string no_lever(const LeversResult& result, const Money& money) {
  const std::string now = money(result.baseline_objective.value);
  if (result.budget) {
    return fmt::format("With {} for adoption no set of levers brings {} under the {} that it is now: pull none.",
                       money(result.budget->budget), result.objective_words, now);
  }
  return fmt::format("No set of levers brings {} under the {} that it is now, once the levers are paid: pull none.",
                     result.objective_words, now);
}

std::string cost_clause(const SetSaving& set, const Money& money) {
  if (set.cost.value == 0) return "";
  return fmt::format(", after the {} that it costs to pull {}", money(set.cost.value),
                     set.levers.size() == 1 ? "it" : "them");
}

std::string sureness(const SetSaving& set) {
  if (set.probability.value >= 1) return "They save in every draw";
  if (set.probability.value <= 0) return "They save in no draw";
  return fmt::format("They save something in {} of the draws", percent(set.probability.value));
}

std::string answer(const LeversResult& result, const Money& money) {
  const SetSaving& winner = result.winner;
  if (winner.levers.empty()) return no_lever(result, money);
  const bool one = winner.levers.size() == 1;
  std::string text = result.budget ? fmt::format("With {} for adoption, pull ", money(result.budget->budget)) : "Pull ";
  text += fmt::format("{}: {} {} on average (95% interval {}){}, and {} {} from {} to {}. ", listed(by_credit(result)),
                      one ? "it saves" : "together they save", money(winner.saving.value), money.range(winner.saving),
                      cost_clause(winner, money), result.objective_words,
                      winner.objective_saving.value >= 0 ? "falls" : "rises",
                      money.amount(result.baseline_objective.value), money(winner.objective.value));
  std::string sure = sureness(winner);
  if (one) sure = "It saves" + sure.substr(9);
  return text + sure + ".";
}

/// What comes first, and what to leave.
std::string order_of_work(const LeversResult& result, const Money& money) {
  const SetSaving& winner = result.winner;
  std::string text;
  const auto first = std::ranges::find_if(result.best, [](const SetSaving& set) { return !set.levers.empty(); });
  if (winner.levers.size() > 1 && first != result.best.end() && without(first->levers, winner.levers).empty()) {
    text += fmt::format("Start with {}: {} alone {} {} on average, the most that {} can do for {}. ",
                        listed(first->levers), first->levers.size() == 1 ? "it" : "they",
                        first->saving.value >= 0 ? "saves" : "costs", money(std::abs(first->saving.value)),
                        first->levers.size() == 1 ? "a single lever" : "so few levers", result.objective_words);
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

std::string second_look(const LeversResult& result, const Money& money) {
  if (result.winner.levers.empty()) return "";
  return fmt::format(
      "The best of many always looks a little better than it is. On fresh random numbers, by which it was not chosen, "
      "{} with these levers is {} ({} when it was chosen), and they save {} on average ({} when chosen).",
      result.objective_words, money.amount(result.fresh.objective.value), money.amount(result.winner.objective.value),
      money(result.fresh.saving.value), money.amount(result.winner.saving.value));
}

std::string half_width(const Estimate& estimate, const Money& money) {
  if (!estimate.low || !estimate.high) return "-";
  return money.amount((*estimate.high - *estimate.low) / 2);
}

std::string shown_lever(const LeverRow& row) {
  return printable(row.name) + (row.needs.empty() ? "" : " + " + listed(row.needs));
}

/// Rows of a table: each lever that can be pulled, then as many as can be together.
template <class MakeRow>
std::vector<Row> rows_of(const LeversResult& result, const MakeRow& make_row) {
  std::vector<Row> rows;
  for (const LeverRow& row : result.alone)
    if (row.unavailable.empty()) rows.push_back(make_row(shown_lever(row), row.effect, Ink::plain));
  rows.push_back(make_row(result.all_together ? "All together" : "Most together", result.together, Ink::heading));
  return rows;
}

std::string render_alone(const LeversResult& result, const Money& money, const TerminalStyle& style) {
  std::vector<Row> rows = rows_of(result, [&](const std::string& name, const SetSaving& set, Ink ink) -> Row {
    const Ink good = set.saving.value > 0 ? Ink::good : set.saving.value < 0 ? Ink::bad : Ink::plain;
    return {{name, ink},
            {money.amount(set.cost.value)},
            {money.amount(set.gross.value)},
            {money.amount(set.saving.value), good},
            {half_width(set.saving, money), Ink::muted},
            {money.amount(set.p10.value)},
            {money.amount(set.p90.value)},
            {percent(set.probability.value)},
            {set.per_cost ? significant(set.per_cost->value, 3) : "-"}};
  });
  std::string out = heading("What each lever saves alone, then together", result.currency, style) +
                    render_table({{"", false, 0, true},
                                  {"cost"},
                                  {"gross", true, 2},
                                  {"net"},
                                  {"+-", true, 3},
                                  {"P10", true, 1},
                                  {"P90", true, 1},
                                  {"sure"},
                                  {"return"}},
                                 std::move(rows), style);
  out += wrap(
      "Cost: of pulling the lever, on average. Gross: the mean saving before that cost; net: after it. P10 and P90: "
      "the range of the net saving. Sure: in how many of the draws it saves anything at all, net. Return: what each "
      "unit of money spent on the lever saves, before its cost: 1 is breaking even.",
      "  ", style);
  for (const LeverRow& row : result.alone)
    if (!row.unavailable.empty())
      out +=
          wrap(fmt::format("{} cannot be pulled: {}.", printable(row.name), printable(row.unavailable)), "  ", style);
  if (!result.all_together)
    out += wrap(fmt::format("Not all can be pulled together; the most are {}.", listed(result.together.levers)), "  ",
                style);
  return out;
}

/// How much lower the base, the percentiles and the contingency are.
std::string render_budget_effects(const LeversResult& result, const Money& money, const TerminalStyle& style) {
  std::vector<Column> columns{{"", false, 0, true}, {"base"}};
  for (const PercentileEffect& effect : result.together.percentiles) columns.push_back({printable(effect.name)});
  columns.push_back({"contingency"});
  std::vector<Row> rows = rows_of(result, [&](const std::string& name, const SetSaving& set, Ink ink) {
    Row row{{name, ink}, {money.amount(set.base_saving)}};
    for (const PercentileEffect& effect : set.percentiles) row.push_back({money.amount(effect.saving.value)});
    row.push_back({money.amount(set.contingency_saving.value)});
    return row;
  });
  return heading("How much lower the budgets are", result.currency, style) +
         render_table(std::move(columns), std::move(rows), style) +
         wrap(fmt::format("The contingency is the {} less the base, and both move: where the base falls more than the "
                          "{}, more contingency is needed, and this is negative.",
                          printable(result.headline), printable(result.headline)),
              "  ", style);
}

/// A step of the waterfall, from one amount to the next.
std::string step_bar(double from, double to, const Axis& axis, const TerminalStyle& style) {
  const std::size_t left = axis.column(std::min(from, to), kBarWidth),
                    right = axis.column(std::max(from, to), kBarWidth);
  const double length = static_cast<double>(right - left + 1) / static_cast<double>(kBarWidth);
  return std::string(left, ' ') + length_bar(length, kBarWidth, to > from, style);
}

std::string conditions_sentence(const LeversResult& result) {
  const bool needs = std::ranges::any_of(result.alone, [](const LeverRow& row) { return !row.needs.empty(); });
  const bool excludes = std::ranges::any_of(result.alone, [](const LeverRow& row) { return !row.excludes.empty(); });
  std::string text;
  if (needs) text += " A lever without what it needs counts nothing.";
  if (excludes) text += " Of levers that exclude each other the better one counts.";
  return text;
}

std::string render_credits(const LeversResult& result, const Money& money, const TerminalStyle& style) {
  const ShapleyResult& shapley = result.shapley;
  Axis axis{result.baseline_mean, result.baseline_mean};
  double level = result.baseline_mean;
  for (const ShapleyShare& share : shapley.shares) axis.include(level -= share.share.value);
  std::vector<Row> rows{
      {{"Without", Ink::heading}, {money.amount(result.baseline_mean), Ink::heading}, {""}, {""}, {""}}};
  level = result.baseline_mean;
  for (const ShapleyShare& share : shapley.shares) {
    const double next = level - share.share.value;
    const bool good = share.share.value >= 0;
    rows.push_back({{printable(share.name)},
                    {money.amount(-share.share.value), good ? Ink::good : Ink::bad},
                    {half_width(share.share, money), Ink::muted},
                    {grouped(100 * share.fraction, 0) + "%"},
                    {step_bar(level, next, axis, style), good ? Ink::accent : Ink::bad}});
    level = next;
  }
  rows.push_back(
      {{"With", Ink::heading}, {money.amount(result.baseline_mean - shapley.joint), Ink::heading}, {""}, {""}, {""}});
  std::string out = heading("Who is to be credited for the mean", result.currency, style) +
                    render_table({{"", false, 0, true}, {"mean"}, {"+-", true, 2}, {"share", true, 1}, {"", false, 3}},
                                 std::move(rows), style);
  std::string how = shapley.all_sets
                        ? "Levers that cut the same cost share what they save together: each has the mean of what it "
                          "adds over all orders in which they could be pulled (Shapley)."
                        : fmt::format(
                              "Levers that cut the same cost share what they save together: each has the mean "
                              "of what it adds over {} random orders (Shapley); the intervals count the error "
                              "of having taken so few.",
                              count(shapley.orders));
  how += " The steps add up exactly, costs included.";
  return out + wrap(how + conditions_sentence(result), "  ", style);
}

/// Rows of a table of sets whose last column is a list of names, wrapped within the column.
void add_set(std::vector<Row>& rows, Row row, const std::string& names, Ink ink, const TerminalStyle& style) {
  const auto width = static_cast<int>(
      std::max(kLeastNamesWidth, static_cast<std::size_t>(style.width) -
                                     std::min<std::size_t>(kOtherColumns, static_cast<std::size_t>(style.width))));
  std::string wrapped = wrap(names, "", {width, style.unicode, false});
  const std::size_t cells = row.size();
  for (std::size_t start = 0; start < wrapped.size();) {
    const std::size_t end = wrapped.find('\n', start);
    if (start > 0) row.assign(cells, {""});
    row.push_back({wrapped.substr(start, end - start), ink});
    rows.push_back(row);
    row.clear();
    start = end + 1;
  }
  if (wrapped.empty()) rows.push_back(std::move(row));
}

/// The set by what changes from the one before: "+ lora; - spot".
std::string change_from(const std::vector<std::string>& before, const std::vector<std::string>& names) {
  const std::vector<std::string> in = without(names, before), out = without(before, names);
  std::string text;
  for (const std::string& name : in) text += (text.empty() ? "+ " : ", ") + printable(name);
  for (std::size_t i = 0; i < out.size(); ++i)
    text += (i > 0 ? ", " : text.empty() ? "- " : "; - ") + printable(out[i]);
  return text;
}

std::string render_best(const LeversResult& result, const Money& money, const TerminalStyle& style) {
  std::vector<Row> rows;
  const std::vector<std::string>* before = nullptr;
  for (const SetSaving& set : result.best) {
    const bool winner = set.levers == result.winner.levers;
    const Ink ink = winner ? Ink::heading : Ink::plain;
    const std::string names = set.levers.empty()  ? "none"
                              : before == nullptr ? listed(set.levers)
                              : before->empty()   ? listed(set.levers)
                                                  : change_from(*before, set.levers);
    add_set(rows,
            {{(winner ? "> " : "  ") + std::to_string(set.levers.size()), ink},
             {money.amount(set.cost.value), ink},
             {money.amount(set.objective.value), ink},
             {money.amount(set.saving.value), ink}},
            names, ink, style);
    before = &set.levers;
  }
  std::string out = heading("The best set of each number of levers", result.currency, style) +
                    render_table({{"levers"}, {"cost"}, {printable(result.objective)}, {"saves"}, {"which", false}},
                                 std::move(rows), style);
  std::string how;
  if (result.search == "all") {
    how = fmt::format("All {} possible sets were tried.", count(result.search_sets));
  } else if (result.search == "all at fewer draws") {
    how = fmt::format("All {} possible sets were tried with {} draws each, the best of them once more with {}.",
                      count(result.search_sets), count(result.search_draws), count(result.run.draws));
  } else {
    how = fmt::format(
        "{} sets were tried with {} draws each, by adding and exchanging levers; there may be a better one that this "
        "did not meet.",
        count(result.search_sets), count(result.search_draws));
  }
  return out +
         wrap(fmt::format("Best is the lowest {}, costs included; + and - say what changes from the row above. {}",
                          result.objective_words.substr(4), how),
              "  ", style);
}

/// Some of the frontier's sets: its ends, the winner, and steps that matter.
std::vector<const SetSaving*> shown_frontier(const LeversResult& result) {
  std::vector<const SetSaving*> shown;
  if (result.frontier.empty()) return shown;
  const double range = result.frontier.front().objective.value - result.frontier.back().objective.value;
  double last = 0;
  for (std::size_t i = 0; i < result.frontier.size(); ++i) {
    const SetSaving& set = result.frontier[i];
    const bool matters = result.frontier.size() <= kMostFrontierRows ||
                         last - set.objective.value >= range / static_cast<double>(kMostFrontierRows - 1);
    if (i > 0 && i + 1 < result.frontier.size() && !matters && set.levers != result.winner.levers) continue;
    shown.push_back(&set);
    last = set.objective.value;
  }
  return shown;
}

std::string render_frontier(const LeversResult& result, const Money& money, const TerminalStyle& style) {
  const std::vector<const SetSaving*> shown = shown_frontier(result);
  if (shown.size() < 2) return "";
  std::vector<Row> rows;
  for (const SetSaving* set : shown) {
    const bool winner = set->levers == result.winner.levers;
    const Ink ink = winner ? Ink::heading : Ink::plain;
    add_set(rows,
            {{(winner ? "> " : "  ") + money.amount(set->cost.value), ink},
             {money.amount(set->objective.value), ink},
             {money.amount(set->objective_saving.value), ink}},
            set->levers.empty() ? "none" : listed(set->levers), ink, style);
  }
  const std::string objective = printable(result.objective);
  std::string out = heading("What money for adoption buys", result.currency, style) +
                    render_table({{"spend"}, {objective}, {"falls by"}, {"on", false}}, std::move(rows), style);
  std::string note =
      fmt::format("No other set has a lower {} for the same cost or less.", result.objective_words.substr(4));
  if (shown.size() < result.frontier.size())
    note += fmt::format(" {} of {} such sets are shown; the JSON has all.", shown.size(), result.frontier.size());
  return out + wrap(note, "  ", style);
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
}  // namespace tcosim::text

namespace tcosim {

std::string render_levers(const LeversResult& result, const TerminalStyle& style) {
  const text::Money money(result);
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
