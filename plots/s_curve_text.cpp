// The S-curve: how sure each budget is, from 0% at the bottom to 100%, with the base estimate and the budgets marked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "plots/canvas.hpp"
#include "plots/numbers.hpp"
#include "plots/picture.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRows = 11;   // one for each 10%
constexpr std::size_t kGutter = 6;  // "100% " and the axis
constexpr std::size_t kIndent = 2;
constexpr std::size_t kDotRows = 4;  // of a Braille character, which is two dots wide

// A point that the curve goes through.
struct Place {
  double sum = 0, share = 0;
};

// Money to the right, chances upwards.
struct Frame {
  MoneyRange range;
  std::size_t columns = 0;
  [[nodiscard]] std::size_t column(double sum) const { return range.column(sum, columns); }
  // Dots from the top; 10% are one row, and round shares lie in the middle of theirs.
  [[nodiscard]] static std::size_t dot(double share) {
    const double at = (1 - std::clamp(share, 0.0, 1.0)) * static_cast<double>((kRows - 1) * kDotRows);
    return static_cast<std::size_t>(std::lround(at + 1.5));
  }
  [[nodiscard]] static std::size_t row(double share) { return std::min(dot(share) / kDotRows, kRows - 1); }
};

// Percentiles, and the edges of the histogram with the draws below them: all of them lie on the curve.
std::vector<Place> places_of(const Result& result) {
  const Distributed& total = result.total;
  std::vector<Place> places{{total.min, 0}, {total.max, 1}};
  for (const PercentileValue& value : total.percentiles) places.push_back({value.value, value.probability});
  for (const CurvePoint& point : result.curve) places.push_back({point.budget, point.confidence});
  const Histogram& histogram = total.histogram;
  auto under = static_cast<double>(histogram.below), all = under + static_cast<double>(histogram.above);
  for (const std::uint64_t count : histogram.counts) all += static_cast<double>(count);
  const double width = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
  for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
    places.push_back({histogram.low + width * static_cast<double>(bin), under / all});
    under += static_cast<double>(histogram.counts[bin]);
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.sum != b.sum ? a.sum < b.sum : a.share < b.share; });
  for (std::size_t i = 1; i < places.size(); ++i) places[i].share = std::max(places[i].share, places[i - 1].share);
  return places;
}

double share_at(const std::vector<Place>& places, double sum) {
  const auto next =
      std::upper_bound(places.begin(), places.end(), sum, [](double x, const Place& place) { return x < place.sum; });
  if (next == places.begin()) return 0;
  if (next == places.end()) return 1;
  const Place& before = *(next - 1);
  return before.share + (next->share - before.share) * (sum - before.sum) / (next->sum - before.sum);
}

// Other sums that the result knows the chance of; marked only where they have room.
std::vector<MarkedSum> further_sums(const Result& result) {
  std::vector<MarkedSum> sums;
  for (const BudgetRow& row : result.budgets) {
    const bool again = std::any_of(sums.begin(), sums.end(), [&](const MarkedSum& s) { return s.sum == row.budget; });
    if (!again) sums.push_back({row.budget, row.confidence, "budget " + exact_amount(row.budget), Ink::plain});
  }
  for (const FlatRow& row : result.flat) {
    if (result.base.value > 0)
      sums.push_back({row.budget, row.confidence, "flat " + significant(row.percent, 6) + "%", Ink::plain});
  }
  return sums;
}

// Shades rows whose percentile is uncertain by more than a character; whether there was one.
bool draw_band(const Result& result, const Frame& frame, Canvas& canvas, const TerminalStyle& style) {
  bool drawn = false;
  for (const PercentileValue& value : result.total.percentiles) {
    const double tenth = value.probability * 10;
    if (std::abs(tenth - std::round(tenth)) > 1e-9 || (!value.interval.low && !value.interval.high)) continue;
    const std::size_t from = frame.column(value.interval.low.value_or(frame.range.low));
    const std::size_t to = frame.column(value.interval.high.value_or(frame.range.high));
    if (to < from + 2) continue;
    for (std::size_t column = from; column <= to; ++column)
      canvas.put(Frame::row(value.probability), column, style.unicode ? "░" : ":", Ink::muted);
    drawn = true;
  }
  return drawn;
}

