#include "plots/sensitivity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRankWidth = 5;

int amount_decimals(const SensitivityResult& result) {
  return decimals_for(result.overall == 0 ? result.sd : result.overall);
}

/// "+1,200", "-300", "0".
std::string change(double value, int decimals) {
  const std::string text = grouped(value, decimals);
  return value > 0 && text.find_first_not_of("0.,") != std::string::npos ? "+" + text : text;
}

std::string relative_change(double before, double after) {
  return before > 0 ? change(100 * (after - before) / before, 0) + "%" : "";
}

std::string explained(const SensitivityResult& result) {
  return result.of == "total" ? "the total" : "the output " + printable(result.of);
}

std::string render_top(const SensitivityResult& result, const TerminalStyle& style) {
  const std::string title = printable(result.title), file = printable(result.file);
  const std::string dot = style.unicode ? " · " : " | ";
  std::string facts = title.empty() ? "" : file;
  const auto add = [&](const std::string& fact) {
    if (!fact.empty()) facts += (facts.empty() ? "" : dot) + fact;
  };
  add(printable(result.horizon));
  if (!result.methods.empty()) {
    add(result.run.sensitivity_draws < result.run.draws
            ? fmt::format("the first {} of {} draws", count(result.run.sensitivity_draws), count(result.run.draws))
            : count(result.run.draws) + " draws");
  }
  add(fmt::format("seed {}", result.run.seed));
  std::string out =
      paint(clip(title.empty() ? file : title, static_cast<std::size_t>(style.width), style), Ink::heading, style) +
      '\n' + wrap(facts, "", style);
  if (result.methods.empty()) return out;
  const int decimals = amount_decimals(result);
  std::string what =
      fmt::format("What moves {}: by {}. Its mean is {}, its standard deviation {}", explained(result), result.by,
                  with_unit(grouped(result.mean, decimals), printable(result.unit)), grouped(result.sd, decimals));
  if (result.statistic != "mean")
    what += fmt::format(", its {} {}", result.statistic, grouped(result.overall, decimals));
  out += wrap(what + ". Figures in brackets are 95% intervals of the sampling error.", "", style);
  for (const auto& [name, members] : result.groups)
    out += wrap(printable(name) + " is a group: " + printable(members) + ".", "  ", style);
  return out;
}

/// "one-at-a-time" as "one", "spearman" as "spear": the head of a narrow column.
std::string short_name(const std::string& method) {
  return method.substr(0, std::min(method.find('-'), kRankWidth));
}

std::string rank_lines(const SensitivityResult& result, std::size_t rows, std::size_t first, std::size_t end,
                       std::size_t name, const TerminalStyle& style) {
  std::string header = "  " + pad_right("", name);
  for (std::size_t m = first; m < end; ++m) header += "  " + pad_left(short_name(result.rank_methods[m]), kRankWidth);
  std::string out = paint(header, Ink::muted, style) + '\n';
  for (std::size_t r = 0; r < rows; ++r) {
    const RankRow& row = result.ranks[r];
    out += "  " + pad_right(clip(shown_name(row.name, row.label), name, style), name);
    for (std::size_t m = first; m < end; ++m) {
      const auto& rank = row.ranks[m];
      const std::string text = pad_left(rank ? fmt::format("{}", *rank) : style.unicode ? "·" : ".", kRankWidth);
      out += "  " + paint(text, !rank ? Ink::muted : *rank == 1 ? Ink::accent : Ink::plain, style);
    }
    out += '\n';
  }
  return out;
}

std::string bullet(const std::string& text, const TerminalStyle& style) {
  const std::string wrapped = wrap(text, "  ", style);
  return (style.unicode ? "•" : "-") + wrapped.substr(1);
}

std::string method_legend(const SensitivityResult& result, const TerminalStyle& style) {
  std::string out = heading("What each method measures", "", style);
  for (const MethodTable& table : result.methods) out += bullet(table.method + ": " + table.measures, style);
  return out + wrap("--method NAME shows one in depth, with figures and intervals; --list says when not to use each.",
                    "  ", style);
}

}  // namespace

std::string render_ranks(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  if (result.ranks.empty() || result.rank_methods.empty()) return "";
  const std::size_t rows = std::min(result.ranks.size(), top);
  std::size_t name = 8;
  for (std::size_t r = 0; r < rows; ++r)
    name = std::max(name, text_width(shown_name(result.ranks[r].name, result.ranks[r].label)));
  name = std::min<std::size_t>(name, 24);
  std::string out = heading("Ranks by method, 1 moves it most", "", style);

  // As many methods side by side as fit
  const std::size_t all = result.rank_methods.size();
  const std::size_t fitting =
      std::max<std::size_t>(1, (static_cast<std::size_t>(style.width) - 2 - name) / (kRankWidth + 2));
  const std::size_t blocks = (all + fitting - 1) / fitting, each = (all + blocks - 1) / blocks;
  for (std::size_t first = 0; first < all; first += each)
    out += rank_lines(result, rows, first, std::min(all, first + each), name, style);
  std::string note = style.unicode ? "A dot (·) is" : "A dot is";
  note += " no influence, or none that this method can tell from chance.";
  if (rows < result.ranks.size()) note += fmt::format(" {} more not shown (--top).", result.ranks.size() - rows);
  out += wrap(note, "  ", style);
  if (!result.verdict.empty()) out += wrap(printable(result.verdict), "  ", style);
  for (const MethodTable& table : result.methods)
    if (!table.ranks) out += wrap(table.method + " gives no ranks here: see its warnings.", "  ", style);

  std::string remarks;
  for (std::size_t r = 0; r < rows; ++r)
    if (!result.ranks[r].remark.empty())
      remarks += bullet(
          shown_name(result.ranks[r].name, result.ranks[r].label) + ": " + printable(result.ranks[r].remark) + ".",
          style);
  if (!remarks.empty()) out += '\n' + heading("Where they disagree, and why", "", style) + remarks;
  return out;
}

