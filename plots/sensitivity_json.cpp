#include "plots/json_parts.hpp"
#include "plots/sensitivity_text.hpp"

namespace tcosim {
namespace {

using json::estimate;
using json::Json;
using json::number;
using json::optional;

std::string name(Measure::Scale scale) {
  switch (scale) {
    case Measure::Scale::amount:
      return "amount";
    case Measure::Scale::share:
      return "fraction";
    case Measure::Scale::number:
      return "number";
    case Measure::Scale::subject:
      return "subject";
  }
  return "";
}

Json row_json(const MethodTable& table, const SubjectRow& row, std::size_t place) {
  Json json{{"name", row.name}};
  if (!row.label.empty()) json["label"] = row.label;
  json["kind"] = row.kind;
  json["unit"] = row.unit;
  const bool ranked = table.ranks && row.ranked && row.above_noise && row.strength > 0;
  json["rank"] = ranked ? Json(place + 1) : Json(nullptr);
  json["strength"] = number(row.strength);
  json["above_noise"] = row.above_noise;
  for (std::size_t c = 0; c < table.columns.size() && c < row.values.size(); ++c)
    json[table.columns[c].key] = estimate(row.values[c]);
  if (!row.curve.empty()) {
    json["curve"] = Json::array();
    for (const Estimate& point : row.curve) json["curve"].push_back(estimate(point));
  }
  return json;
}

Json table_json(const MethodTable& table) {
  Json json{{"method", table.method},
            {"title", table.title},
            {"measures", table.measures},
            {"caution", table.caution},
            {"source", table.source},
            {"notes", table.notes},
            {"ranks", table.ranks},
            {"noise", optional(table.noise)},
            {"centre", optional(table.centre)},
            {"draws", table.draws},
            {"evaluations", table.evaluations}};
  json["columns"] = Json::array();
  for (const Measure& measure : table.columns)
    json["columns"].push_back({{"key", measure.key}, {"title", measure.title}, {"scale", name(measure.scale)}});
  if (!table.curve_at.empty()) json["curve"] = {{"title", table.curve_title}, {"at", table.curve_at}};
  json["rows"] = Json::array();
  for (std::size_t i = 0; i < table.rows.size(); ++i) json["rows"].push_back(row_json(table, table.rows[i], i));
  return json;
}

Json ranks_json(const SensitivityResult& result) {
  Json json{{"methods", result.rank_methods}, {"verdict", result.verdict}};
  json["rows"] = Json::array();
  for (const RankRow& row : result.ranks) {
    Json entry{{"name", row.name}};
    if (!row.label.empty()) entry["label"] = row.label;
    entry["kind"] = row.kind;
    entry["ranks"] = Json::object();
    for (std::size_t m = 0; m < result.rank_methods.size() && m < row.ranks.size(); ++m)
      entry["ranks"][result.rank_methods[m]] = row.ranks[m] ? Json(*row.ranks[m]) : Json(nullptr);
    entry["remark"] = row.remark.empty() ? Json(nullptr) : Json(row.remark);
    json["rows"].push_back(std::move(entry));
  }
  return json;
}

Json stressed_json(const std::vector<StressedValue>& values, const std::vector<SamplingInterval>& intervals) {
  Json list = Json::array();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const StressedValue& value = values[i];
    Json entry{{"name", value.name}};
    if (!value.label.empty()) entry["label"] = value.label;
    if (!value.unit.empty()) entry["unit"] = value.unit;
    entry["before"] = number(value.before);
    entry["after"] = number(value.after);
    const SamplingInterval& interval = i < intervals.size() ? intervals[i] : value.interval;
    entry["interval"] = Json::array({optional(interval.low), optional(interval.high)});
    if (i >= intervals.size()) {
      entry["sd"] = number(value.sd);
      entry["above_noise"] = value.above_noise;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Json stress_json(const StressResult& stress) {
  return {{"conditions", stress.conditions},
          {"probability", number(stress.probability)},
          {"draws", stress.draws},
          {"summary", stressed_json(stress.summary, stress.intervals)},
          {"inputs", stressed_json(stress.inputs, {})},
          {"lines", stressed_json(stress.lines, {})},
          {"notes", stress.notes}};
}

}  // namespace

std::string to_json(const SensitivityResult& result) {
  Json json = json::head(result);
  json.update({{"of", result.of}, {"unit", result.unit}, {"by", result.by}, {"statistic", result.statistic}});
  if (!result.methods.empty() || !result.refused.empty())
    json["explained"] = {
        {"mean", number(result.mean)}, {"sd", number(result.sd)}, {"statistic", number(result.overall)}};
  if (!result.groups.empty()) {
    json["groups"] = Json::object();
    for (const auto& [group, members] : result.groups) json["groups"][group] = members;
  }
  json["methods"] = Json::array();
  for (const MethodTable& table : result.methods) json["methods"].push_back(table_json(table));
  json["refused"] = Json::array();
  for (const Refusal& refusal : result.refused)
    json["refused"].push_back({{"method", refusal.method}, {"reason", refusal.reason}});
  if (!result.ranks.empty()) json["ranks"] = ranks_json(result);
  if (result.stress) json["stress"] = stress_json(*result.stress);
  return json::written(json);
}

std::string to_json(const std::vector<MethodEntry>& methods) {
  Json json{{"format", 1}, {"command", "sensitivity"}};
  json["methods"] = Json::array();
  for (const MethodEntry& method : methods)
    json["methods"].push_back({{"method", method.name},
                               {"title", method.title},
                               {"measures", method.measures},
                               {"caution", method.caution},
                               {"source", method.source}});
  return json::written(json);
}

}  // namespace tcosim
