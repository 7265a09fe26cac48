#include "plots/workbook/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/ticks.hpp"

namespace tcosim::workbook {
namespace {

lxw_chart_font letters(double size, unsigned ink, bool bold) {
  lxw_chart_font font{};
  font.size = size;
  font.color = ink;
  font.bold = bold ? LXW_TRUE : LXW_FALSE;
  return font;
}

lxw_chart_line line_of(unsigned colour, float width, std::uint8_t dash = LXW_CHART_LINE_DASH_SOLID) {
  lxw_chart_line line{};
  line.color = colour;
  line.width = width;
  line.dash_type = dash;
  return line;
}

void set_title(lxw_chart* chart, const std::string& title) {
  lxw_chart_font font = letters(12, kInk, true);
  chart_title_set_name(chart, title.c_str());
  chart_title_set_name_font(chart, &font);
  lxw_chart_line border = line_of(kRule, 0.75F);
  chart_chartarea_set_line(chart, &border);
}

void set_axis(lxw_chart_axis* axis, const std::string& name, const char* number_format, bool grid) {
  lxw_chart_font name_font = letters(9, kMuted, false), font = letters(9, kInk, false);
  lxw_chart_line grid_line = line_of(0xE5E7EB, 0.75F), axis_line = line_of(0x9CA3AF, 0.75F);
  if (!name.empty()) chart_axis_set_name(axis, name.c_str());
  chart_axis_set_name_font(axis, &name_font);
  chart_axis_set_num_font(axis, &font);
  if (number_format != nullptr) chart_axis_set_num_format(axis, number_format);
  chart_axis_set_line(axis, &axis_line);
  chart_axis_major_gridlines_set_visible(axis, grid ? LXW_TRUE : LXW_FALSE);
  if (grid) chart_axis_major_gridlines_set_line(axis, &grid_line);
}

void set_legend(lxw_chart* chart) {
  lxw_chart_font font = letters(9, kInk, false);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font(chart, &font);
}

std::string with_currency(const std::string& what, const Result& result) {
  return result.currency.empty() ? what : what + ", " + result.currency;
}

std::string plain_number(const Result& result) {
  return number_format(result.total.mean, text::decimals_for(result.total.mean));
}

lxw_chart_series* add_series(lxw_chart* chart, const std::string& name, const std::string& categories,
                             const std::string& values) {
  lxw_chart_series* series = chart_add_series(chart, ("=" + categories).c_str(), ("=" + values).c_str());
  if (series == nullptr) throw std::bad_alloc();
  chart_series_set_name(series, name.c_str());
  return series;
}

std::string cell_range(const std::string& sheet, const Place& place) {
  return range(sheet, {place, place});
}

void set_points(lxw_chart_series* series, std::uint8_t type, std::uint8_t size, unsigned colour) {
  lxw_chart_line none{};
  none.none = LXW_TRUE;
  lxw_chart_fill fill{};
  fill.color = colour;
  lxw_chart_line edge = line_of(kPaper, 0.75F);
  chart_series_set_line(series, &none);
  chart_series_set_marker_type(series, type);
  chart_series_set_marker_size(series, size);
  chart_series_set_marker_fill(series, &fill);
  chart_series_set_marker_line(series, &edge);
}

void set_line(lxw_chart_series* series, const lxw_chart_line& shape) {
  lxw_chart_line line = shape;
  chart_series_set_line(series, &line);
  chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
}

/// From a round amount to a round amount, in round steps.
void set_round_range(lxw_chart_axis* axis, double low, double high) {
  const auto ticks = text::round_ticks(low, high, 8);
  if (ticks.size() < 2) return;
  const double step = ticks[1].at - ticks[0].at;
  chart_axis_set_min(axis, std::floor(low / step) * step);
  chart_axis_set_max(axis, std::ceil(high / step) * step);
  chart_axis_set_major_unit(axis, step);
}

/// So that labels stand at round steps.
std::uint16_t bins_per_label(const Histogram& bins) {
  const double width = (bins.high - bins.low) / static_cast<double>(bins.counts.size());
  const auto ticks = text::round_ticks(bins.low, bins.high, 8);
  if (ticks.size() < 2 || !(width > 0)) return 1;
  return static_cast<std::uint16_t>(std::clamp(std::round((ticks[1].at - ticks[0].at) / width), 1.0, 1000.0));
}

void set_fill(lxw_chart_series* series, unsigned colour) {
  lxw_chart_fill fill{};
  fill.color = colour;
  chart_series_set_fill(series, &fill);
}

}  // namespace

lxw_chart* s_curve_chart(const Frame& frame, const Table& table, const SummaryPoints& points) {
  const Result& result = frame.result;
  lxw_chart* chart = frame.book.add_chart(LXW_CHART_SCATTER_STRAIGHT);
  set_title(chart, "How sure is a budget?");
  const auto of = [&](std::uint16_t index) { return range(table.sheet, column(table.rows, index)); };
  const std::string confidences = of(percentiles::kConfidence);

  // The curve in its band
  set_line(add_series(chart, "95% interval of the sampling error", of(percentiles::kLow), confidences),
           line_of(kSky, 1, LXW_CHART_LINE_DASH_DASH));
  set_line(add_series(chart, "95% interval, upper end", of(percentiles::kHigh), confidences),
           line_of(kSky, 1, LXW_CHART_LINE_DASH_DASH));
  set_line(add_series(chart, "Budget", of(percentiles::kBudget), confidences), line_of(kBlue, 2.25F));

  // Points on it
  set_points(add_series(chart, "Base estimate", cell_range(points.sheet, points.base),
                        cell_range(points.sheet, points.base_confidence)),
             LXW_CHART_MARKER_SQUARE, 8, kInk);
  if (!result.contingency.empty())
    set_points(add_series(chart, "Targets", range(points.sheet, points.targets),
                          range(points.sheet, points.target_confidences)),
               LXW_CHART_MARKER_CIRCLE, 8, kGreen);
  set_points(add_series(chart, "Typed confidence", cell_range(points.sheet, points.typed_budget),
                        cell_range(points.sheet, points.typed_confidence)),
             LXW_CHART_MARKER_DIAMOND, 11, kVermilion);
  std::int16_t hidden[] = {1, -1};
  frame.book.check(chart_legend_delete_series(chart, hidden));
  set_legend(chart);

  set_axis(chart->x_axis,
           with_currency("Budget", result) + fmt::format(" (percentiles of {} draws)", text::count(result.run.draws)),
           plain_number(result).c_str(), true);
  set_axis(chart->y_axis, "Confidence", kPercent, true);
  const auto [low, high] = std::minmax({result.curve.front().budget, result.curve.back().budget, result.base.value});
  set_round_range(chart->x_axis, low, high);
  chart_axis_set_min(chart->y_axis, 0);
  chart_axis_set_max(chart->y_axis, 1);
  chart_axis_set_major_unit(chart->y_axis, 0.2);
  // At the left, and not where the amounts are 0
  chart_axis_set_crossing_min(chart->x_axis);
  return chart;
}

lxw_chart* histogram_chart(const Frame& frame, const Table& table) {
  constexpr unsigned kMarkColours[] = {kInk, kOrange, kGreen, kVermilion, kPurple};
  const Result& result = frame.result;
  lxw_chart* chart = frame.book.add_chart(LXW_CHART_COLUMN);
  set_title(chart, "What the total may come to");
  const auto of = [&](std::uint16_t index) { return range(table.sheet, column(table.rows, index)); };
  set_fill(add_series(chart, "Draws", of(histogram::kFrom), of(histogram::kShare)), kSky);
  for (std::uint16_t mark = histogram::kMarks; mark <= table.rows.last.column; ++mark) {
    const Place heading{table.rows.first.row - 1, mark};
    lxw_chart_series* series =
        add_series(chart, "=" + table.sheet + "!" + address(heading), of(histogram::kFrom), of(mark));
    set_fill(series, kMarkColours[(mark - histogram::kMarks) % std::size(kMarkColours)]);
  }
  chart_set_series_overlap(chart, 100);
  chart_set_series_gap(chart, 6);
  set_legend(chart);
  set_axis(
      chart->x_axis,
      with_currency("Total, from", result) + fmt::format(" ({} draws in equal bins)", text::count(result.run.draws)),
      plain_number(result).c_str(), false);
  set_axis(chart->y_axis, "Share of draws", kPercent, true);
  const std::uint16_t every = bins_per_label(result.total.histogram);
  chart_axis_set_interval_unit(chart->x_axis, every);
  chart_axis_set_interval_tick(chart->x_axis, every);
  return chart;
}

lxw_chart* tornado_chart(const Frame& frame, const Table& table) {
  constexpr std::size_t kMostBars = 12;
  const Result& result = frame.result;
  Area bars = table.rows;
  bars.last.row = bars.first.row + static_cast<std::uint32_t>(std::min(table.count, kMostBars)) - 1;
  const auto of = [&](std::uint16_t index) { return range(table.sheet, column(bars, index)); };
  lxw_chart* chart = frame.book.add_chart(LXW_CHART_BAR_STACKED);
  set_title(chart, "What drives it");
  set_fill(add_series(chart, "Least mean of the total", of(sensitivity::kName), of(sensitivity::kBelow)), kSky);
  set_fill(add_series(chart, "Greatest mean of the total", of(sensitivity::kName), of(sensitivity::kAbove)), kOrange);
  chart_set_series_overlap(chart, 100);
  chart_set_series_gap(chart, 40);
  set_legend(chart);
  const std::string noise = text::significant(result.noise_threshold, 3);
  // Of bar charts, y is the axis of the names.
  set_axis(chart->y_axis, "", nullptr, false);
  set_axis(chart->x_axis,
           with_currency("Total less its mean", result) +
               fmt::format(" (means over ten bins of each input; noise: under {})", noise),
           plain_number(result).c_str(), true);
  chart_axis_set_reverse(chart->y_axis);
  chart_axis_set_crossing_max(chart->y_axis);
  chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  return chart;
}

}  // namespace tcosim::workbook
