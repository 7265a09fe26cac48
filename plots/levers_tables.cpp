#include "plots/levers_sections.hpp"

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
constexpr double kNoticed = 0.02;  // of the joint saving: a difference that a reader asks about
constexpr std::size_t kLeastNamesWidth = 24, kOtherColumns = 42;

std::string half_width(const Estimate& estimate, const LeverMoney& money) {
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

/// A step of the waterfall, from one amount to the next.
std::string step_bar(double from, double to, const Axis& axis, const TerminalStyle& style) {
  const std::size_t left = axis.column(std::min(from, to), kBarWidth),
                    right = axis.column(std::max(from, to), kBarWidth);
  const double length = static_cast<double>(right - left + 1) / static_cast<double>(kBarWidth);
  return std::string(left, ' ') + length_bar(length, kBarWidth, to > from, style);
}

/// Words for the columns that are shown.
std::string alone_legend(const std::vector<std::string>& headers) {
  std::string text = "Cost: of pulling the lever, on average. ";
  text += contains(headers, "gross") ? "Gross: the mean saving before that cost; net: after it."
                                     : "Net: the mean saving, after that cost.";
  if (contains(headers, "+-")) text += " +-: its sampling error (half the 95% interval).";
  if (contains(headers, "P10"))
    text += " P10 and P90: the range of the net saving.";
  else if (contains(headers, "P90"))
    text += " P90: the net saving is under it in nine draws of ten.";
  return text +
         " Sure: in how many of the draws it saves anything at all, net. Return: how many times its cost the lever "
         "saves; 1x is breaking even.";
}

/// Why a lever is credited with much more than it saves alone: others need it.
std::string needs_sentence(const LeversResult& result, const LeverMoney& money) {
  for (const LeverRow& row : result.alone) {
    const auto credit = std::ranges::find(result.shapley.shares, row.name, &ShapleyShare::name);
    if (credit == result.shapley.shares.end() || !row.unavailable.empty() || !row.needs.empty()) continue;
    std::vector<std::string> dependents;
    for (const LeverRow& other : result.alone)
      if (contains(other.needs, row.name)) dependents.push_back(other.name);
    const double more = credit->share.value - row.effect.saving.value;
    if (dependents.empty() || more < kNoticed * std::abs(result.shapley.joint)) continue;
    return fmt::format(" {} is credited with {}, although alone it saves {}: {} {} it, so that part of what {} is its.",
                       printable(row.name), money.amount(credit->share.value), money.amount(row.effect.saving.value),
                       listed(dependents), dependents.size() == 1 ? "needs" : "need",
                       dependents.size() == 1 ? "that saves" : "those save");
  }
  return " A lever without what it needs counts nothing.";
}

std::string conditions_sentence(const LeversResult& result, const LeverMoney& money) {
  const bool needs = std::ranges::any_of(result.alone, [](const LeverRow& row) { return !row.needs.empty(); });
  const bool excludes = std::ranges::any_of(result.alone, [](const LeverRow& row) { return !row.excludes.empty(); });
  std::string text;
  if (needs) text += needs_sentence(result, money);
  if (excludes) text += " Of levers that exclude each other the better one counts.";
  return text;
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

/// The set by what changes from the one before: "+lora, -spot".
std::string change_from(const std::vector<std::string>& before, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : without(names, before)) text += (text.empty() ? "+" : ", +") + printable(name);
  for (const std::string& name : without(before, names)) text += (text.empty() ? "-" : ", -") + printable(name);
  return text;
}

/// Why the best sets are not always the best smaller ones and one lever more.
std::string exchange_sentence(const LeversResult& result) {
  for (std::size_t i = 1; i < result.best.size(); ++i) {
    const std::vector<std::string>&before = result.best[i - 1].levers, &here = result.best[i].levers;
    const std::vector<std::string> out = without(before, here), in = without(here, before);
    if (out.empty()) continue;
    const bool paired = std::ranges::any_of(result.alone, [&](const LeverRow& row) {
      return contains(in, row.name) && !without(row.needs, before).empty();
    });
    return fmt::format(" At {} levers {} {} room for {}{}.", here.size(), listed(out),
                       out.size() == 1 ? "makes" : "make", listed(in),
                       paired ? ", of which one needs the other" : ": they do more in this company");
  }
  return "";
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

}  // namespace

std::string render_alone(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style) {
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
            {set.per_cost ? times(set.per_cost->value) : "-"}};
  });
  const std::vector<Column> columns{
      {"", false, 0, true}, {"cost"},         {"gross", true, 3}, {"net"},   {"+-", true, 2},
      {"P10", true, 1},     {"P90", true, 1}, {"sure"},           {"return"}};
  std::string out = heading("What each lever saves alone, then together", result.currency, style) +
                    render_table(columns, rows, style) +
                    wrap(alone_legend(shown_headers(columns, rows, style)), "  ", style);
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
std::string render_budget_effects(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style) {
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

std::string render_credits(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style) {
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
  return out + wrap(how + conditions_sentence(result, money), "  ", style);
}

std::string render_best(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style) {
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
         wrap(fmt::format("Best is the lowest {}, costs included; + and - say what changes from the row above.{} {}",
                          result.objective_words.substr(4), exchange_sentence(result), how),
              "  ", style);
}

std::string render_frontier(const LeversResult& result, const LeverMoney& money, const TerminalStyle& style) {
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

}  // namespace tcosim::text
