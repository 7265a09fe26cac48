#include "plots/solve_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "plots/bars.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kMostRows = 12;
constexpr std::size_t kBarWidth = 24;

std::string subject(const SolveResult& result) {
  return shown_name(result.input, result.label);
}

/// As many digits as the sampling error leaves, and one more.
std::string value_text(const SolveCrossing& crossing, double value) {
  double error = crossing.tolerance;
  if (crossing.interval.low && crossing.interval.high)
    error = std::max(error, (*crossing.interval.high - *crossing.interval.low) / 2);
  const double ratio = error > 0 ? std::abs(crossing.value) / error : 1e6;
  const int digits = ratio > 1 ? static_cast<int>(std::ceil(std::log10(ratio))) + 1 : 2;
  return significant(value, std::clamp(digits, 3, 7));
}

std::string in_unit(const SolveResult& result, const std::string& value) {
  return with_unit(value, printable(result.unit));
}

std::string plain_value(const SolveResult& result, double value) {
  return in_unit(result, significant(value));
}

std::string measure_text(const SolveResult& result, double value) {
  if (result.fraction) return significant(100 * value, 4) + "%";
  return with_unit(grouped(value, decimals_for(result.limit)), printable(result.measure_unit));
}

std::string range_text(const SolveResult& result, const SamplingInterval& range, const std::string& low,
                       const std::string& high) {
  if (range.low && range.high) return in_unit(result, fmt::format("{} to {}", low, high));
  if (range.low) return in_unit(result, low) + " or more";
  return range.high ? in_unit(result, high) + " or less" : "";
}

/// "at or under 187 gpu_hour/run", "from 1.5 to 3 USD": where the target holds.
std::string stretch_text(const SolveResult& result, const SolveRange& range) {
  const auto text_of = [&](double end) {
    for (const SolveCrossing& crossing : result.crossings)
      if (crossing.value == end) return value_text(crossing, end);
    return significant(end);
  };
  if (range.low_open && range.high_open)
    return "everywhere from " + in_unit(result, text_of(range.low) + " to " + text_of(range.high));
  if (range.low_open) return "at or under " + in_unit(result, text_of(range.high));
  if (range.high_open) return "at or over " + in_unit(result, text_of(range.low));
  return "from " + in_unit(result, text_of(range.low) + " to " + text_of(range.high));
}

std::string capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string no_crossing(const SolveResult& result) {
  const SolvePoint &first = result.scan.front(), &last = result.scan.back();
  const std::string name = subject(result), measure = printable(result.measure_words);
  const std::string from = significant(first.input), to = plain_value(result, last.input);
  if (result.flat) {
    return fmt::format("{} does not depend on {}: it is {} whatever that is, and the target is {}.", capital(measure),
                       name, measure_text(result, first.measure), first.holds ? "met" : "not met");
  }
  if (first.holds) {
    return fmt::format("The target is met at every value of {} from {} to {}: {} is {} at {} and {} at {}.", name, from,
                       to, measure, measure_text(result, first.measure), plain_value(result, first.input),
                       measure_text(result, last.measure), to);
  }
  const auto distance = [&](const SolvePoint& point) { return std::abs(point.measure - result.limit); };
  const auto nearest = std::ranges::min_element(result.scan, {}, distance);
  const std::string off = result.fraction ? significant(100 * distance(*nearest), 4) + " percentage points"
                                          : measure_text(result, distance(*nearest));
  return fmt::format("No value of {} from {} to {} meets the target: even at {} {} is {}, which is {} {}.", name, from,
                     to, plain_value(result, nearest->input), measure, measure_text(result, nearest->measure), off,
                     result.upper ? "too much" : "too little");
}

std::string answer_text(const SolveResult& result, const TerminalStyle& style) {
  if (result.crossings.empty()) return wrap(no_crossing(result), "  ", style);
  if (result.holds.size() == 1 && result.crossings.size() == 1) {
    const SolveCrossing& crossing = result.crossings[0];
    return wrap(fmt::format("{} must be {} {}.", subject(result), crossing.holds_below ? "at or under" : "at or over",
                            in_unit(result, value_text(crossing, crossing.value))),
                "  ", style);
  }
  std::string out = wrap(fmt::format("The target is met where {} is", subject(result)), "  ", style);
  for (const SolveRange& range : result.holds) out += wrap(stretch_text(result, range), "    ", style);
  return out;
}

std::string sureness_text(const SolveResult& result, const SolveCrossing& crossing) {
  const std::string value = in_unit(result, value_text(crossing, crossing.value));
  std::string out =
      fmt::format("At {} {} is {}.", value, printable(result.measure_words), measure_text(result, crossing.measure));
  const SamplingInterval& interval = crossing.interval;
  if (interval.low && interval.low == interval.high) {
    out += " This is without sampling error.";
  } else if (interval.low || interval.high) {
    const std::string range = range_text(result, interval, interval.low ? value_text(crossing, *interval.low) : "",
                                         interval.high ? value_text(crossing, *interval.high) : "");
    out += fmt::format(" With its sampling error the limit lies at {} (95% interval).", range);
  } else {
    out += " So few draws leave the interval of the value open.";
  }
  if (crossing.whole)
    out += fmt::format(" In whole numbers: {} {}.", crossing.holds_below ? "at most" : "at least",
                       in_unit(result, grouped(*crossing.whole, 0)));
  return out;
}

