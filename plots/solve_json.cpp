#include "plots/json_parts.hpp"
#include "plots/solve_text.hpp"

namespace tcosim {
namespace {

using json::interval;
using json::Json;
using json::optional;

Json crossing_json(const SolveCrossing& crossing) {
  return {{"value", crossing.value},
          {"interval", interval(crossing.interval)},
          {"tolerance", crossing.tolerance},
          {"holds", crossing.holds_below ? "below" : "above"},
          {"measure_at_value", crossing.measure},
          {"measure_interval", interval(crossing.measured)},
          {"confidence_of_input", optional(crossing.share_at_or_under)},
          {"whole", optional(crossing.whole)}};
}

Json scan_json(const std::vector<SolvePoint>& points) {
  Json list = Json::array();
  for (const SolvePoint& point : points) {
    list.push_back({{"input", point.input},
                    {"measure", point.measure},
                    {"interval", interval(point.interval)},
                    {"holds", point.holds}});
  }
  return list;
}

}  // namespace

std::string to_json(const SolveResult& result) {
  const SolveCrossing* answer = result.answer ? &result.crossings[*result.answer] : nullptr;
  const auto of_answer = [&](auto value) { return answer != nullptr ? Json(value(*answer)) : Json(nullptr); };
  Json document = json::head(result);
  document.update({{"input", result.input},
                   {"label", result.label},
                   {"text", result.text},
                   {"unit", result.unit},
                   {"target", result.target},
                   {"measure", result.measure},
                   {"measure_unit", result.measure_unit},
                   {"limit", result.limit}});
  document["value"] = of_answer([](const SolveCrossing& c) { return Json(c.value); });
  document["interval"] = of_answer([](const SolveCrossing& c) { return interval(c.interval); });
  document["tolerance"] = of_answer([](const SolveCrossing& c) { return Json(c.tolerance); });
  document["measure_at_value"] = of_answer([](const SolveCrossing& c) { return Json(c.measure); });
  document["measure_interval"] = of_answer([](const SolveCrossing& c) { return interval(c.measured); });
  document["confidence_of_input"] = of_answer([](const SolveCrossing& c) { return optional(c.share_at_or_under); });
  document["whole"] = of_answer([](const SolveCrossing& c) { return optional(c.whole); });
  document["holds"] = Json::array();
  for (const SolveRange& range : result.holds) {
    document["holds"].push_back({{"low", range.low_open ? Json(nullptr) : Json(range.low)},
                                 {"high", range.high_open ? Json(nullptr) : Json(range.high)},
                                 {"searched", {range.low, range.high}}});
  }
  document["share_that_holds"] = optional(result.share_that_holds);
  document["today"] = {{"measure", result.today.measure},
                       {"interval", interval(result.today.interval)},
                       {"holds", result.today.holds},
                       {"P10", optional(result.today_p10)},
                       {"P90", optional(result.today_p90)}};
  document["searched"] = {result.from, result.to};
  document["flat"] = result.flat;
  document["crossings"] = Json::array();
  for (const SolveCrossing& crossing : result.crossings) document["crossings"].push_back(crossing_json(crossing));
  document["scan"] = scan_json(result.scan);
  document["notes"] = result.notes;
  return json::written(document);
}

}  // namespace tcosim
