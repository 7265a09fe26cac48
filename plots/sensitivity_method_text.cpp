// One sensitivity method: bars from a low to a high amount, or a table with a bar for the strength, and its notes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "plots/bars.hpp"
#include "plots/numbers.hpp"
#include "plots/sensitivity_text.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kLongestName = 24, kShortName = 13, kLeastName = 8;
constexpr std::size_t kLeastBar = 10, kMostBar = 40, kStrengthBar = 10;
constexpr std::size_t kGap = 2;

std::string figure(double value, const Measure& measure, const SensitivityResult& result, bool precise) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return "infinite";
  switch (measure.scale) {
    case Measure::Scale::amount:
      return grouped(value, decimals_for(result.overall == 0 ? result.sd : result.overall));
    case Measure::Scale::share:
      return grouped(100 * value, 1);
    case Measure::Scale::number:
      return grouped(value, std::abs(value) >= 100 ? 0 : precise ? 3 : 2);
    case Measure::Scale::subject:
      return significant(value);
  }
  return "";
}

bool bounded(const Estimate& estimate) {
  return estimate.low.has_value() && estimate.high.has_value();
}

/// Ends of a bar are in the first two columns.
bool has_bars(const MethodTable& table) {
  return table.columns.size() >= 2 && table.columns[0].scale == Measure::Scale::amount &&
         table.columns[1].scale == Measure::Scale::amount;
}

Ink ink_of(const SubjectRow& row) {
  return row.above_noise ? Ink::plain : Ink::muted;
}

/// The estimates of a column as cells of equal width: figures under each other, then intervals.
std::vector<std::string> column_cells(const MethodTable& table, std::size_t column, std::size_t rows,
                                      const SensitivityResult& result, bool intervals) {
  const Measure& measure = table.columns[column];
  // The unit stands once a row
  const bool first_subject =
      measure.scale == Measure::Scale::subject &&
      std::ranges::find(table.columns, Measure::Scale::subject, &Measure::scale)->key == measure.key;
  std::size_t figure_width = 0;
  const auto value_of = [&](std::size_t r) -> std::optional<Estimate> {
    if (column >= table.rows[r].values.size()) return std::nullopt;
    return table.rows[r].values[column];
  };
  std::vector<std::string> figures, brackets;
  for (std::size_t r = 0; r < rows; ++r) {
    const auto estimate = value_of(r);
    figures.push_back(estimate ? estimate_text(*estimate, measure, result, false) : "");
    const bool shown = estimate && intervals && bounded(*estimate);
    const std::string whole = shown ? estimate_text(*estimate, measure, result, true) : "";
    const std::size_t at = whole.find(" [");
    if (at != std::string::npos) figures.back() = whole.substr(0, at);
    brackets.push_back(at == std::string::npos ? "" : whole.substr(at));
    if (first_subject && !table.rows[r].unit.empty()) figures.back() += " " + printable(table.rows[r].unit);
    figure_width = std::max(figure_width, text_width(figures.back()));
  }
  std::vector<std::string> cells;
  std::size_t width = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    cells.push_back(pad_left(figures[r], figure_width) + brackets[r]);
    width = std::max(width, text_width(cells.back()));
  }
  for (std::string& cell : cells) cell = pad_right(cell, width);
  return cells;
}

/// The shape of a curve from its least to its greatest value.
std::string shape(const SubjectRow& row, const TerminalStyle& style) {
  if (row.curve.empty() || !row.above_noise) return "";
  const auto [least, greatest] = std::ranges::minmax(row.curve, {}, &Estimate::value);
  std::vector<double> heights;
  for (const Estimate& point : row.curve) {
    const double span = greatest.value - least.value;
    heights.push_back(span > 0 ? 0.15 + 0.85 * (point.value - least.value) / span : 0.5);
  }
  // ten steps tell a shape
  std::vector<double> steps;
  const std::size_t count = std::min<std::size_t>(heights.size(), 10);
  for (std::size_t i = 0; i < count; ++i)
    steps.push_back(heights[count > 1 ? i * (heights.size() - 1) / (count - 1) : 0]);
  return sparkline(steps, style);
}

/// A column beside the bars.
struct Side {
  std::string header;
  std::vector<std::string> cells;
  std::size_t width = 0;
};

Side side_of(std::string header, std::vector<std::string> cells) {
  Side side{std::move(header), std::move(cells), 0};
  side.width = text_width(side.header);
  for (const std::string& cell : side.cells) side.width = std::max(side.width, text_width(cell));
  return side;
}

