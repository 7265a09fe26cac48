// Why scenarios differ and what could change the choice: lines, dominance, flips, the worth of knowing more.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/compare_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kShownInputs = 10, kShownFlips = 12;

const std::string& name_of(const CompareResult& result, std::size_t scenario) {
  return result.scenarios[scenario].name;
}

/// "only in base", where one alone has the line.
std::string presence(const CompareResult& result, const ComparedLine& line) {
  std::string has, lacks;
  std::size_t having = 0;
  for (std::size_t s = 0; s < line.means.size(); ++s) {
    std::string& list = line.means[s] ? has : lacks;
    list += (list.empty() ? "" : ", ") + printable(name_of(result, s));
    having += line.means[s].has_value();
  }
  if (having == line.means.size()) return "";
  if (line.means.size() == 2) return line.means[0] ? "only 1st" : "only 2nd";
  return having == 1 ? "only in " + has : "not in " + lacks;
}

double largest_difference(const ComparedLine& line) {
  double largest = 0;
  for (const auto& difference : line.differences)
    if (difference) largest = std::max(largest, std::abs(difference->mean.value));
  return largest;
}

/// Those without a parent, the largest difference first, each followed by its items.
std::vector<const ComparedLine*> in_order(const std::vector<ComparedLine>& lines) {
  std::vector<const ComparedLine*> tops, ordered;
  for (const ComparedLine& line : lines)
    if (line.parent.empty()) tops.push_back(&line);
  std::ranges::stable_sort(tops, std::ranges::greater{},
                           [](const ComparedLine* line) { return largest_difference(*line); });
  for (const ComparedLine* top : tops) {
    ordered.push_back(top);
    for (const ComparedLine& item : lines)
      if (item.parent == top->name) ordered.push_back(&item);
  }
  return ordered;
}

std::string line_name(const ComparedLine& line) {
  if (line.parent.empty()) return (line.kind == "risk" ? "! " : "") + shown_name(line.name, line.label);
  const bool short_name = line.label.empty() && line.name.starts_with(line.parent + ".");
  return "  " + shown_name(short_name ? line.name.substr(line.parent.size() + 1) : line.name, line.label);
}

struct LineTable {
  const CompareResult& result;
  int decimals = 0;
  bool two = false;

  [[nodiscard]] std::string amount(const std::optional<double>& value) const {
    return value ? grouped(*value, decimals) : "-";
  }
  [[nodiscard]] std::vector<Column> columns() const {
    std::vector<Column> all{{"", false, 0, true}};
    if (two) {
      for (std::size_t s = 0; s < 2; ++s) all.push_back({s == 0 ? "1st" : "2nd", true, 3});
      all.insert(all.end(), {{"Difference"}, {result.headline, true, 2}, {"", false, 1}});
      return all;
    }
    all.push_back({clipped(name_of(result, 0)), true, 1});
    for (std::size_t s = 1; s < result.scenarios.size(); ++s)
      all.push_back({clipped(name_of(result, s)), true, s < 4 ? 0 : static_cast<int>(s)});
    return all;
  }
  [[nodiscard]] Row row(const ComparedLine& line, Ink ink) const {
    Row cells{{line_name(line), ink}, {amount(line.means[0]), ink}};
    const auto difference = [&](std::size_t s) {
      const auto& d = line.differences[s - 1];
      return Cell{d ? grouped(d->mean.value, decimals) : "", ink};
    };
    if (!two) {
      for (std::size_t s = 1; s < result.scenarios.size(); ++s) cells.push_back(difference(s));
      return cells;
    }
    const auto& d = line.differences[0];
    cells.push_back({amount(line.means[1]), ink});
    cells.push_back(difference(1));
    cells.push_back({d ? grouped(d->headline, decimals) : "", ink});
    cells.push_back({presence(result, line), Ink::muted});
    return cells;
  }
  [[nodiscard]] Row total() const {
    Row cells{{"Total", Ink::heading}, {grouped(result.scenarios[0].mean.value, decimals), Ink::heading}};
    if (two) cells.push_back({grouped(result.scenarios[1].mean.value, decimals), Ink::heading});
    for (const ScenarioDifference& row : result.differences)
      cells.push_back({grouped(row.statistics[0].difference.value, decimals), Ink::heading});
    if (two)
      for (const StatisticDifference& s : result.differences[0].statistics)
        if (s.statistic == result.headline) cells.push_back({grouped(s.difference.value, decimals), Ink::heading});
    return cells;
  }
  static std::string clipped(const std::string& name) {
    constexpr std::size_t kLongest = 18;
    return clip(printable(name), kLongest, {});
  }
};