// The dots, from the top, that the curve covers in each of `columns` strips of the frame.
std::vector<std::pair<std::size_t, std::size_t>> strips_of(const std::vector<Place>& places, const Frame& frame,
                                                           std::size_t columns) {
  std::vector<std::pair<std::size_t, std::size_t>> strips;
  const double width = frame.range.length() / static_cast<double>(columns);
  std::size_t before = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t here = Frame::dot(share_at(places, frame.range.low + width * (static_cast<double>(i) + 0.5)));
    // Touching the strip before is enough: a step of one dot needs no other.
    strips.emplace_back(here, i > 0 && before > here + 1 ? before - 1 : here);
    before = here;
  }
  return strips;
}

std::string braille(unsigned dots) {
  const unsigned code = 0x2800U + dots;
  return {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
          static_cast<char>(0x80U | (code & 0x3FU))};
}

void draw_braille(const std::vector<Place>& places, const Frame& frame, Canvas& canvas) {
  // The Unicode Standard, 21.1: bits of the dots by column and row.
  constexpr unsigned kDots[2][kDotRows] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
  std::vector<unsigned> cells(kRows * frame.columns);
  const auto strips = strips_of(places, frame, 2 * frame.columns);
  for (std::size_t i = 0; i < strips.size(); ++i) {
    for (std::size_t dot = strips[i].first; dot <= strips[i].second; ++dot)
      cells[dot / kDotRows * frame.columns + i / 2] |= kDots[i % 2][dot % kDotRows];
  }
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i] != 0) canvas.put(i / frame.columns, i % frame.columns, braille(cells[i]), Ink::accent);
}

void draw_ascii(const std::vector<Place>& places, const Frame& frame, Canvas& canvas) {
  constexpr std::string_view kHeights[kDotRows] = {"'", "-", "-", "."};
  const auto strips = strips_of(places, frame, frame.columns);
  for (std::size_t column = 0; column < strips.size(); ++column) {
    const std::size_t top = strips[column].first / kDotRows, bottom = strips[column].second / kDotRows;
    if (top == bottom) canvas.put(top, column, kHeights[strips[column].first % kDotRows], Ink::accent);
    for (std::size_t row = top; row <= bottom && top < bottom; ++row) canvas.put(row, column, "|", Ink::accent);
  }
}

// The nearest place beside `column`, within `reach`, where a text of this width has a blank on either side.
std::optional<std::size_t> place_beside(const Canvas& canvas, std::size_t row, std::size_t column, std::size_t width,
                                        bool left_first, std::size_t reach) {
  const auto free = [&](std::size_t start) {
    return start + width <= canvas.columns() &&
           canvas.blank(row, start > 0 ? start - 1 : 0, std::min(start + width + 1, canvas.columns()));
  };
  for (std::size_t distance = 2; distance <= reach; ++distance) {
    for (const bool left : {left_first, !left_first}) {
      if (left && column + 1 < distance + width) continue;
      const std::size_t start = left ? column + 1 - distance - width : column + distance;
      if (free(start)) return start;
    }
  }
  return std::nullopt;
}

// Writes the label beside its point, across some of the curve if need be, or a row off; whether it had room.
bool write_label(const MarkedSum& mark, bool must, const Frame& frame, Canvas& canvas) {
  constexpr std::size_t kNear = 3, kBeyond = 6, kAcross = 9;
  const std::size_t own = Frame::row(mark.share);
  struct Try {
    std::size_t row, reach;
  };
  std::vector<Try> tries{{own, must ? kNear : kBeyond}};
  if (must) tries.push_back({own, kAcross});
  if (must && own + 1 < kRows) tries.push_back({own + 1, kNear});
  if (must && own > 0) tries.push_back({own - 1, kNear});
  if (must && own + 2 < kRows) tries.push_back({own + 2, kNear});
  for (const Try& attempt : tries) {
    // In the upper half left of the curve, in the lower half right of it, where nothing else is.
    const auto start = place_beside(canvas, attempt.row, frame.column(mark.sum), text_width(mark.label),
                                    mark.share >= 0.5, attempt.reach);
    if (!start) continue;
    canvas.write(attempt.row, *start, mark.label, mark.ink);
    return true;
  }
  return false;
}