std::string today_text(const SolveResult& result) {
  std::string out = fmt::format("In the file {} is {}, and {} is {}: the target is {}.", subject(result),
                                printable(result.text), printable(result.measure_words),
                                measure_text(result, result.today.measure), result.today.holds ? "met" : "not met");
  if (!result.share_that_holds || result.crossings.empty()) return out;
  out += fmt::format(" As it is now, {} of its draws lie where the target would be met",
                     percent(*result.share_that_holds));
  if (result.today_p10 && result.today_p90)
    out += fmt::format(" (P10 to P90: {})",
                       in_unit(result, significant(*result.today_p10) + " to " + significant(*result.today_p90)));
  return out + ".";
}

/// Points of the scan to show: about a dozen, the ends and those about the crossings among them, none close together.
std::vector<SolvePoint> shown_points(const SolveResult& result) {
  std::vector<SolvePoint> points;
  const std::vector<SolvePoint>& scan = result.scan;
  const double step = (scan.back().input - scan.front().input) / static_cast<double>(kMostRows);
  for (std::size_t i = 0; i < scan.size(); ++i) {
    const bool end = i + 1 == scan.size();
    const bool turns = (i > 0 && scan[i - 1].holds != scan[i].holds) || (!end && scan[i + 1].holds != scan[i].holds);
    const bool room = points.empty() ||
                      (scan[i].input - points.back().input >= step && scan.back().input - scan[i].input >= step / 2);
    if (room || end || turns) points.push_back(scan[i]);
  }
  return points;
}

std::string render_scan(const SolveResult& result, const TerminalStyle& style) {
  std::vector<SolvePoint> points = shown_points(result);
  for (const SolveCrossing& crossing : result.crossings)
    points.push_back({crossing.value, crossing.measure, crossing.measured, true});
  std::ranges::stable_sort(points, {}, &SolvePoint::input);
  Axis axis{result.limit, result.limit};
  for (const SolvePoint& point : points) axis.include(point.measure);
  std::vector<Row> rows;
  for (const SolvePoint& point : points) {
    const auto crossing = std::ranges::find(result.crossings, point.input, &SolveCrossing::value);
    const bool is_answer = crossing != result.crossings.end();
    const Ink ink = is_answer ? Ink::heading : Ink::plain;
    std::string drawn = range_bar(std::min(point.measure, result.limit), std::max(point.measure, result.limit),
                                  result.limit, axis, kBarWidth, false, style);
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    rows.push_back({{is_answer ? value_text(*crossing, point.input) : significant(point.input), ink},
                    {result.fraction ? significant(100 * point.measure, 4) + "%"
                                     : grouped(point.measure, decimals_for(result.limit)),
                     ink},
                    {is_answer     ? "the limit"
                     : point.holds ? "met"
                                   : "not met",
                     ink},
                    {drawn, point.holds ? Ink::good : Ink::bad}});
  }
  const std::string unit = result.unit.empty() ? subject(result) : printable(result.unit);
  const std::string measure =
      result.measure + (result.measure_unit.empty() ? "" : ", " + printable(result.measure_unit));
  return heading(fmt::format("How {} moves with {}", printable(result.measure_words), subject(result)), "", style) +
         render_table({{unit, true}, {printable(measure), true}, {"target", false}, {"", false, 1}}, std::move(rows),
                      style) +
         wrap("Bars start at the limit.", "  ", style);
}

std::string render_notes(const SolveResult& result, const TerminalStyle& style) {
  std::vector<std::string> notes = result.notes;
  const bool twice = result.run.draws > result.run.sensitivity_draws;
  std::string draws = fmt::format("{} draws a value", count(result.run.sensitivity_draws));
  if (twice && !result.crossings.empty())
    draws += fmt::format(", and near the limit with all {}", count(result.run.draws));
  notes.push_back(
      fmt::format("Searched from {} to {} with {}; everything else stays as uncertain as it is, and the draws are the "
                  "same at every value",
                  significant(result.from), plain_value(result, result.to), draws));
  std::string out = heading("What this rests on", "", style);
  for (const std::string& note : notes) {
    const std::string wrapped = wrap(printable(note) + ".", "  ", style);
    out += (style.unicode ? "•" : "-") + wrapped.substr(1);
  }
  return out;
}

}  // namespace
}  // namespace tcosim::text

namespace tcosim {

std::string render_solve(const SolveResult& result, const TerminalStyle& style) {
  std::string out =
      text::heading(fmt::format("Which {} meets {}", text::subject(result), text::printable(result.target)), "", style);
  out += text::answer_text(result, style);
  for (const SolveCrossing& crossing : result.crossings)
    out += text::wrap(text::sureness_text(result, crossing), "  ", style);
  out += text::wrap(text::today_text(result), "  ", style);
  if (!result.flat) out += "\n" + text::render_scan(result, style);
  return out + "\n" + text::render_notes(result, style);
}

}  // namespace tcosim
