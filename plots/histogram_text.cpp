// The distribution of the total as columns, with the base estimate and the budgets marked under it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plots/numbers.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRows = 8;
constexpr std::size_t kIndent = 2;

struct Marker {
  std::size_t column = 0;
  std::string label;
  Ink ink = Ink::plain;
};

// What is shown: a stretch of the bins, each as wide as a whole number of columns or the other way round, so
// that no bar is smeared.
struct View {
  double low = 0, column_width = 0;  // in money
  std::vector<double> heights;       // one a column, the highest is 1
  double below = 0, above = 0;       // fractions of the draws beyond the ends
  [[nodiscard]] double high() const { return low + column_width * static_cast<double>(heights.size()); }
};

// Bins [first, last) without the thin ends: a rare risk may stretch the range until the rest is a spike.
// An end loses low bins (2% of the highest) that hold no mark, and at most 7% of the draws.
std::pair<std::size_t, std::size_t> shown_bins(const Histogram& histogram, const std::vector<double>& marks) {
  constexpr double kLow = 0.02;
  constexpr double kMostLost = 0.07;
  const std::vector<std::uint64_t>& counts = histogram.counts;
  const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), histogram.below + histogram.above);
  const auto most = static_cast<std::uint64_t>(kMostLost * static_cast<double>(all));
  const double least = kLow * static_cast<double>(*std::max_element(counts.begin(), counts.end()));
  const double width = (histogram.high - histogram.low) / static_cast<double>(counts.size());
  const auto removable = [&](std::size_t bin, std::uint64_t lost) {
    const double from = histogram.low + width * static_cast<double>(bin);
    const bool marked =
        std::any_of(marks.begin(), marks.end(), [&](double x) { return x >= from && x <= from + width; });
    return !marked && static_cast<double>(counts[bin]) < least && lost + counts[bin] <= most;
  };
  std::size_t first = 0;
  std::size_t last = counts.size();
  for (std::uint64_t lost = histogram.below; first + 1 < last && removable(first, lost); ++first) lost += counts[first];
  for (std::uint64_t lost = histogram.above; last > first + 1 && removable(last - 1, lost); --last) {
    lost += counts[last - 1];
  }
  return {first, last};
}

View view_of(const Histogram& histogram, const std::vector<double>& marks, std::size_t most_columns) {
  const auto [first, last] = shown_bins(histogram, marks);
  const std::size_t bins = last - first;
  const std::size_t bins_per_column = (bins + most_columns - 1) / most_columns;
  const std::size_t columns_per_bin = bins_per_column > 1 ? 1 : most_columns / bins;
  const double bin_width = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
  View view;
  view.low = histogram.low + bin_width * static_cast<double>(first);
  view.column_width = bin_width * static_cast<double>(bins_per_column) / static_cast<double>(columns_per_bin);

  // Columns
  auto below = static_cast<double>(histogram.below);
  auto above = static_cast<double>(histogram.above);
  double all = below + above;
  for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
    const auto count = static_cast<double>(histogram.counts[bin]);
    all += count;
    if (bin < first) below += count;
    if (bin >= last) above += count;
    if (bin < first || bin >= last) continue;
    if ((bin - first) % bins_per_column == 0) view.heights.insert(view.heights.end(), columns_per_bin, 0.0);
    for (std::size_t i = 0; i < columns_per_bin; ++i) view.heights[view.heights.size() - 1 - i] += count;
  }
  const double highest = *std::max_element(view.heights.begin(), view.heights.end());
  for (double& height : view.heights) height = highest > 0 ? height / highest : 0;
  view.below = all > 0 ? below / all : 0;
  view.above = all > 0 ? above / all : 0;
  return view;
}

std::vector<double> marked_values(const Result& result) {
  std::vector<double> values{result.base.value};
  for (const ContingencyRow& row : result.contingency) values.push_back(row.budget);
  return values;
}