std::size_t width_of(const std::vector<Side>& sides) {
  std::size_t width = 0;
  for (const Side& side : sides) width += side.width + kGap;
  return width;
}

/// What fits beside a bar: all columns with the first one's interval, else without it, else fewer; the shape where
/// there is room besides.
std::vector<Side> sides_of(const MethodTable& table, std::size_t rows, const SensitivityResult& result,
                           std::size_t least_room, std::size_t most_room, const TerminalStyle& style) {
  const auto sides_with = [&](bool intervals) {
    std::vector<Side> sides;
    for (std::size_t c = 2; c < table.columns.size(); ++c)
      sides.push_back(
          side_of(printable(table.columns[c].title), column_cells(table, c, rows, result, intervals && c == 2)));
    return sides;
  };
  std::vector<Side> sides = sides_with(true);
  if (width_of(sides) > most_room) sides = sides_with(false);
  while (!sides.empty() && width_of(sides) > most_room) sides.pop_back();
  std::vector<std::string> shapes;
  for (std::size_t r = 0; r < rows; ++r) shapes.push_back(shape(table.rows[r], style));
  const Side shapes_side = side_of("shape", shapes);
  const bool any = std::ranges::any_of(shapes, [](const std::string& s) { return !s.empty(); });
  if (any && width_of(sides) + shapes_side.width + kGap <= least_room) sides.push_back(shapes_side);
  return sides;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string render_bars(const MethodTable& table, const SensitivityResult& result, std::size_t rows,
                        const TerminalStyle& style) {
  const double centre = table.centre.value_or(result.overall);
  Axis axis{centre, centre};
  std::size_t name = kLeastName;
  for (std::size_t r = 0; r < rows; ++r) {
    // what has no rank would leave the others no room
    for (const std::size_t end : {std::size_t{0}, std::size_t{1}})
      if (table.rows[r].ranked) axis.include(table.rows[r].values[end].value);
    name = std::max(name, text_width(shown_name(table.rows[r].name, table.rows[r].label)));
  }
  const Side low = side_of(printable(table.columns[0].title), column_cells(table, 0, rows, result, false));
  const Side high = side_of(printable(table.columns[1].title), column_cells(table, 1, rows, result, false));

  // Widths: the name shrinks for the columns, the bar gets what is left
  const auto width = static_cast<std::size_t>(style.width);
  name = std::min(name, kLongestName);
  const std::size_t ends = 2 + kGap + low.width + 1 + 1 + high.width + kLeastBar;
  const auto room_with = [&](std::size_t names) { return width - std::min(width, ends + names); };
  const std::vector<Side> sides =
      sides_of(table, rows, result, room_with(name), room_with(std::min(name, kShortName)), style);
  name = std::min(name, std::max(kLeastName, width - std::min(width, ends + width_of(sides))));
  const std::size_t used = ends + name + width_of(sides);
  const std::size_t bar = std::min(kLeastBar + (width > used ? width - used : 0), kMostBar);

  // Lines
  std::string header = "  " + pad_right("", name) + "  " + pad_left(low.header, low.width) + " " + pad_right("", bar) +
                       " " + pad_right(high.header, high.width);
  for (const Side& side : sides) header += "  " + pad_right(side.header, side.width);
  std::string out = paint(without_trailing_blanks(header), Ink::muted, style) + '\n';
  for (std::size_t r = 0; r < rows; ++r) {
    const SubjectRow& row = table.rows[r];
    const auto [from, to] = std::minmax(row.values[0].value, row.values[1].value);
    std::string line =
        "  " + paint(pad_right(clip(shown_name(row.name, row.label), name, style), name), ink_of(row), style);
    line += "  " + paint(pad_left(low.cells[r], low.width), ink_of(row), style);
    line += " " + (row.ranked ? paint(range_bar(from, to, centre, axis, bar, !row.above_noise, style),
                                      row.above_noise ? Ink::accent : Ink::muted, style)
                              : pad_right("", bar));
    std::string rest = " " + pad_right(pad_right(high.cells[r], high.width), high.width);
    for (const Side& side : sides) rest += "  " + pad_right(side.cells[r], side.width);
    out += line + paint(without_trailing_blanks(rest), ink_of(row), style) + '\n';
  }
  return out;
}

/// The column that rows are ranked by: the one whose figure, or its excess over 1, the strength is.
const Measure* ranking_measure(const MethodTable& table) {
  if (table.rows.empty()) return nullptr;
  const SubjectRow& top = table.rows.front();
  for (std::size_t c = 0; c < table.columns.size() && c < top.values.size(); ++c)
    for (const double size : {std::abs(top.values[c].value), std::abs(top.values[c].value - 1)})
      if (std::abs(size - top.strength) <= 1e-9 * top.strength) return &table.columns[c];
  return nullptr;
}

/// How much of a row is shown.
struct RowLayout {
  enum class Intervals { all, ranking };
  bool all_columns = true;
  Intervals intervals = Intervals::all;
  bool bar = true;
  std::size_t figures = std::numeric_limits<std::size_t>::max();  ///< columns of them, besides the one that ranks
};

/// From all to what there is always room for; bars go before figures do.
constexpr std::array kLayouts{
    RowLayout{true, RowLayout::Intervals::all, true},      RowLayout{true, RowLayout::Intervals::all, false},
    RowLayout{false, RowLayout::Intervals::all, true},     RowLayout{false, RowLayout::Intervals::all, false},
    RowLayout{false, RowLayout::Intervals::ranking, true}, RowLayout{false, RowLayout::Intervals::ranking, false}};

struct RowTable {
  std::vector<Column> columns;
  std::vector<Row> lines;
  bool intervals_left_out = false;
  [[nodiscard]] std::size_t width() const {
    std::size_t sum = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      std::size_t widest = text_width(columns[c].header);
      for (const Row& line : lines) widest = std::max(widest, text_width(line[c].text));
      sum += kGap + (columns[c].elastic ? std::min(widest, kShortName) : widest);
    }
    return sum;
  }
};