std::string verdict(const DominanceViolation& violation, const std::string& what) {
  if (violation.verdict == "holds") return "holds in these draws";
  return fmt::format(
      "{}: {}", violation.verdict == "fails" ? "fails" : "cannot be told: violated by less than the sampling error",
      what);
}

std::string dominance_sentence(const CompareResult& result, const DominanceRow& row) {
  const std::string unit = printable(result.currency);
  const auto money = [&](double value) { return with_unit(grouped(value, decimals_for(value)), unit); };
  const DominanceViolation &first = row.first_order, &averse = row.risk_averse;
  const std::string a = printable(name_of(result, row.better)), b = printable(name_of(result, row.worse));
  if (first.verdict == "holds" && averse.verdict == "holds")
    return fmt::format(
        "{} is the better choice for everyone: whatever sum is set as the limit, {} is at least as likely to "
        "exceed it in these draws.",
        a, b);
  std::string sentence =
      fmt::format("{} against {}: the better choice for everyone {}.", a, b,
                  verdict(first, fmt::format("at a limit of {} {} is kept {} more often", money(first.at), b,
                                             fmt::format("{} points", significant(100 * first.value, 2)))));
  sentence += fmt::format(
      " For those who dislike risk it {}.",
      verdict(averse, averse.at <= 0 ? fmt::format("its mean is higher by {}", money(averse.value))
                                     : fmt::format("in the worst {} of the draws it costs {} more on average",
                                                   percent(1 - averse.at), money(averse.value))));
  return sentence;
}

std::string side(const CompareResult& result, const Flip& flip) {
  return printable(name_of(result, flip.above));
}

Row flip_cells(const CompareResult& result, const Flip& flip) {
  const std::string unit = printable(flip.unit);
  const std::string interval = flip.low && flip.high ? significant(*flip.low) + " to " + significant(*flip.high) : "";
  return {{shown_name(flip.input, flip.label)},
          {(flip.steps ? "from " : "above ") + with_unit(significant(flip.value, 3), unit), Ink::heading},
          {fmt::format("P{:.0f}", 100 * flip.percentile)},
          {side(result, flip)},
          {interval, Ink::muted},
          {flip.only_in.empty() ? "" : "only in " + printable(flip.only_in), Ink::muted}};
}

}  // namespace

std::string render_compared_lines(const CompareResult& result, const TerminalStyle& style) {
  if (result.lines.empty()) return "";
  const LineTable table{result, decimals_for(result.scenarios[0].mean.value), result.scenarios.size() == 2};
  std::vector<Row> rows;
  for (const ComparedLine* line : in_order(result.lines)) rows.push_back(table.row(*line, Ink::plain));
  rows.push_back(table.total());
  const std::string what =
      table.two ? fmt::format(
                      "1st: {}, 2nd: {}. Means, the difference of the means, and the part of each line in the "
                      "difference of the {} "
                      "budgets (shared out by covariance). Both columns add up.",
                      printable(name_of(result, 0)), printable(name_of(result, 1)), result.headline)
                : fmt::format("The mean of each line in {}, and how far the others are from it. The columns add up.",
                              printable(name_of(result, 0)));
  return heading("Which lines make the difference", result.currency, style) +
         render_table(table.columns(), std::move(rows), style) + wrap(what, "  ", style);
}

