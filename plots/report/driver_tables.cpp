// What drives the total, and the other quantities.
#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

// What rounds to nothing is "+0.00", never "-0.00".
std::string correlation(double rho) {
  return fmt::format("{:+.2f}", std::round(rho * 100) / 100 + 0.0);
}

}  // namespace

Markup sensitivity_table(const Result& result) {
  if (result.sensitivity.empty()) return {};
  const Money money(result);
  Table table{"table-sensitivity",
              "What drives the total: swing of its mean" + in_currency(result.currency),
              {{"Input", false},
               {"Rank"},
               {"Total's mean from"},
               {"to"},
               {"Rank correlation"},
               {"Share of variance"},
               {"Input P10"},
               {"Input P90"},
               {"Unit", false}},
              {}};
  for (const SensitivityRow& row : result.sensitivity) {
    const std::string rank = std::to_string(table.rows.size() + 1);
    table.rows.push_back({{words(row.label.empty() ? row.name : row.label),
                           {escaped(rank), rank, true},
                           number(row.swing_low, money.amount(row.swing_low)),
                           number(row.swing_high, money.amount(row.swing_high)),
                           number(row.spearman, correlation(row.spearman)),
                           number(row.contribution, text::percent(row.contribution)),
                           number(row.input_low, text::significant(row.input_low)),
                           number(row.input_high, text::significant(row.input_high)),
                           words(row.unit)},
                          row.above_noise ? "" : "noise"});
  }
  table.note =
      markup("Inputs in grey swing less than {}, what an input without influence stays under 95% of the time.{}",
             text::with_unit(text::significant(result.noise_threshold, 3), result.currency),
             result.correlated ? " Some inputs are correlated: each bar holds what moves along with its input, "
                                 "so that bars overlap and do not add up."
                               : "");
  return render(table);
}

Markup outputs_table(const Result& result) {
  if (result.outputs.empty()) return {};
  Table table{"table-outputs",
              "Other quantities, not part of the total",
              {{"Quantity", false}, {"Mean"}, {"P10"}, {"P50"}, {"P80"}, {"P90"}, {"Unit", false}},
              {}};
  for (const Distributed& output : result.outputs) {
    Row row{{words(output.name), number(output.mean, text::significant(output.mean))}};
    for (const char* name : {"P10", "P50", "P80", "P90"}) {
      const auto found = std::ranges::find(output.percentiles, name, &PercentileValue::name);
      row.cells.push_back(found == output.percentiles.end() ? nothing()
                                                            : number(found->value, text::significant(found->value)));
    }
    row.cells.push_back(words(output.unit));
    table.rows.push_back(std::move(row));
  }
  return render(table);
}

}  // namespace tcosim::report
