// What money for adoption buys: the sets of levers that no cheaper set beats, cost against objective.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "plots/charts/charts.hpp"
#include "plots/charts/labels.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr int kHeight = 420;
constexpr std::size_t kNoteWidth = 36;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// The set by what changes from the one before: "+lora, -spot".
std::string change(const std::vector<std::string>& before, const std::vector<std::string>& names) {
  std::string text;
  const auto add = [&](const char* sign, const std::string& name) {
    text += (text.empty() ? "" : ", ") + (sign + text::printable(name));
  };
  for (const std::string& name : names)
    if (!contains(before, name)) add("+", name);
  for (const std::string& name : before)
    if (!contains(names, name)) add("-", name);
  return text;
}

std::string tip(const SetSaving& set, const LeversResult& result) {
  std::string text = set.levers.empty() ? "No lever" : list_words(set.levers);
  text += fmt::format("\ncosts {} to pull", amount(set.cost.value, result.currency));
  text += fmt::format("\n{} {}", text::printable(result.objective), amount(set.objective.value, result.currency));
  const std::string interval = interval_words(set.objective, result.currency);
  if (!interval.empty()) text += ", " + interval;
  return text + fmt::format("\nfalls by {}", amount(set.objective_saving.value, result.currency));
}

std::string best_words(const SetSaving& set) {
  if (set.levers.empty()) return "best: none";
  if (set.levers.size() > 1) return fmt::format("best: {} levers", set.levers.size());
  return clipped("best: " + set.levers[0], kNoteWidth);
}

/// Names of the ends and the winner first, since what comes later gives way.
std::vector<Note> notes_of(const LeversResult& result) {
  const std::vector<SetSaving>& sets = result.frontier;
  std::vector<Note> notes, others;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const bool winner = sets[i].levers == result.winner.levers;
    const std::string words = i == 0 ? sets[i].levers.empty() ? "none" : list_words(sets[i].levers)
                                     : change(sets[i - 1].levers, sets[i].levers);
    Note note{winner ? best_words(sets[i]) : clipped(words, kNoteWidth),
              winner ? "@headline" : "@text",
              {{sets[i].cost.value, sets[i].objective.value}},
              winner || i == 0};
    // Beyond the ends of a wide interval, where there is no room beside the point
    for (const std::optional<double>& end : {sets[i].objective.high, sets[i].objective.low})
      if (end) note.places.emplace_back(sets[i].cost.value, *end);
    (winner || i == 0 || i + 1 == sets.size() ? notes : others).push_back(note);
  }
  notes.insert(notes.end(), others.begin(), others.end());
  return notes;
}

/// A staircase: more money changes nothing until it reaches the next set.
Polyline staircase(const std::vector<SetSaving>& sets) {
  Polyline line;
  for (const SetSaving& set : sets) {
    if (!line.empty()) line.emplace_back(set.cost.value, line.back().second);
    line.emplace_back(set.cost.value, set.objective.value);
  }
  return line;
}

/// What names have to leave free: the staircase and the intervals on it.
std::vector<Polyline> lines_of(const std::vector<SetSaving>& sets) {
  std::vector<Polyline> lines{staircase(sets)};
  for (const SetSaving& set : sets) {
    if (set.objective.low && set.objective.high)
      lines.push_back({{set.cost.value, *set.objective.low}, {set.cost.value, *set.objective.high}});
  }
  return lines;
}

PlotArea area_of(const std::vector<SetSaving>& sets) {
  const auto [low, high] = std::ranges::minmax_element(sets, {}, [](const SetSaving& s) { return s.objective.value; });
  const double rise = high->objective.value - low->objective.value,
               run = sets.back().cost.value - sets.front().cost.value;
  return {sets.front().cost.value - 0.02 * run,
          sets.back().cost.value + 0.08 * run,
          low->objective.value - 0.08 * rise,
          high->objective.value + 0.08 * rise,
          780,
          kHeight - 80.0};
}

Json series_of(const LeversResult& result) {
  Json points = Json::array(), intervals = Json::array(), line = Json::array();
  for (const SetSaving& set : result.frontier) {
    const bool winner = set.levers == result.winner.levers;
    Json at = point(set.cost.value, set.objective.value, tip(set, result));
    at["symbolSize"] = winner ? 14 : 9;
    at["itemStyle"] = {{"color", winner ? "@headline" : "@total"}};
    points.push_back(std::move(at));
    if (set.objective.low && set.objective.high)
      intervals.push_back({set.cost.value, *set.objective.low, *set.objective.high});
    line.push_back({set.cost.value, set.objective.value});
  }
  return {{{"type", "line"},
           {"step", "end"},
           {"silent", true},
           {"lineStyle", {{"color", "@axis"}, {"width", 1.5}}},
           {"itemStyle", {{"color", "@axis"}}},
           {"data", line}},
          {{"type", "custom"},
           {"renderItem", "reach"},
           {"color", "@muted"},
           {"silent", true},
           {"encode", {{"x", 0}, {"y", {1, 2}}}},
           {"data", intervals}},
          {{"type", "scatter"}, {"z", 4}, {"itemStyle", {{"color", "@total"}}}, {"data", points}},
          notes_series(notes_of(result), lines_of(result.frontier), area_of(result.frontier))};
}

}  // namespace

std::vector<Chart> lever_frontier(const LeversResult& result) {
  if (result.frontier.size() < 2) return {};
  const std::string objective = text::printable(result.objective);
  Json x = amount_axis("Mean cost of pulling the levers", result.currency),
       y = amount_axis(objective + " of the total", result.currency);
  y["nameGap"] = 52;
  const Json option{
      {"grid", grid(16)}, {"tooltip", tip_of_item()}, {"xAxis", x}, {"yAxis", y}, {"series", series_of(result)}};
  const SetSaving& last = result.frontier.back();
  Chart chart;
  chart.name = "lever-frontier";
  chart.title = "What money for levers buys";
  chart.method = fmt::format(
      "Sets of levers for which no other has a lower {} at the same cost or less; + and - say what changes from the "
      "point before. {} sets tried with {} draws each, these with {}; upright lines: 95% intervals.",
      objective, text::count(result.search_sets), text::count(result.search_draws), text::count(result.run.draws));
  chart.summary = fmt::format("{} points from {} for nothing to {} for {} with {}.", result.frontier.size(),
                              amount(result.frontier.front().objective.value, result.currency),
                              amount(last.objective.value, result.currency), amount(last.cost.value, result.currency),
                              list_words(last.levers));
  chart.height = kHeight;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
