#include "plots/json.hpp"

#include "plots/json_parts.hpp"

namespace tcosim {
namespace {

using json::interval;
using json::Json;
using json::optional;

Json distributed(const Distributed& quantity) {
  Json json;
  if (!quantity.unit.empty()) json["unit"] = quantity.unit;
  json["mean"] = quantity.mean;
  json["mean_standard_error"] = quantity.mean_standard_error;
  json["sd"] = quantity.sd;
  json["min"] = quantity.min;
  json["max"] = quantity.max;
  json["skewness"] = quantity.skewness;
  json["percentiles"] = Json::object();
  json["intervals"] = Json::object();
  for (const PercentileValue& percentile : quantity.percentiles) {
    json["percentiles"][percentile.name] = percentile.value;
    json["intervals"][percentile.name] = interval(percentile.interval);
  }
  json["cvar"] = Json::object();
  for (const auto& [name, value] : quantity.cvar) json["cvar"][name] = value;
  json["histogram"] = {{"low", quantity.histogram.low},
                       {"high", quantity.histogram.high},
                       {"counts", quantity.histogram.counts},
                       {"below", quantity.histogram.below},
                       {"above", quantity.histogram.above}};
  return json;
}

Json contingency_json(const std::vector<ContingencyRow>& rows) {
  Json list = Json::array();
  for (const ContingencyRow& row : rows) {
    list.push_back({{"target", row.target},
                    {"budget", row.budget},
                    {"contingency", row.contingency},
                    {"percent", optional(row.percent)},
                    {"interval", interval(row.interval)}});
  }
  return list;
}

Json curve_json(const std::vector<CurvePoint>& points) {
  Json list = Json::array();
  for (const CurvePoint& point : points) {
    list.push_back({{"confidence", point.confidence},
                    {"budget", point.budget},
                    {"interval", interval(point.interval)},
                    {"contingency", point.contingency},
                    {"percent", optional(point.percent)}});
  }
  return list;
}

Json flat_json(const std::vector<FlatRow>& rows) {
  Json list = Json::array();
  for (const FlatRow& row : rows) {
    list.push_back({{"percent", row.percent}, {"budget", row.budget}, {"confidence", row.confidence}});
  }
  return list;
}

Json budgets_json(const std::vector<BudgetRow>& rows) {
  Json list = Json::array();
  for (const BudgetRow& row : rows) {
    list.push_back({{"budget", row.budget}, {"confidence", row.confidence}, {"interval", interval(row.interval)}});
  }
  return list;
}

Json breakdown_json(const std::vector<BreakdownRow>& rows) {
  Json list = Json::array();
  for (const BreakdownRow& row : rows) {
    Json json{{"name", row.name}};
    if (!row.label.empty()) json["label"] = row.label;
    if (!row.kind.empty()) {
      json["kind"] = row.kind;
      json["category"] = row.category.empty() ? Json(nullptr) : Json(row.category);
      json["parent"] = row.parent.empty() ? Json(nullptr) : Json(row.parent);
      if (!row.spend.empty()) json["spend"] = row.spend;
    }
    json.update({{"base", row.base},
                 {"mean", row.mean},
                 {"sd", row.sd},
                 {"P10", row.p10},
                 {"P50", row.p50},
                 {"P80", row.p80},
                 {"P90", row.p90},
                 {"share_of_mean", row.share_of_mean},
                 {"contingency", row.contingency}});
    list.push_back(std::move(json));
  }
  return list;
}

Json sensitivity_json(const std::vector<SensitivityRow>& rows) {
  Json list = Json::array();
  for (const SensitivityRow& row : rows) {
    Json json{{"name", row.name}};
    if (!row.label.empty()) json["label"] = row.label;
    json.update({{"swing", {{"low", row.swing_low}, {"high", row.swing_high}}},
                 {"spearman", row.spearman},
                 {"contribution", row.contribution},
                 {"above_noise", row.above_noise},
                 {"input", {{"P10", row.input_low}, {"P90", row.input_high}, {"unit", row.unit}}}});
    list.push_back(std::move(json));
  }
  return list;
}

Json monthly_json(const std::vector<MonthRow>& rows) {
  Json list = Json::array();
  for (const MonthRow& row : rows) {
    list.push_back({{"month", row.month},
                    {"date", row.date},
                    {"base", row.base},
                    {"mean", row.mean},
                    {"cumulative_base", row.cumulative_base},
                    {"cumulative_mean", row.cumulative_mean}});
  }
  return list;
}

Json input_json(const InputSummary& input) {
  return {{"name", input.name},
          {"label", input.label},
          {"text", input.text},
          {"unit", input.unit},
          {"uncertain", input.uncertain},
          {"base", input.base},
          {"mean", input.mean},
          {"sd", input.sd},
          {"P10", input.p10},
          {"P50", input.p50},
          {"P90", input.p90}};
}

Json lever_json(const CheckedLever& lever) {
  Json json{{"name", lever.name}, {"label", lever.label}, {"pulled", lever.pulled}};
  json["set"] = Json::object();
  for (const CheckedLever::Change& change : lever.sets) json["set"][change.input] = change.value;
  json["scale"] = Json::object();
  for (const CheckedLever::Change& change : lever.scales) json["scale"][change.input] = change.value;
  json["add"] = lever.adds;
  json["remove"] = lever.removes;
  json["cost"] = lever.cost.empty() ? Json(nullptr) : Json(lever.cost);
  json["requires"] = lever.needs;
  json["excludes"] = lever.excludes;
  return json;
}

}  // namespace

std::string to_json(const Result& result) {
  Json json = json::head(result);
  json.update({{"with", result.with}, {"total", distributed(result.total)}});
  json["outputs"] = Json::object();
  for (const Distributed& output : result.outputs) json["outputs"][output.name] = distributed(output);
  json["base"] = {{"value", result.base.value}, {"confidence", result.base.confidence}, {"rule", result.base.rule}};
  json["headline"] = result.headline;
  json["contingency"] = contingency_json(result.contingency);
  if (!result.curve.empty()) json["curve"] = curve_json(result.curve);
  json["flat"] = flat_json(result.flat);
  json["budgets"] = budgets_json(result.budgets);
  json["allocation"] = result.allocation;
  json["lines"] = breakdown_json(result.lines);
  json["categories"] = breakdown_json(result.categories);
  json["tags"] = breakdown_json(result.tags);
  json["sensitivity"] = sensitivity_json(result.sensitivity);
  json["sensitivity_noise"] = {{"floor", result.noise_floor}, {"threshold", result.noise_threshold}};
  if (!result.monthly.empty()) json["monthly"] = monthly_json(result.monthly);
  return json::written(json);
}

std::string to_json(const CheckReport& report) {
  Json json{{"format", 1},
            {"command", "check"},
            {"title", report.title},
            {"file", report.file},
            {"currency", report.currency.empty() ? Json(nullptr) : Json(report.currency)},
            {"horizon", report.horizon.empty() ? Json(nullptr) : Json(report.horizon)},
            {"run",
             {{"draws", report.draws},
              {"sensitivity_draws", 0},
              {"seed", report.seed},
              {"sampling", "mc"},
              {"threads", 1},
              {"seconds", report.seconds}}},
            {"base", {{"value", report.base}}}};
  json["inputs"] = Json::array();
  for (const InputSummary& input : report.inputs) json["inputs"].push_back(input_json(input));
  json["lines"] = Json::array();
  for (const CheckedLine& line : report.lines) {
    json["lines"].push_back({{"name", line.name},
                             {"label", line.label},
                             {"kind", line.kind},
                             {"category", line.category},
                             {"parent", line.parent.empty() ? Json(nullptr) : Json(line.parent)},
                             {"text", line.text},
                             {"spend", line.spend},
                             {"base", line.base}});
  }
  json["outputs"] = Json::array();
  for (const CheckedOutput& output : report.outputs) {
    json["outputs"].push_back(
        {{"name", output.name}, {"unit", output.unit}, {"text", output.text}, {"base", output.base}});
  }
  json["correlations"] = Json::array();
  for (const CorrelationSummary& pair : report.correlations) {
    json["correlations"].push_back({{"inputs", Json::array({pair.first, pair.second})},
                                    {"kind", pair.kind},
                                    {"copula", pair.copula},
                                    {"requested", pair.requested},
                                    {"achieved", pair.achieved},
                                    {"interval", Json::array({pair.low, pair.high})}});
  }
  json["groups"] = Json::array();
  for (const CheckedGroup& group : report.groups)
    json["groups"].push_back({{"name", group.name}, {"members", group.members}});
  json["levers"] = Json::array();
  for (const CheckedLever& lever : report.levers) json["levers"].push_back(lever_json(lever));
  json["diagnostics"] = Json::array();
  for (const CheckedDiagnostic& diagnostic : report.diagnostics) {
    json["diagnostics"].push_back({{"severity", diagnostic.severity},
                                   {"file", diagnostic.file},
                                   {"line", diagnostic.line},
                                   {"column", diagnostic.column},
                                   {"message", diagnostic.message},
                                   {"suggestion", diagnostic.suggestion}});
  }
  return json::written(json);
}

}  // namespace tcosim