/// Rank, name and bar, before the figures.
void add_heads(const MethodTable& table, std::size_t rows, bool with_bar, const TerminalStyle& style, RowTable& shown) {
  const auto add = [&](Column column, auto cell) {
    shown.columns.push_back(std::move(column));
    for (std::size_t r = 0; r < rows; ++r) shown.lines[r].push_back(cell(r));
  };
  if (table.ranks)
    add({"", true, 0}, [&](std::size_t r) {
      const SubjectRow& row = table.rows[r];
      const bool ranked = row.ranked && row.above_noise && row.strength > 0;
      return Cell{ranked ? fmt::format("{}", r + 1) : "", Ink::muted};
    });
  add({"", false, 0, true}, [&](std::size_t r) {
    return Cell{shown_name(table.rows[r].name, table.rows[r].label), ink_of(table.rows[r])};
  });
  if (!with_bar) return;
  double strongest = 0;
  for (std::size_t r = 0; r < rows; ++r) strongest = std::max(strongest, table.rows[r].strength);
  add({"", false, 0}, [&](std::size_t r) {
    const SubjectRow& row = table.rows[r];
    const double fraction = strongest > 0 ? row.strength / strongest : 0;
    return Cell{length_bar(fraction, kStrengthBar, !row.above_noise, style),
                row.above_noise ? Ink::accent : Ink::muted};
  });
}

RowTable row_table(const MethodTable& table, const SensitivityResult& result, std::size_t rows, RowLayout layout,
                   const TerminalStyle& style) {
  RowTable shown{{}, std::vector<Row>(rows), false};
  add_heads(table, rows, layout.bar, style, shown);
  const Measure* ranking = ranking_measure(table);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Measure& measure = table.columns[c];
    const bool ranks = ranking == nullptr ? c == 0 : ranking == &measure;
    if ((!layout.all_columns && !measure.essential) || (!ranks && c >= layout.figures)) continue;
    const bool intervals = layout.intervals == RowLayout::Intervals::all || ranks;
    shown.intervals_left_out = shown.intervals_left_out || !intervals;
    const std::vector<std::string> cells = column_cells(table, c, rows, result, intervals);
    shown.columns.push_back({printable(measure.title), false});
    for (std::size_t r = 0; r < rows; ++r)
      shown.lines[r].push_back({without_trailing_blanks(cells[r]), ink_of(table.rows[r])});
  }
  return shown;
}

std::string render_rows(const MethodTable& table, const SensitivityResult& result, std::size_t rows,
                        const TerminalStyle& style) {
  const auto width = static_cast<std::size_t>(style.width);
  RowTable shown;
  for (const RowLayout layout : kLayouts) {
    shown = row_table(table, result, rows, layout, style);
    if (shown.width() <= width) break;
  }
  // where even the least of them is too wide, the last figures go
  for (std::size_t figures = table.columns.size(); shown.width() > width && figures > 0; --figures)
    shown = row_table(table, result, rows, {false, RowLayout::Intervals::ranking, false, figures - 1}, style);
  const std::vector<std::string> headers = shown_headers(shown.columns, shown.lines, style);
  std::string left_out;
  for (const Measure& measure : table.columns)
    if (std::ranges::find(headers, printable(measure.title)) == headers.end())
      left_out += (left_out.empty() ? "" : ", ") + printable(measure.title);
  if (shown.intervals_left_out) left_out += left_out.empty() ? "some intervals" : " and some intervals";
  return render_table(std::move(shown.columns), std::move(shown.lines), style) +
         (left_out.empty() ? "" : wrap("No room here for " + left_out + "; --json has all.", "  ", style));
}

