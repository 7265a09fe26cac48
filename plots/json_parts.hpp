// Pieces that the JSON of several commands has in common: its head, numbers that may be missing, intervals, /run.
// The product's contract, format 1: keys in this order, full precision, null for what is not finite or not known.
// Internal to plots.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/result.hpp"

namespace tcosim::json {

using Json = nlohmann::ordered_json;

inline Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

inline Json optional(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

inline Json interval(const std::optional<double>& low, const std::optional<double>& high) {
  return Json::array({optional(low), optional(high)});
}

inline Json interval(const SamplingInterval& bounds) {
  return interval(bounds.low, bounds.high);
}

inline Json estimate(const Estimate& estimate) {
  return {{"value", number(estimate.value)}, {"interval", interval(estimate.low, estimate.high)}};
}

inline Json run(const RunInfo& run) {
  Json json{{"draws", run.draws},
            {"sensitivity_draws", run.sensitivity_draws},
            {"seed", run.seed},
            {"sampling", run.sampling},
            {"threads", run.threads},
            {"seconds", run.seconds},
            {"replicates", run.replicates}};
  if (run.until) {
    json["until"] = *run.until;
    json["until_reached"] = run.until_reached;
  }
  return json;
}

inline Json text(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

/// What every result of one scenario opens with.
template <class AnyResult>
Json head(const AnyResult& result) {
  return {{"format", 1},           {"command", result.command},         {"title", result.title},
          {"file", result.file},   {"currency", text(result.currency)}, {"horizon", text(result.horizon)},
          {"run", run(result.run)}};
}

/// One document, indented by two, with a newline at its end. A name that is not UTF-8 must not cost the user the whole
/// result.
inline std::string written(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace tcosim::json
