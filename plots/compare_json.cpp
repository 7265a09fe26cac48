#include "plots/compare_text.hpp"
#include "plots/csv_record.hpp"
#include "plots/json_parts.hpp"

namespace tcosim {
namespace {

using csv::record;
using json::interval;
using json::Json;
using json::number;
using json::optional;

Json interval_of(const Estimate& estimate) {
  return interval(estimate.low, estimate.high);
}

const std::string& name_of(const CompareResult& result, std::size_t scenario) {
  return result.scenarios[scenario].name;
}

Json scenarios_json(const CompareResult& result) {
  Json list = Json::array();
  for (const ComparedScenario& scenario : result.scenarios) {
    Json json{{"name", scenario.name}, {"file", scenario.file}};
    if (!scenario.title.empty()) json["title"] = scenario.title;
    if (!scenario.horizon.empty()) json["horizon"] = scenario.horizon;
    if (!scenario.changes.empty()) json["changes"] = scenario.changes;
    json["base"] = number(scenario.base);
    json["mean"] = number(scenario.mean.value);
    json["mean_interval"] = interval_of(scenario.mean);
    json["sd"] = number(scenario.sd);
    json["percentiles"] = Json::object();
    json["intervals"] = Json::object();
    for (const PercentileValue& percentile : scenario.percentiles) {
      json["percentiles"][percentile.name] = number(percentile.value);
      json["intervals"][percentile.name] = interval(percentile.interval);
    }
    json["cvar"] = Json::object();
    for (const auto& [name, value] : scenario.cvar) json["cvar"][name] = number(value);
    json["budgets"] = Json::array();
    for (const BudgetRow& row : scenario.budgets)
      json["budgets"].push_back(
          {{"budget", row.budget}, {"confidence", row.confidence}, {"interval", interval(row.interval)}});
    list.push_back(std::move(json));
  }
  return list;
}

Json differences_json(const CompareResult& result) {
  Json list = Json::array();
  for (const ScenarioDifference& row : result.differences) {
    Json json{{"scenario", name_of(result, row.scenario)}, {"against", name_of(result, 0)}};
    for (const StatisticDifference& statistic : row.statistics)
      json[statistic.statistic] = {{"value", number(statistic.difference.value)},
                                   {"interval", interval_of(statistic.difference)},
                                   {"percent", optional(statistic.percent)}};
    list.push_back(std::move(json));
  }
  return list;
}

/// `sum` less the estimate.
Estimate turned_around(const Estimate& estimate, double sum) {
  const auto less = [sum](const std::optional<double>& x) { return x ? std::optional(sum - *x) : std::nullopt; };
  return {sum - estimate.value, less(estimate.high), less(estimate.low)};
}

Json cheapest_json(const CompareResult& result) {
  Json list = Json::array();
  for (std::size_t s = 0; s < result.scenarios.size(); ++s) {
    const Estimate& cheapest = result.scenarios[s].cheapest;
    Json json{{"scenario", name_of(result, s)}, {"probability", cheapest.value}, {"interval", interval_of(cheapest)}};
    json["cheaper_than"] = Json::object();
    for (const CheaperPair& pair : result.cheaper) {
      if (pair.first != s && pair.second != s) continue;
      const bool turned = pair.second == s;
      const Estimate& p = pair.probability;
      const Estimate saving = turned ? turned_around(pair.difference, 0) : pair.difference;
      const Estimate probability = turned ? turned_around(p, 1) : p;
      json["cheaper_than"][name_of(result, turned ? pair.first : pair.second)] = {
          {"probability", number(probability.value)},
          {"interval", interval_of(probability)},
          {"mean_saving", number(saving.value)},
          {"mean_saving_interval", interval_of(saving)}};
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json violation_json(const DominanceViolation& violation) {
  return {{"verdict", violation.verdict},
          {"largest_violation", number(violation.value)},
          {"at", violation.value > 0 ? number(violation.at) : Json(nullptr)},
          {"standard_error", number(violation.standard_error)}};
}

Json dominance_json(const CompareResult& result) {
  Json list = Json::array();
  for (const DominanceRow& row : result.dominance)
    list.push_back({{"better", name_of(result, row.better)},
                    {"worse", name_of(result, row.worse)},
                    {"first_order", violation_json(row.first_order)},
                    {"risk_averse", violation_json(row.risk_averse)}});
  return list;
}

Json lines_json(const CompareResult& result, const std::vector<ComparedLine>& lines) {
  Json list = Json::array();
  for (const ComparedLine& line : lines) {
    Json json{{"name", line.name}};
    if (!line.label.empty()) json["label"] = line.label;
    if (!line.kind.empty()) {
      json["kind"] = line.kind;
      json["category"] = line.category.empty() ? Json(nullptr) : Json(line.category);
      json["parent"] = line.parent.empty() ? Json(nullptr) : Json(line.parent);
    }
    json["means"] = Json::object();
    for (std::size_t s = 0; s < line.means.size(); ++s) json["means"][name_of(result, s)] = optional(line.means[s]);
    json["differences"] = Json::array();
    for (std::size_t d = 0; d < line.differences.size(); ++d) {
      const auto& difference = line.differences[d];
      if (!difference) continue;
      json["differences"].push_back({{"scenario", name_of(result, d + 1)},
                                     {"mean", number(difference->mean.value)},
                                     {"interval", interval_of(difference->mean)},
                                     {result.headline, number(difference->headline)}});
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json flips_json(const CompareResult& result) {
  Json list = Json::array();
  for (const Flip& flip : result.flips) {
    Json json{{"input", flip.input}, {"scenario", name_of(result, flip.scenario)}, {"against", name_of(result, 0)}};
    if (!flip.label.empty()) json["label"] = flip.label;
    json["unit"] = flip.unit;
    json["value"] = number(flip.value);
    json["percentile"] = number(flip.percentile);
    json["interval"] = interval(flip.low, flip.high);
    json["cheaper_below"] = name_of(result, flip.below);
    json["cheaper_above"] = name_of(result, flip.above);
    json["first_value_above"] = flip.steps;
    if (!flip.only_in.empty()) json["only_in"] = flip.only_in;
    list.push_back(std::move(json));
  }
  return list;
}

Json information_json(const CompareResult& result) {
  const PerfectInformation& information = result.information;
  Json json{{"choice", name_of(result, information.choice)},
            {"value", number(information.value.value)},
            {"interval", interval_of(information.value)},
            {"inputs", Json::array()}};
  for (const InformationRow& row : information.inputs) {
    Json entry{{"name", row.name}};
    if (!row.label.empty()) entry["label"] = row.label;
    entry["kind"] = row.kind;
    entry["value"] = number(row.value.value);
    entry["interval"] = interval_of(row.value);
    entry["share"] = number(row.share);
    entry["above_noise"] = row.above_noise;
    entry["differs"] = row.differs;
    json["inputs"].push_back(std::move(entry));
  }
  return json;
}

std::string scenarios_csv(const CompareResult& result) {
  std::string out = record("scenario", "file", "quantity", "value", "low", "high", "unit");
  for (const ComparedScenario& s : result.scenarios) {
    const auto add = [&](const std::string& quantity, const Estimate& value, const std::string& unit) {
      out += record(s.name, s.file, quantity, value.value, value.low, value.high, unit);
    };
    add("base", {s.base}, result.currency);
    add("mean", s.mean, result.currency);
    add("sd", {s.sd}, result.currency);
    for (const PercentileValue& p : s.percentiles)
      add(p.name, {p.value, p.interval.low, p.interval.high}, result.currency);
    for (const auto& [name, value] : s.cvar) add("cvar " + name, {value}, result.currency);
    for (const BudgetRow& row : s.budgets)
      add(fmt::format("budget {} confidence", row.budget), {row.confidence, row.interval.low, row.interval.high}, "");
    add("cheapest", s.cheapest, "");
  }
  return out;
}

std::string differences_csv(const CompareResult& result) {
  std::string out = record("scenario", "against", "statistic", "difference", "low", "high", "percent");
  for (const ScenarioDifference& row : result.differences)
    for (const StatisticDifference& s : row.statistics)
      out += record(name_of(result, row.scenario), name_of(result, 0), s.statistic, s.difference.value,
                    s.difference.low, s.difference.high, s.percent);
  return out;
}

std::string lines_csv(const CompareResult& result) {
  std::string out = record("name", "label", "kind", "category", "parent", "scenario", "mean", "difference", "low",
                           "high", "difference " + result.headline);
  const auto add = [&](const ComparedLine& line, const std::string& kind) {
    for (std::size_t s = 0; s < line.means.size(); ++s) {
      std::optional<LineDifference> d = s > 0 ? line.differences[s - 1] : std::nullopt;
      if (!line.means[s] && !d) continue;
      std::optional<double> value, headline;
      if (d) {
        value = d->mean.value;
        headline = d->headline;
      }
      out += record(line.name, line.label, kind, line.category, line.parent, name_of(result, s), line.means[s], value,
                    d ? d->mean.low : std::nullopt, d ? d->mean.high : std::nullopt, headline);
    }
  };
  for (const ComparedLine& line : result.lines) add(line, line.kind);
  for (const ComparedLine& line : result.categories) add(line, "category");
  return out;
}

std::string flips_csv(const CompareResult& result) {
  std::string out = record("input", "unit", "scenario", "against", "value", "low", "high", "percentile",
                           "cheaper_below", "cheaper_above", "only_in");
  for (const Flip& flip : result.flips)
    out += record(flip.input, flip.unit, name_of(result, flip.scenario), name_of(result, 0), flip.value, flip.low,
                  flip.high, flip.percentile, name_of(result, flip.below), name_of(result, flip.above), flip.only_in);
  return out;
}

std::string information_csv(const CompareResult& result) {
  std::string out = record("name", "kind", "value", "low", "high", "share", "above_noise");
  const Estimate& all = result.information.value;
  out += record("everything", "", all.value, all.low, all.high, 1.0, "true");
  for (const InformationRow& row : result.information.inputs)
    out += record(row.name, row.kind, row.value.value, row.value.low, row.value.high, row.share,
                  row.above_noise ? "true" : "false");
  return out;
}

}  // namespace

std::string to_json(const CompareResult& result) {
  Json json{{"format", 1},
            {"command", result.command},
            {"run", json::run(result.run)},
            {"currency", result.currency},
            {"headline", result.headline},
            {"scenarios", scenarios_json(result)},
            {"differences", differences_json(result)},
            {"cheapest", cheapest_json(result)},
            {"dominance", dominance_json(result)},
            {"dominance_up_to", result.dominance_up_to},
            {"lines", lines_json(result, result.lines)},
            {"categories", lines_json(result, result.categories)},
            {"flips", flips_json(result)},
            {"evpi", information_json(result)},
            {"differing_inputs", result.differing_inputs},
            {"apart_inputs", result.apart_inputs},
            {"warnings", result.warnings}};
  return json::written(json);
}

std::vector<CsvTable> to_csv(const CompareResult& result) {
  return {{"scenarios.csv", scenarios_csv(result)},
          {"differences.csv", differences_csv(result)},
          {"lines.csv", lines_csv(result)},
          {"flips.csv", flips_csv(result)},
          {"evpi.csv", information_csv(result)}};
}

}  // namespace tcosim
