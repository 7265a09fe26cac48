#include "plots/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "plots/answer.hpp"
#include "plots/canvas.hpp"
#include "plots/numbers.hpp"
#include "plots/ticks.hpp"

namespace tcosim::text {
namespace {

// The sums that must be seen: those that every reader asks for, and others as long as the headline keeps its distance
// from the left edge, a quarter of the width.
std::vector<double> kept_sums(const Result& result) {
  const Distributed& total = result.total;
  double headline = total.mean, least = total.min;
  std::vector<double> kept;
  for (const PercentileValue& percentile : total.percentiles) {
    if (percentile.name == "P1") least = percentile.value;
    if (percentile.name == "P50" || percentile.name == "P80" || percentile.name == "P90")
      kept.push_back(percentile.value);
  }
  for (const ContingencyRow& row : result.contingency)
    if (row.target == result.headline) kept.push_back(headline = row.budget);
  kept.push_back(result.base.value);
  for (const ContingencyRow& row : result.contingency)
    if (row.budget <= least + 4 * (headline - least)) kept.push_back(row.budget);
  return kept;
}

// Bins [first, last) without low ones (2% of the highest) at the ends.
std::pair<std::size_t, std::size_t> shown_bins(const Histogram& histogram, const std::vector<double>& kept) {
  constexpr double kLow = 0.02;
  constexpr double kMostLost = 0.07;
  constexpr std::size_t kLeastBins = 7;  // a spike alone would be a wall
  const std::vector<std::uint64_t>& counts = histogram.counts;
  const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), histogram.below + histogram.above);
  const auto most = static_cast<std::uint64_t>(kMostLost * static_cast<double>(all));
  // A single draw is thin however few there are.
  const double least = std::max(kLow * static_cast<double>(*std::max_element(counts.begin(), counts.end())), 1.5);
  const double width = (histogram.high - histogram.low) / static_cast<double>(counts.size());
  const auto removable = [&](std::size_t bin, std::uint64_t lost) {
    const double from = histogram.low + width * static_cast<double>(bin);
    const bool holds = std::any_of(kept.begin(), kept.end(), [&](double x) { return x >= from && x <= from + width; });
    return !holds && static_cast<double>(counts[bin]) < least && lost + counts[bin] <= most;
  };
  std::size_t first = 0;
  std::size_t last = counts.size();
  for (std::uint64_t lost = histogram.below; first + 1 < last && removable(first, lost); ++first) lost += counts[first];
  for (std::uint64_t lost = histogram.above; last > first + 1 && removable(last - 1, lost); --last) {
    lost += counts[last - 1];
  }
  while (last - first < std::min(kLeastBins, counts.size())) {
    if (last < counts.size()) ++last;
    if (first > 0 && last - first < kLeastBins) --first;
  }
  return {first, last};
}

}  // namespace

std::size_t MoneyRange::column(double sum, std::size_t columns) const {
  const double at = length() > 0 ? (sum - low) / length() * static_cast<double>(columns) : 0;
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(columns - 1)));
}

MoneyRange shown_range(const Result& result) {
  const Histogram& histogram = result.total.histogram;
  if (histogram.counts.size() < 2 || !(histogram.high > histogram.low)) return {result.total.mean, result.total.mean};
  const auto [first, last] = shown_bins(histogram, kept_sums(result));
  const double width = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
  return {histogram.low + width * static_cast<double>(first), histogram.low + width * static_cast<double>(last)};
}

std::vector<MarkedSum> marked_sums(const Result& result) {
  const int decimals = decimals_for(result.total.mean);
  std::vector<MarkedSum> marks{
      {result.base.value, result.base.confidence, "base " + exact_amount(result.base.value), Ink::accent}};
  for (const ContingencyRow& row : result.contingency) {
    const PercentileValue* const percentile = percentile_row(result.total, row.target);
    marks.push_back({row.budget, percentile == nullptr ? 0 : percentile->probability,
                     row.target + " " + grouped(row.budget, decimals),
                     row.target == result.headline ? Ink::heading : Ink::plain});
  }
  std::stable_sort(marks.begin(), marks.end(), [](const MarkedSum& a, const MarkedSum& b) { return a.sum < b.sum; });
  return marks;
}

std::string words_on_marks_outside(const Result& result, const MoneyRange& range) {
  std::vector<std::string> left, right;
  for (const MarkedSum& mark : marked_sums(result)) {
    if (mark.sum < range.low) left.push_back(mark.label);
    if (mark.sum > range.high) right.push_back(mark.label);
  }
  const auto words = [](const std::vector<std::string>& labels, const char* where) {
    if (labels.empty()) return std::string();
    std::string text = fmt::format("{}", fmt::join(labels, ", "));
    text[0] = text[0] == 'b' ? 'B' : text[0];  // "base"
    return fmt::format(" {} {} {} of the picture.", text, labels.size() == 1 ? "lies" : "lie", where);
  };
  return words(left, "left") + words(right, "right");
}

std::vector<std::string> money_axis(const MoneyRange& range, std::size_t columns, const TerminalStyle& style) {
  // As many ticks as have blanks between their labels
  std::vector<Tick> ticks;
  for (std::size_t most = 8; most >= 1; --most) {
    ticks = round_ticks(range.low, range.high, most);
    std::size_t widest = 0;
    for (const Tick& tick : ticks) widest = std::max(widest, tick.label.size());
    if (ticks.size() * (widest + 3) <= columns) break;
  }
  Canvas axis(2, columns);
  for (std::size_t i = 0; i < columns; ++i) axis.put(0, i, style.unicode ? "─" : "-", Ink::muted);
  for (const Tick& tick : ticks) {
    const std::size_t at = range.column(tick.at, columns), width = tick.label.size();
    const std::size_t start = std::min(at - std::min(at, width / 2), columns - std::min(columns, width));
    if (!axis.blank(1, start > 0 ? start - 1 : 0, std::min(start + width + 1, columns))) continue;
    axis.put(0, at, style.unicode ? "┬" : "+", Ink::muted);
    axis.write(1, start, tick.label, Ink::muted);
  }
  return axis.lines(style);
}

std::string stacked(const Picture& picture, const TerminalStyle& style) {
  std::string out = paint(picture.title, Ink::heading, style) + '\n';
  for (const std::string& line : picture.lines) out += line + '\n';
  return picture.words.empty() ? out : out + wrap(picture.words, "  ", style);
}

std::string side_by_side(const Picture& left, const Picture& right, std::size_t left_width,
                         const TerminalStyle& style) {
  const auto row = [&](const std::string& first, const std::string& second) {
    if (second.empty()) return first + '\n';
    const std::size_t used = painted_width(first);
    return first + std::string(left_width > used ? left_width - used : 0, ' ') + second + '\n';
  };
  std::string out = row(paint(left.title, Ink::heading, style), paint(right.title, Ink::heading, style));
  const auto line = [](const Picture& picture, std::size_t i) {
    return i < picture.lines.size() ? picture.lines[i] : std::string();
  };
  // Their axes in one line: the shorter starts further down.
  const std::size_t rows = std::max(left.lines.size(), right.lines.size());
  for (std::size_t i = 0; i < rows; ++i)
    out += row(line(left, i + left.lines.size() - rows), line(right, i + right.lines.size() - rows));
  for (const Picture* picture : {&left, &right})
    if (!picture->words.empty()) out += wrap(picture->words, "  ", style);
  return out;
}

}  // namespace tcosim::text