std::string render_dominance(const CompareResult& result, const TerminalStyle& style) {
  std::string out = heading("Is one better whatever happens?", "", style);
  // Of many, only what concerns the cheapest
  std::size_t shown = 0;
  for (const DominanceRow& row : result.dominance) {
    if (result.scenarios.size() > 3 && row.better != result.information.choice) continue;
    out += wrap(dominance_sentence(result, row), "  ", style);
    ++shown;
  }
  if (shown == 0) return "";
  return out + wrap(fmt::format(
                        "Draws cannot prove this for all cases; the average of the worst draws was looked at up to the "
                        "worst {}.",
                        percent(1 - result.dominance_up_to)),
                    "  ", style);
}

std::string render_flips(const CompareResult& result, const TerminalStyle& style) {
  if (result.run.sensitivity_draws == 0) return "";
  const std::string title = heading("Where the choice flips", "", style);
  if (result.flips.empty())
    return title + wrap("No single input, within 98% of its draws, makes another scenario the cheaper one on average.",
                        "  ", style);
  std::string out = title;
  std::size_t next = 0;
  while (next < result.flips.size()) {
    const std::size_t scenario = result.flips[next].scenario;
    std::vector<Row> rows;
    for (; next < result.flips.size() && result.flips[next].scenario == scenario; ++next)
      if (rows.size() < kShownFlips) rows.push_back(flip_cells(result, result.flips[next]));
    if (result.scenarios.size() > 2)
      out += "  " + printable(name_of(result, scenario)) + " against " + printable(name_of(result, 0)) + '\n';
    out += render_table({{"If", false, 0, true},
                         {"is", false},
                         {"", true, 1},
                         {"cheaper on average is", false, 0, true},
                         {"95% interval", false, 2},
                         {"", false, 3}},
                        std::move(rows), style);
  }
  return out + wrap("Below the value it is the other one. P83: 83% of the input's draws lie below.", "  ", style);
}

std::string render_information(const CompareResult& result, const TerminalStyle& style) {
  const PerfectInformation& information = result.information;
  const int decimals = decimals_for(information.value.value);
  const std::string unit = printable(result.currency);
  std::string out = heading("What it is worth to find out more before choosing", result.currency, style);
  if (information.value.value > 0 && !(information.value.low.value_or(0) > 0))
    return out + wrap(fmt::format("Practically nothing: {} is the cheapest in all but a few draws.",
                                  printable(name_of(result, information.choice))),
                      "  ", style);
  if (!(information.value.value > 0))
    return out + wrap(fmt::format("Nothing: {} is the cheapest in every draw.",
                                  printable(name_of(result, information.choice))),
                      "  ", style);
  out += wrap(
      fmt::format(
          "Who chooses {} now pays {} more on average (95% interval {} to {}) than one who knew how everything "
          "will turn out. No study is worth more than that.",
          printable(name_of(result, information.choice)), with_unit(grouped(information.value.value, decimals), unit),
          grouped(information.value.low.value_or(0), decimals), grouped(information.value.high.value_or(0), decimals)),
      "  ", style);
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
  if (result.run.sensitivity_draws == 0) return out;
  if (rows.empty())
    return out +
           wrap("Finding out any single input alone is worth nothing that these draws can tell from 0.", "  ", style);
  out += render_table({{"Measure first", false, 0, true},
                       {"", false, 3},
                       {"Worth up to"},
                       {"of all", true, 2},
                       {"95% interval", true, 1}},
                      std::move(rows), style);
  out += wrap(
      "Inputs that are not listed are worth nothing that these draws can tell from 0. The values of several inputs do "
      "not add up.",
      "  ", style);
  if (differing) out += wrap("* has other values in each scenario; known in all of them at once.", "  ", style);
  return out;
}

std::string render_common_numbers(const CompareResult& result, const TerminalStyle& style) {
  if (result.differing_inputs.empty()) return "";
  std::string names;
  for (const std::string& name : result.differing_inputs) names += (names.empty() ? "" : ", ") + printable(name);
  return wrap(
      fmt::format("Same name, other values: {}. They still share their random numbers: a high draw in one scenario is "
                  "a high draw in the other. Give them other names where they have nothing to do with each other.",
                  names),
      "", style);
}

}  // namespace tcosim::text
