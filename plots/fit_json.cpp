#include "plots/fit_text.hpp"
#include "plots/json_parts.hpp"

namespace tcosim {
namespace {

using json::Json;
using json::number;
using json::optional;
using json::written;

Json rows_json(const std::vector<FitRow>& rows) {
  Json list = Json::array();
  for (const FitRow& row : rows) {
    list.push_back({{"family", row.family},
                    {"call", row.call},
                    {"parameters", row.parameters},
                    {"log_likelihood", number(row.log_likelihood)},
                    {"aic", number(row.aic)},
                    {"aicc", number(row.aicc)},
                    {"bic", number(row.bic)},
                    {"anderson_darling", number(row.anderson_darling)},
                    {"anderson_darling_p", optional(row.anderson_darling_p)},
                    {"kolmogorov_smirnov", number(row.kolmogorov_smirnov)},
                    {"kolmogorov_smirnov_p", optional(row.kolmogorov_smirnov_p)},
                    {"cramer_von_mises", number(row.cramer_von_mises)},
                    {"mean", number(row.mean)},
                    {"P10", number(row.p10)},
                    {"P50", number(row.p50)},
                    {"P90", number(row.p90)}});
    if (!row.remark.empty()) list.back()["remark"] = row.remark;
  }
  return list;
}

}  // namespace

std::string to_json(const FitPage& page) {
  Json json{
      {"format", 1},
      {"command", "fit"},
      {"run",
       {{"bootstrap", page.bootstrap}, {"seed", page.seed}, {"threads", page.threads}, {"seconds", page.seconds}}},
      {"file", page.file},
      {"column", page.column},
      {"where", page.where},
      {"data",
       {{"rows", page.rows},
        {"matching", page.matching},
        {"missing", page.missing},
        {"count", page.count},
        {"used", page.used},
        {"distinct", page.distinct},
        {"counts", page.counts},
        {"mean", number(page.mean)},
        {"sd", number(page.sd)},
        {"min", number(page.least)},
        {"P25", number(page.lower_quartile)},
        {"P50", number(page.median)},
        {"P75", number(page.upper_quartile)},
        {"max", number(page.greatest)}}}};
  json["sorted_by"] = page.sorted_by;
  json["fits"] = rows_json(page.fits);
  json["metalogs"] = rows_json(page.metalogs);
  if (!page.metalogs.empty()) json["metalog_points"] = page.metalog_points;
  json["not_fitting"] = page.not_fitting;
  json["without_mean"] = page.without_mean;
  json["warnings"] = page.warnings;
  json["paste"] = page.paste;
  json["histogram"] = {
      {"low", number(page.low)}, {"high", number(page.high)}, {"shares", page.shares}, {"expected", page.expected}};
  return written(json);
}

std::string to_json(const ColumnsPage& page) {
  Json json{{"format", 1}, {"command", "fit"}, {"run", Json::object()}, {"file", page.file}, {"rows", page.rows}};
  json["columns"] = Json::array();
  for (const ColumnEntry& column : page.columns) {
    json["columns"].push_back({{"name", column.name},
                               {"numeric", column.numeric},
                               {"missing", column.missing},
                               {"distinct", column.distinct},
                               {"samples", column.samples}});
  }
  return written(json);
}

}  // namespace tcosim