void draw_marks(const Result& result, const Frame& frame, Canvas& canvas, const TerminalStyle& style) {
  const auto put = [&](const MarkedSum& mark, const char* glyph) {
    canvas.put(Frame::row(mark.share), frame.column(mark.sum), glyph, mark.ink);
  };
  const std::vector<MarkedSum> marks = marked_sums(result);
  for (const MarkedSum& mark : marks)
    if (frame.range.holds(mark.sum)) put(mark, style.unicode ? "●" : "o");
  for (const MarkedSum& mark : marks)
    if (frame.range.holds(mark.sum)) write_label(mark, true, frame, canvas);
  for (const MarkedSum& mark : further_sums(result))
    if (frame.range.holds(mark.sum) && write_label(mark, false, frame, canvas)) put(mark, style.unicode ? "○" : "x");
}

// From the axes to the headline, on what is still blank.
void draw_guides(const Result& result, const Frame& frame, Canvas& canvas, const TerminalStyle& style) {
  for (const MarkedSum& mark : marked_sums(result)) {
    if (mark.ink != Ink::heading || !frame.range.holds(mark.sum)) continue;
    const std::size_t row = Frame::row(mark.share), column = frame.column(mark.sum);
    for (std::size_t i = 0; i < column; ++i) {
      if (canvas.blank(row, i, i + 1) && (style.unicode || i % 2 == 0))
        canvas.put(row, i, style.unicode ? "┈" : "-", Ink::muted);
    }
    for (std::size_t i = row + 1; i < kRows; ++i)
      if (canvas.blank(i, column, column + 1)) canvas.put(i, column, style.unicode ? "┊" : ":", Ink::muted);
  }
}

std::string words_of(const Result& result, const Frame& frame, bool band) {
  std::string words = fmt::format("Height: the chance that a budget is enough, as the share of the {} draws within it.",
                                  count(result.run.draws));
  if (band) words += " Shaded: the 95% interval of the sampling error; more draws make it narrower.";
  return words + words_on_marks_outside(result, frame.range);
}

}  // namespace

Picture s_curve_picture(const Result& result, std::size_t width, const TerminalStyle& style) {
  Picture picture{"How sure is which budget", {}, {}};
  if (!result.currency.empty()) picture.title += ", " + printable(result.currency);
  const MoneyRange range = shown_range(result);
  if (!(range.length() > 0)) {
    picture.lines = {fmt::format("  The total is {} in every draw.", exact_amount(result.total.mean))};
    return picture;
  }
  const Frame frame{range, std::min(width, kWidestPicture) - 2 * kIndent - kGutter};
  const std::vector<Place> places = places_of(result);
  Canvas canvas(kRows, frame.columns);
  const bool band = draw_band(result, frame, canvas, style);
  style.unicode ? draw_braille(places, frame, canvas) : draw_ascii(places, frame, canvas);
  draw_marks(result, frame, canvas, style);
  draw_guides(result, frame, canvas, style);

  // Both axes
  const std::vector<std::string> plot = canvas.lines(style);
  const std::string indent(kIndent, ' ');
  for (std::size_t row = 0; row < kRows; ++row) {
    const std::string label = fmt::format("{:>3}% {}", 100 - 10 * row, style.unicode ? "┤" : "|");
    picture.lines.push_back(indent + paint(label, Ink::muted, style) + plot[row]);
  }
  std::string before = indent + std::string(kGutter - 1, ' ') + paint(style.unicode ? "└" : "+", Ink::muted, style);
  for (const std::string& line : money_axis(range, frame.columns, style)) {
    picture.lines.push_back(before + line);
    before = indent + std::string(kGutter, ' ');
  }
  picture.words = words_of(result, frame, band);
  return picture;
}

std::string render_s_curve(const Result& result, const TerminalStyle& style) {
  return stacked(s_curve_picture(result, static_cast<std::size_t>(style.width), style), style);
}

}  // namespace tcosim::text
