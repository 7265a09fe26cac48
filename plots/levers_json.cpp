#include "plots/csv_record.hpp"
#include "plots/json_parts.hpp"
#include "plots/levers_text.hpp"

namespace tcosim {
namespace {

using json::estimate;
using json::Json;

Json set_json(const SetSaving& set) {
  Json json{{"levers", set.levers},
            {"cost", estimate(set.cost)},
            {"gross", estimate(set.gross)},
            {"saving", estimate(set.saving)},
            {"P10", estimate(set.p10)},
            {"P90", estimate(set.p90)},
            {"probability", estimate(set.probability)},
            {"return_on_cost", set.per_cost ? estimate(*set.per_cost) : Json(nullptr)},
            {"objective", estimate(set.objective)},
            {"objective_saving", estimate(set.objective_saving)}};
  json["percentiles"] = Json::object();
  for (const PercentileEffect& effect : set.percentiles)
    json["percentiles"][effect.name] = {
        {"before", effect.before}, {"after", effect.after}, {"saving", estimate(effect.saving)}};
  json["base"] = {{"value", set.base}, {"saving", set.base_saving}};
  json["contingency"] = {{"value", estimate(set.contingency)}, {"saving", estimate(set.contingency_saving)}};
  return json;
}

Json sets_json(const std::vector<SetSaving>& sets) {
  Json list = Json::array();
  for (const SetSaving& set : sets) list.push_back(set_json(set));
  return list;
}

Json alone_json(const std::vector<LeverRow>& rows) {
  Json list = Json::array();
  for (const LeverRow& row : rows) {
    Json json{{"name", row.name}};
    if (!row.label.empty()) json["label"] = row.label;
    json.update({{"needs", row.needs}, {"excludes", row.excludes}});
    if (row.unavailable.empty()) {
      json.update(set_json(row.effect));
    } else {
      json["unavailable"] = row.unavailable;
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json shapley_json(const ShapleyResult& shapley) {
  Json shares = Json::array();
  for (const ShapleyShare& share : shapley.shares) {
    Json json{{"name", share.name}};
    if (!share.label.empty()) json["label"] = share.label;
    json.update({{"share", estimate(share.share)}, {"fraction", json::number(share.fraction)}});
    shares.push_back(std::move(json));
  }
  Json json{{"joint", shapley.joint}, {"levers", shapley.set}, {"method", shapley.all_sets ? "all sets" : "orders"}};
  if (!shapley.all_sets) json["orders"] = shapley.orders;
  json["sets"] = shapley.sets;
  json["shares"] = std::move(shares);
  return json;
}

Json winner_json(const LeversResult& result) {
  const FreshDraws& fresh = result.fresh;
  return {{"set", set_json(result.winner)},
          {"objective", estimate(result.winner.objective)},
          {"on_fresh_draws",
           {{"seed", fresh.seed},
            {"draws", fresh.draws},
            {"objective", estimate(fresh.objective)},
            {"objective_before", fresh.objective_before},
            {"objective_saving", estimate(fresh.objective_saving)},
            {"saving", estimate(fresh.saving)},
            {"probability", estimate(fresh.probability)}}}};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

template <class... First>
std::string set_record(const SetSaving& set, const First&... first) {
  std::optional<double> back;
  if (set.per_cost) back = set.per_cost->value;
  return csv::record(first..., set.cost.value, set.gross.value, set.saving.value, set.saving.low, set.saving.high,
                     set.p10.value, set.p90.value, set.probability.value, set.objective.value, set.objective.low,
                     set.objective.high, set.objective_saving.value, set.objective_saving.low,
                     set.objective_saving.high, set.base, set.contingency.value, set.contingency_saving.value, back);
}

template <class... First>
std::string set_headers(const First&... first) {
  return csv::record(first..., "cost", "gross", "saving", "saving_low", "saving_high", "P10", "P90", "probability",
                     "objective", "objective_low", "objective_high", "objective_saving", "objective_saving_low",
                     "objective_saving_high", "base", "contingency", "contingency_saving", "return_on_cost");
}

}  // namespace

std::string to_json(const LeversResult& result) {
  Json json = json::head(result);
  json["objective"] = result.objective;
  json["headline"] = result.headline;
  json["baseline"] = {{"levers", result.baseline},
                      {"mean", result.baseline_mean},
                      {"base", result.baseline_base},
                      {"objective", estimate(result.baseline_objective)}};
  json["levers"] = alone_json(result.alone);
  json["together"] = set_json(result.together);
  json["shapley"] = shapley_json(result.shapley);
  json["search"] = {{"method", result.search}, {"draws", result.search_draws}, {"sets", result.search_sets}};
  json["best"] = sets_json(result.best);
  json["frontier"] = sets_json(result.frontier);
  json["winner"] = winner_json(result);
  json["budget"] =
      result.budget ? Json{{"budget", result.budget->budget}, {"best", set_json(result.budget->best)}} : Json(nullptr);
  json["notes"] = result.notes;
  return json::written(json);
}

std::vector<CsvTable> to_csv(const LeversResult& result) {
  std::string alone = set_headers("lever", "label", "pulled_with");
  for (const LeverRow& row : result.alone)
    if (row.unavailable.empty()) alone += set_record(row.effect, row.name, row.label, joined(row.needs));
  alone += set_record(result.together, "(together)", "", joined(result.together.levers));

  std::string credits = csv::record("lever", "label", "share", "share_low", "share_high", "fraction");
  for (const ShapleyShare& share : result.shapley.shares)
    credits +=
        csv::record(share.name, share.label, share.share.value, share.share.low, share.share.high, share.fraction);

  std::string sets = set_headers("list", "number", "levers");
  const auto add = [&](const char* list, const SetSaving& set) {
    sets += set_record(set, list, set.levers.size(), joined(set.levers));
  };
  for (const SetSaving& set : result.best) add("best", set);
  for (const SetSaving& set : result.frontier) add("frontier", set);
  add("winner", result.winner);
  return {{"levers.csv", alone}, {"credits.csv", credits}, {"sets.csv", sets}};
}

}  // namespace tcosim
