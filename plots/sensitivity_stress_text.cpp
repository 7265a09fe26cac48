// What a stress moves: what is explained before and after, then the inputs and the cost lines that move.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "plots/numbers.hpp"
#include "plots/sensitivity_text.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

/// "+1,200", "-300", "0".
std::string change(double value, int decimals) {
  const std::string text = grouped(value, decimals);
  return value > 0 && text.find_first_not_of("0.,") != std::string::npos ? "+" + text : text;
}

std::string relative_change(double before, double after) {
  return before > 0 ? change(100 * (after - before) / before, 0) + "%" : "";
}

std::string explained_table(const SensitivityResult& result, const StressResult& stress, const TerminalStyle& style) {
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
  return render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"", false, 1}, {"change"}, {""}},
                      std::move(rows), style);
}

/// Those that move, at most `top`; they stand first.
std::span<const StressedValue> moving(const std::vector<StressedValue>& values, std::size_t top) {
  const auto end = std::ranges::find(values, false, &StressedValue::above_noise);
  return std::span(values).first(std::min(static_cast<std::size_t>(end - values.begin()), top));
}

/// "The other 12 do not move, by more than sampling noise would." or how many --top leaves out.
std::string rest(const std::vector<StressedValue>& values, std::size_t top, const std::string& what,
                 const TerminalStyle& style) {
  const auto moved = static_cast<std::size_t>(std::ranges::count(values, true, &StressedValue::above_noise));
  const std::size_t still = values.size() - moved;
  std::string text;
  if (moved > top) text = fmt::format("{} more move (--top).", moved - top);
  if (still > 0) {
    text += text.empty() ? "" : " ";
    text += moved == 0   ? fmt::format("No {} moves by more than sampling noise would.", what)
            : still == 1 ? fmt::format("The other {} does not move by more than sampling noise would.", what)
                         : fmt::format("The other {} {}s do not move by more than sampling noise would.", still, what);
  }
  return text.empty() ? "" : wrap(text, "  ", style);
}

/// In units of their own.
std::string input_table(const StressResult& stress, std::size_t top, const TerminalStyle& style) {
  if (stress.inputs.empty()) return "";
  std::vector<Row> rows;
  for (const StressedValue& value : moving(stress.inputs, top)) {
    const double moved = value.sd > 0 ? (value.after - value.before) / value.sd : 0;
    rows.push_back({{shown_name(value.name, value.label)},
                    {significant(value.before)},
                    {significant(value.after), Ink::heading},
                    {printable(value.unit), Ink::muted},
                    {relative_change(value.before, value.after)},
                    {value.sd > 0 ? change(moved, 2) + " sd" : "", Ink::muted}});
  }
  std::string out = '\n' + heading("Inputs that move, by their means", "", style);
  if (!rows.empty())
    out += render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"", false, 1}, {"change"}, {"", true, 2}},
                        std::move(rows), style);
  return out + rest(stress.inputs, top, "input", style);
}

/// In money.
std::string line_table(const SensitivityResult& result, const StressResult& stress, std::size_t top,
                       const TerminalStyle& style) {
  if (stress.lines.empty()) return "";
  double largest = 0;
  for (const StressedValue& value : stress.lines)
    largest = std::max({largest, std::abs(value.before), std::abs(value.after)});
  const int decimals = decimals_for(largest);
  std::vector<Row> rows;
  for (const StressedValue& value : moving(stress.lines, top))
    rows.push_back({{shown_name(value.name, value.label)},
                    {grouped(value.before, decimals)},
                    {grouped(value.after, decimals), Ink::heading},
                    {change(value.after - value.before, decimals)},
                    {relative_change(value.before, value.after)}});
  std::string out = '\n' + heading("Cost lines and risks that move, by their means", result.currency, style);
  if (!rows.empty())
    out += render_table({{"", false, 0, true}, {"before"}, {"stressed"}, {"change"}, {""}}, std::move(rows), style);
  return out + rest(stress.lines, top, "line", style);
}

}  // namespace

std::string render_stress(const SensitivityResult& result, std::size_t top, const TerminalStyle& style) {
  if (!result.stress) return "";
  const StressResult& stress = *result.stress;
  std::string conditions;
  for (const std::string& condition : stress.conditions)
    conditions += (conditions.empty() ? "" : " and ") + printable(condition);
  std::string out = heading("Stress: " + conditions, result.unit, style);
  out += wrap(fmt::format("Holds in {} of all draws; what follows is from {} {} in which it does. Correlated inputs "
                          "move along. In brackets: 95% intervals of the sampling error.",
                          percent(stress.probability), count(stress.draws), stress.draws == 1 ? "draw" : "draws"),
              "  ", style);
  out +=
      explained_table(result, stress, style) + input_table(stress, top, style) + line_table(result, stress, top, style);
  for (const std::string& note : stress.notes) out += wrap(printable(note), "  ", style);
  return out;
}

}  // namespace tcosim::text