std::string render_stress(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  if (!result.stress) return "";
  const StressResult& stress = *result.stress;
  std::string conditions;
  for (const std::string& condition : stress.conditions)
    conditions += (conditions.empty() ? "" : " and ") + printable(condition);
  std::string out = heading("Stress: " + conditions, result.unit, style);
  out += wrap(fmt::format("Holds in {} of all draws; what follows is from {} draws in which it does. Correlated inputs "
                          "move along.",
                          percent(stress.probability), count(stress.draws)),
              "  ", style);

  // What is explained
  std::vector<Row> rows;
  for (std::size_t i = 0; i < stress.summary.size(); ++i) {
    const StressedValue& value = stress.summary[i];
    const int decimals = decimals_for(value.before == 0 ? value.after : value.before);
    std::string bounds;
    if (i < stress.intervals.size() && stress.intervals[i].low && stress.intervals[i].high)
      bounds = fmt::format("[{}, {}]", grouped(*stress.intervals[i].low, decimals),
                           grouped(*stress.intervals[i].high, decimals));
    rows.push_back({{explained(result) + ", " + printable(value.name)},
                    {grouped(value.before, decimals)},
                    {grouped(value.after, decimals), Ink::heading},
                    {bounds, Ink::muted},
                    {change(value.after - value.before, decimals)},
                    {relative_change(value.before, value.after)}});
  }
  out += render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"", false, 1}, {"change"}, {""}},
                      std::move(rows), style);

  // Inputs, in units of their own
  if (!stress.inputs.empty()) out += '\n' + heading("Inputs that move, by their means", "", style);
  rows.clear();
  for (std::size_t i = 0; i < std::min(stress.inputs.size(), top); ++i) {
    const StressedValue& value = stress.inputs[i];
    const double moved = value.sd > 0 ? (value.after - value.before) / value.sd : 0;
    rows.push_back({{shown_name(value.name, value.label)},
                    {significant(value.before)},
                    {significant(value.after), Ink::heading},
                    {printable(value.unit), Ink::muted},
                    {relative_change(value.before, value.after)},
                    {value.sd > 0 ? change(moved, 2) + " sd" : "", Ink::muted}});
  }
  if (!rows.empty())
    out += render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"", false, 1}, {"change"}, {"", true, 2}},
                        std::move(rows), style);

  // Lines, in money
  if (!stress.lines.empty()) out += '\n' + heading("Cost lines that move, by their means", result.currency, style);
  rows.clear();
  int decimals = 0;
  for (const StressedValue& value : stress.lines)
    decimals = std::max(decimals, std::min(2, decimals_for(std::max(std::abs(value.before), std::abs(value.after)))));
  for (std::size_t i = 0; i < std::min(stress.lines.size(), top); ++i) {
    const StressedValue& value = stress.lines[i];
    rows.push_back({{shown_name(value.name, value.label)},
                    {grouped(value.before, decimals)},
                    {grouped(value.after, decimals), Ink::heading},
                    {change(value.after - value.before, decimals)},
                    {relative_change(value.before, value.after)}});
  }
  if (!rows.empty())
    out += render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"change"}, {""}}, std::move(rows), style);
  for (const std::string& note : stress.notes) out += wrap(printable(note), "  ", style);
  return out;
}

}  // namespace tcosim::text

namespace tcosim {

std::string render_sensitivity(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  std::string out = text::render_top(result, style);
  if (result.all) {
    out += '\n' + text::render_ranks(result, top, style);
    std::string refused;
    for (const Refusal& refusal : result.refused)
      refused += text::bullet(refusal.method + ": " + text::printable(refusal.reason), style);
    if (!refused.empty()) out += '\n' + text::heading("Could not be used here", "", style) + refused;
    out += '\n' + text::method_legend(result, style);
  } else {
    for (const MethodTable& table : result.methods) out += '\n' + text::render_method(table, result, top, style);
    if (const std::string ranks = text::render_ranks(result, top, style); !ranks.empty()) out += '\n' + ranks;
  }
  if (const std::string stress = text::render_stress(result, top, style); !stress.empty()) out += '\n' + stress;
  return out;
}

std::string render_methods(const std::vector<MethodEntry>& methods, const TerminalStyle& style) {
  std::string out;
  for (const MethodEntry& method : methods) {
    out += (out.empty() ? "" : "\n") + text::paint(method.name, text::Ink::heading, style) + '\n';
    out += text::wrap(method.title + ".", "  ", style) + text::wrap(method.measures, "  ", style);
    out += text::wrap("Caution: " + method.caution, "  ", style);
    out += text::paint(text::wrap("Source: " + method.source + ".", "  ", style), text::Ink::muted, style);
  }
  return out;
}

}  // namespace tcosim
