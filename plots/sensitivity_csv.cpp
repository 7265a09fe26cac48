#include "plots/csv_record.hpp"
#include "plots/sensitivity_text.hpp"

namespace tcosim {
namespace {

std::string method_table(const MethodTable& table) {
  std::vector<std::string> header{"name", "label", "kind", "unit", "rank", "above_noise"};
  for (const Measure& measure : table.columns)
    for (const char* end : {"", "_low", "_high"}) header.push_back(csv::text_cell(measure.key + end));
  for (const double at : table.curve_at) header.push_back(fmt::format("at_{}", at));
  std::string out = csv::line_of(header);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const SubjectRow& row = table.rows[i];
    const bool ranked = table.ranks && row.ranked && row.above_noise && row.strength > 0;
    std::vector<std::string> cells{csv::text_cell(row.name),
                                   csv::text_cell(row.label),
                                   csv::text_cell(row.kind),
                                   csv::text_cell(row.unit),
                                   ranked ? fmt::format("{}", i + 1) : "",
                                   row.above_noise ? "true" : "false"};
    for (const Estimate& value : row.values)
      cells.insert(cells.end(),
                   {csv::number_cell(value.value), csv::number_cell(value.low), csv::number_cell(value.high)});
    for (const Estimate& point : row.curve) cells.push_back(csv::number_cell(point.value));
    out += csv::line_of(cells);
  }
  return out;
}

std::string ranks_table(const SensitivityResult& result) {
  std::vector<std::string> header{"name", "label", "kind"};
  for (const std::string& method : result.rank_methods) header.push_back(csv::text_cell(method));
  header.emplace_back("remark");
  std::string out = csv::line_of(header);
  for (const RankRow& row : result.ranks) {
    std::vector<std::string> cells{csv::text_cell(row.name), csv::text_cell(row.label), csv::text_cell(row.kind)};
    for (const auto& rank : row.ranks) cells.push_back(rank ? fmt::format("{}", *rank) : "");
    cells.push_back(csv::text_cell(row.remark));
    out += csv::line_of(cells);
  }
  return out;
}

std::string stress_table(const StressResult& stress) {
  std::string out = csv::record("what", "name", "label", "before", "after", "low", "high", "unit");
  for (std::size_t i = 0; i < stress.summary.size(); ++i) {
    const StressedValue& value = stress.summary[i];
    const SamplingInterval bounds = i < stress.intervals.size() ? stress.intervals[i] : SamplingInterval{};
    out += csv::record("explained", value.name, value.label, value.before, value.after, bounds.low, bounds.high,
                       value.unit);
  }
  const auto add = [&](const char* what, const std::vector<StressedValue>& values) {
    for (const StressedValue& value : values)
      out += csv::record(what, value.name, value.label, value.before, value.after, "", "", value.unit);
  };
  add("input", stress.inputs);
  add("line", stress.lines);
  return out;
}

}  // namespace

std::vector<CsvTable> to_csv(const SensitivityResult& result) {
  std::vector<CsvTable> tables;
  for (const MethodTable& table : result.methods) tables.push_back({table.method + ".csv", method_table(table)});
  if (!result.ranks.empty()) tables.push_back({"ranks.csv", ranks_table(result)});
  if (result.stress) tables.push_back({"stress.csv", stress_table(*result.stress)});
  return tables;
}

}  // namespace tcosim
