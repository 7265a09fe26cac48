// The distribution of the total as columns, with the base estimate and the budgets marked above them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/canvas.hpp"
#include "plots/numbers.hpp"
#include "plots/picture.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRows = 8;
constexpr std::size_t kIndent = 2;

// Draws under a sum, taking those in a bin as spread evenly over it.
class Cumulated {
 public:
  explicit Cumulated(const Histogram& histogram)
      : low_(histogram.low),
        width_((histogram.high - histogram.low) / static_cast<double>(histogram.counts.size())),
        under_{static_cast<double>(histogram.below)} {
    for (const std::uint64_t count : histogram.counts) under_.push_back(under_.back() + static_cast<double>(count));
    all_ = under_.back() + static_cast<double>(histogram.above);
  }
  [[nodiscard]] double share_under(double sum) const {
    const double at = std::clamp((sum - low_) / width_, 0.0, static_cast<double>(under_.size() - 1));
    // An edge of a bin is one in spite of rounding.
    const double near = std::round(at);
    const double place = std::abs(at - near) < 1e-9 ? near : at;
    const auto bin = std::min(static_cast<std::size_t>(place), under_.size() - 2);
    return (under_[bin] + (place - static_cast<double>(bin)) * (under_[bin + 1] - under_[bin])) / all_;
  }

 private:
  double low_, width_, all_ = 0;
  std::vector<double> under_;  // by edge
};

// One a column, the highest is 1.
std::vector<double> heights_of(const Cumulated& draws, const MoneyRange& range, std::size_t columns) {
  std::vector<double> heights;
  const double width = range.length() / static_cast<double>(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    const double from = range.low + width * static_cast<double>(i);
    heights.push_back(std::max(0.0, draws.share_under(from + width) - draws.share_under(from)));
  }
  const double highest = *std::max_element(heights.begin(), heights.end());
  for (double& height : heights) height = highest > 0 ? height / highest : 0;
  return heights;
}

// Cells without a column stay free for labels.
void draw_row(std::string_view row_text, std::size_t row, Canvas& canvas) {
  for (std::size_t column = 0; !row_text.empty(); ++column) {
    const std::size_t bytes = row_text[0] == ' ' || static_cast<unsigned char>(row_text[0]) < 0x80 ? 1 : 3;
    if (row_text[0] != ' ') canvas.put(row, column, row_text.substr(0, bytes), Ink::accent);
    row_text.remove_prefix(bytes);
  }
}

// A mark of the axis: its label stands right of its column, or left of it where the next one or the edge is near.
struct Flag {
  const MarkedSum* mark = nullptr;
  std::size_t column = 0, width = 0;  // with the gap to its leader
  bool right = true;
};

std::vector<Flag> flags_of(const std::vector<MarkedSum>& marks, const MoneyRange& range, std::size_t columns) {
  std::vector<Flag> flags;
  std::size_t limit = columns;
  for (std::size_t i = marks.size(); i-- > 0;) {
    if (!range.holds(marks[i].sum)) continue;
    Flag flag{&marks[i], range.column(marks[i].sum, columns), text_width(marks[i].label) + 1, true};
    flag.right = flag.column + flag.width < limit;
    if (!flag.right && flag.column < flag.width) continue;  // no room: the tables have it
    if (!flag.right) limit = flag.column;
    flags.push_back(flag);
  }
  // Those on the right from the right edge on, each as low as it can; then those on the left from the left. So a leader
  // never crosses a label: what comes later stands above.
  std::stable_partition(flags.begin(), flags.end(), [](const Flag& flag) { return flag.right; });
  std::reverse(std::find_if(flags.begin(), flags.end(), [](const Flag& flag) { return !flag.right; }), flags.end());
  return flags;
}

// `tops` are the rows, by column, above which it is empty.
void draw_flags(const std::vector<Flag>& flags, std::vector<std::size_t> tops, Canvas& canvas,
                const TerminalStyle& style) {
  for (const Flag& flag : flags) {
    const std::size_t from = flag.right ? flag.column : flag.column - flag.width;
    const std::size_t to = flag.right ? std::min(from + flag.width + 2, canvas.columns()) : flag.column + 1;
    std::size_t row = tops[flag.column];
    while (row > 0 && !canvas.blank(row - 1, from, to)) --row;
    if (row-- == 0) continue;
    for (std::size_t below = row + 1; below < tops[flag.column]; ++below)
      canvas.put(below, flag.column, style.unicode ? "│" : "|", flag.mark->ink);
    canvas.put(row, flag.column, style.unicode ? (flag.right ? "┌" : "┐") : "|", flag.mark->ink);
    canvas.write(row, flag.right ? flag.column + 2 : from, flag.mark->label, flag.mark->ink);
    tops[flag.column] = row;  // another mark of this column stands on top
  }
}

std::string words_of(const Result& result, const Cumulated& draws, const MoneyRange& range) {
  const int decimals = decimals_for(result.total.mean);
  const double below = draws.share_under(range.low), above = 1 - draws.share_under(range.high);
  std::string text = fmt::format("From {} to {}", grouped(range.low, decimals), grouped(range.high, decimals));
  if (below + above > 1e-12)
    text += fmt::format("; {} of the draws lie below, {} above", percent(below), percent(above));
  return text + "." + words_on_marks_outside(result, range);
}

}  // namespace

Picture histogram_picture(const Result& result, std::size_t width, const TerminalStyle& style) {
  Picture picture{"Distribution of the total", {}, {}};
  if (!result.currency.empty()) picture.title += ", " + printable(result.currency);
  const MoneyRange range = shown_range(result);
  if (!(range.length() > 0)) {
    picture.lines = {fmt::format("  The total is {} in every draw.", exact_amount(result.total.mean))};
    return picture;
  }
  const std::size_t columns = std::min(width, kWidestPicture) - 2 * kIndent;
  const Cumulated draws(result.total.histogram);
  const std::vector<double> heights = heights_of(draws, range, columns);
  const std::vector<MarkedSum> marks = marked_sums(result);

  // Columns, below rows enough for a label each
  Canvas canvas(marks.size() + kRows, columns);
  std::vector<std::size_t> tops(columns, canvas.rows());
  const std::vector<std::string> chart = column_chart(heights, kRows, style);
  for (std::size_t row = 0; row < kRows; ++row) draw_row(chart[row], marks.size() + row, canvas);
  for (std::size_t column = 0; column < columns; ++column)
    while (tops[column] > 0 && !canvas.blank(tops[column] - 1, column, column + 1)) --tops[column];
  draw_flags(flags_of(marks, range, columns), tops, canvas, style);

  for (const std::string& line : canvas.lines(style)) {
    if (picture.lines.empty() && line.empty()) continue;
    picture.lines.push_back(line.empty() ? line : std::string(kIndent, ' ') + line);
  }
  for (const std::string& line : money_axis(range, columns, style))
    picture.lines.push_back(std::string(kIndent, ' ') + line);
  picture.words = words_of(result, draws, range);
  return picture;
}

std::string render_histogram(const Result& result, const TerminalStyle& style) {
  return stacked(histogram_picture(result, static_cast<std::size_t>(style.width), style), style);
}

}  // namespace tcosim::text