std::vector<Marker> markers(const Result& result, const View& view) {
  const int decimals = decimals_for(result.total.mean);
  std::vector<std::pair<double, Marker>> found;
  const auto add = [&](double value, const std::string& label, Ink ink) {
    if (!(value >= view.low && value <= view.high())) return;
    const auto column = static_cast<std::size_t>((value - view.low) / view.column_width);
    found.push_back({value, {std::min(column, view.heights.size() - 1), label, ink}});
  };
  add(result.base.value, "base " + exact_amount(result.base.value), Ink::accent);
  for (const ContingencyRow& row : result.contingency) {
    add(row.budget, row.target + " " + grouped(row.budget, decimals),
        row.target == result.headline ? Ink::heading : Ink::plain);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Marker> sorted;
  sorted.reserve(found.size());
  for (auto& entry : found) sorted.push_back(std::move(entry.second));
  return sorted;
}

std::string axis(const std::vector<Marker>& marks, std::size_t columns, const TerminalStyle& style) {
  std::vector<std::string_view> cells(columns, style.unicode ? "─" : "-");
  for (const Marker& mark : marks) cells[mark.column] = style.unicode ? "┬" : "+";
  std::string line(kIndent, ' ');
  for (const std::string_view cell : cells) line += cell;
  return line + '\n';
}

// Labels hang on leaders like stairs, the rightmost first, so that none can cover another.
std::string stairs(const std::vector<Marker>& marks, std::size_t columns, const TerminalStyle& style) {
  const std::string_view leader = style.unicode ? "│" : "|";
  const std::string_view corner = style.unicode ? "└ " : "| ";
  const std::string_view corner_left = style.unicode ? " ┘" : " |";
  std::string out;
  for (std::size_t last = marks.size(); last-- > 0;) {
    const Marker& mark = marks[last];
    const std::size_t width = text_width(mark.label) + 2;
    const bool fits = mark.column + width <= columns;
    const std::size_t start = fits || mark.column + 1 < width ? mark.column : mark.column + 1 - width;
    std::string line(kIndent, ' ');
    std::size_t used = 0;
    for (std::size_t i = 0; i < last; ++i) {
      if (marks[i].column + (start == mark.column ? 0 : 1) >= start || marks[i].column < used) continue;
      line += std::string(marks[i].column - used, ' ') + std::string(leader);
      used = marks[i].column + 1;
    }
    line += std::string(start - used, ' ');
    const std::string label = paint(mark.label, mark.ink, style);
    out += line + (start == mark.column ? std::string(corner) + label : label + std::string(corner_left)) + '\n';
  }
  return out;
}

std::string tails(const View& view, int decimals) {
  std::string text = fmt::format("From {} to {}", grouped(view.low, decimals), grouped(view.high(), decimals));
  if (view.below + view.above <= 0) return text + ".";
  return text + fmt::format("; {} of the draws lie below, {} above.", percent(view.below), percent(view.above));
}

}  // namespace

std::string render_histogram(const Result& result, const TerminalStyle& style) {
  const Histogram& histogram = result.total.histogram;
  std::string out = heading("Distribution of the total", result.currency, style);
  if (histogram.counts.size() < 2 || !(histogram.high > histogram.low)) {
    return out + fmt::format("  The total is {} in every draw.\n", exact_amount(result.total.mean));
  }
  const std::size_t most_columns = std::min<std::size_t>(static_cast<std::size_t>(style.width) - 2 * kIndent, 76);
  const View view = view_of(histogram, marked_values(result), most_columns);
  const std::size_t columns = view.heights.size();
  const std::vector<Marker> marks = markers(result, view);
  for (std::string line : column_chart(view.heights, kRows, style)) {
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty()) out += std::string(kIndent, ' ') + paint(line, Ink::accent, style);
    out += '\n';
  }
  return out + axis(marks, columns, style) + stairs(marks, most_columns, style) +
         wrap(tails(view, decimals_for(result.total.mean)), "  ", style);
}

}  // namespace tcosim::text
