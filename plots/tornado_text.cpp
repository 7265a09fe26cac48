// What drives the total: one bar an input, from the least to the greatest conditional mean of the total.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/bars.hpp"
#include "plots/numbers.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kMostBars = 15;
constexpr std::size_t kLongestName = 32;
constexpr std::size_t kLeastBar = 12;

struct Widths {
  std::size_t name = 0, low = 0, bar = 0, high = 0;
  bool rank = true, share = true;
};

// The money axis that all bars share.
struct MoneyAxis : Axis {
  int decimals = 0;
};

MoneyAxis axis_of(const Result& result, std::size_t bars) {
  MoneyAxis axis{{result.total.mean, result.total.mean}, 0};
  for (std::size_t i = 0; i < bars; ++i) {
    axis.include(result.sensitivity[i].swing_low);
    axis.include(result.sensitivity[i].swing_high);
  }
  axis.decimals = decimals_for(result.total.mean == 0 ? axis.high - axis.low : result.total.mean);
  return axis;
}

Widths widths_of(const Result& result, std::size_t bars, const MoneyAxis& axis, const TerminalStyle& style) {
  Widths widths;
  for (std::size_t i = 0; i < bars; ++i) {
    const SensitivityRow& row = result.sensitivity[i];
    widths.name = std::max(widths.name, text_width(shown_name(row.name, row.label)));
    widths.low = std::max(widths.low, grouped(row.swing_low, axis.decimals).size());
    widths.high = std::max(widths.high, grouped(row.swing_high, axis.decimals).size());
  }
  constexpr std::size_t kRank = 2 + 5, kShare = 2 + 6;
  constexpr std::size_t kLeastName = 6, kGoodRoom = 36;         // for a name and its bar
  std::size_t ends = 2 + 2 + 1 + 1 + widths.low + widths.high;  // with the indent and the gaps
  const auto width = static_cast<std::size_t>(style.width);
  widths.rank = ends + kShare + kRank + kGoodRoom <= width;
  widths.share = ends + kShare + kLeastBar + kLeastName <= width;
  ends += (widths.rank ? kRank : 0) + (widths.share ? kShare : 0);
  const std::size_t room = width > ends + kLeastBar ? width - ends : kLeastBar;
  // A name takes at most half of what it shares with its bar.
  widths.name = std::min({widths.name, kLongestName, std::max(std::min(room / 2, room - kLeastBar), kLeastName)});
  widths.bar = std::max(kLeastBar, room > widths.name ? room - widths.name : 0);
  return widths;
}

// "+0.71"; what rounds to nothing is "+0.00", never "-0.00".
std::string correlation(double rho) {
  return fmt::format("{:+5.2f}", std::round(rho * 100) / 100 + 0.0);
}

std::string notes(const Result& result, std::size_t bars, const MoneyAxis& axis, const Widths& widths) {
  std::string text = "A bar runs from the least to the greatest mean of the total over ten equal slices of the input.";
  if (widths.rank) text += " Rank is Spearman's correlation with the total, share its square over the sum of all.";
  if (widths.share && !widths.rank)
    text += " Share is the square of Spearman's correlation with the total over the sum of all.";
  text += fmt::format(" An input without influence would show a swing of {} {} at {} draws; bars under {} are muted.",
                      // Sobol points leave less noise than the independent draws that the floor is for.
                      result.run.sampling == "sobol" ? "at most" : "about", significant(result.noise_floor, 3),
                      count(result.run.sensitivity_draws), significant(result.noise_threshold, 3));
  if (result.correlated) {
    text +=
        " Some inputs are correlated: each bar holds what moves along with its input, so bars overlap and do not add "
        "up.";
  }
  if (bars < result.sensitivity.size()) {
    const SensitivityRow& next = result.sensitivity[bars];
    const std::size_t more = result.sensitivity.size() - bars;
    text += fmt::format(" {} more input{} not shown, the widest from {} to {}.", more, more == 1 ? " is" : "s are",
                        grouped(next.swing_low, axis.decimals), grouped(next.swing_high, axis.decimals));
  }
  return text;
}

}  // namespace

std::string render_tornado(const Result& result, const TerminalStyle& style) {
  if (result.sensitivity.empty()) return "";
  if (result.run.sensitivity_draws < kLeastSwingDraws) {
    return heading("What drives the total: swing of its mean", result.currency, style) +
           wrap(fmt::format("Too few draws to tell: at least {} are needed.", kLeastSwingDraws), "  ", style);
  }
  const std::size_t bars = std::min(result.sensitivity.size(), kMostBars);
  const MoneyAxis axis = axis_of(result, bars);
  const Widths widths = widths_of(result, bars, axis, style);

  // Header over the columns of numbers
  std::string out = heading("What drives the total: swing of its mean", result.currency, style);
  const std::size_t before = 2 + widths.name + 2 + widths.low + 1 + widths.bar + 1 + widths.high;
  if (widths.share)
    out += std::string(before, ' ') + paint(widths.rank ? "   rank   share" : "   share", Ink::muted, style) + '\n';

  // Bars
  for (std::size_t i = 0; i < bars; ++i) {
    const SensitivityRow& row = result.sensitivity[i];
    const Ink ink = row.above_noise ? Ink::plain : Ink::muted;
    const std::string name = pad_right(clip_middle(shown_name(row.name, row.label), widths.name, style), widths.name);
    std::string line = fmt::format(
        "  {}  {} {} {}", paint(name, ink, style),
        paint(pad_left(grouped(row.swing_low, axis.decimals), widths.low), ink, style),
        paint(range_bar(row.swing_low, row.swing_high, result.total.mean, axis, widths.bar, !row.above_noise, style),
              row.above_noise ? Ink::accent : Ink::muted, style),
        paint(grouped(row.swing_high, axis.decimals), ink, style));
    if (widths.share) line += std::string(widths.high - grouped(row.swing_high, axis.decimals).size(), ' ');
    if (widths.rank) line += "  " + paint(correlation(row.spearman), ink, style);
    if (widths.share) line += "  " + paint(pad_left(percent(row.contribution), 6), ink, style);
    out += line + '\n';
  }
  return out + wrap(notes(result, bars, axis, widths), "  ", style);
}

}  // namespace tcosim::text