std::string noise_note(const MethodTable& table, const SensitivityResult& result, std::size_t rows) {
  const bool muted = std::ranges::any_of(table.rows, [](const SubjectRow& row) { return !row.above_noise; });
  const Measure* measure = ranking_measure(table);
  std::string text;
  if (table.noise && measure != nullptr) {
    std::string amount = estimate_text({*table.noise, {}, {}}, *measure, result, false);
    if (measure->scale == Measure::Scale::number) amount = significant(*table.noise, *table.noise < 1 ? 2 : 3);
    if (measure->scale == Measure::Scale::amount)
      amount = with_unit(significant(*table.noise, 3), printable(result.unit));
    text = fmt::format("One without influence would stay under {} by chance, 19 times in 20", amount);
    text += muted ? "; rows under it are drawn light." : ".";
  } else if (muted) {
    // methods of the base alone have neither draws nor shares
    text = has_bars(table) ? "Rows drawn light change nothing over this range."
                           : "Rows drawn light cannot be told from chance.";
  }
  if (rows < table.rows.size()) {
    const std::size_t more = table.rows.size() - rows;
    text += fmt::format("{}{} more {} not shown (--top).", text.empty() ? "" : " ", more,
                        more == 1 ? "row is" : "rows are");
  }
  return text;
}

std::string render_curves(const MethodTable& table, const SensitivityResult& result, std::size_t rows,
                          const TerminalStyle& style) {
  if (table.curve_at.empty() || has_bars(table)) return "";
  std::vector<Column> columns{{"", false, 0, true}, {"shape", false, 1}};
  std::vector<Row> lines(rows);
  for (std::size_t r = 0; r < rows; ++r)
    lines[r] = {{shown_name(table.rows[r].name, table.rows[r].label)}, {shape(table.rows[r], style), Ink::accent}};
  const Measure amount{"", "", Measure::Scale::amount};
  const std::size_t count = table.curve_at.size();
  for (const std::size_t at : {std::size_t{0}, count / 4, count / 2, 3 * count / 4, count - 1}) {
    columns.push_back(
        {fmt::format("P{:.0f}", 100 * table.curve_at[at]), true, at == count / 4 || at == 3 * count / 4 ? 2 : 0});
    for (std::size_t r = 0; r < rows; ++r)
      lines[r].push_back(
          {at < table.rows[r].curve.size() ? estimate_text(table.rows[r].curve[at], amount, result, false) : ""});
  }
  return wrap(printable(table.curve_title) + ":", "  ", style) +
         render_table(std::move(columns), std::move(lines), style);
}

}  // namespace

std::string estimate_text(const Estimate& estimate, const Measure& measure, const SensitivityResult& result,
                          bool interval) {
  const bool precise = interval && bounded(estimate);
  std::string text = figure(estimate.value, measure, result, precise);
  if (measure.scale == Measure::Scale::share && std::isfinite(estimate.value)) text += "%";
  if (!precise) return text;
  return fmt::format("{} [{}, {}]", text, figure(*estimate.low, measure, result, true),
                     figure(*estimate.high, measure, result, true));
}

std::string render_method(const MethodTable& table, const SensitivityResult& result, std::size_t top,
                          const TerminalStyle& style) {
  const std::size_t rows = std::min(table.rows.size(), top);
  const bool amounts = std::ranges::any_of(
      table.columns, [](const Measure& measure) { return measure.scale == Measure::Scale::amount; });
  std::string out =
      wrap(table.title + (amounts && !result.unit.empty() ? ", " + printable(result.unit) : ""), "", style);
  out.pop_back();
  out = paint(out, Ink::heading, style) + '\n' + wrap(table.measures, "  ", style);
  if (rows > 0)
    out += has_bars(table) ? render_bars(table, result, rows, style) : render_rows(table, result, rows, style);
  if (rows > 0) out += render_curves(table, result, rows, style);
  if (const std::string note = noise_note(table, result, rows); !note.empty()) out += wrap(note, "  ", style);
  for (const std::string& note : table.notes) out += wrap(printable(note), "  ", style);
  return out + wrap("Caution: " + table.caution, "  ", style);
}

}  // namespace tcosim::text
