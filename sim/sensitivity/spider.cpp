// Spider: what is explained along the percentiles of one subject, everything else at its base.
#include <algorithm>
#include <cmath>

#include "sim/sensitivity/paired_draws.hpp"
#include "sim/sensitivity/rows.hpp"
#include "sim/sensitivity/subject_moves.hpp"

namespace tcosim::sensitivity {
namespace {

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  std::vector<Percentile> percentiles;
  for (int p = 5; p <= 95; p += 5) percentiles.push_back({p});
  MethodTable table;
  table.columns = {{"least", "least", Measure::Scale::amount},
                   {"greatest", "greatest", Measure::Scale::amount},
                   {"range", "range", Measure::Scale::amount}};
  const double base = explained_base(problem);
  if (base > 0) table.columns.push_back({"range_share", "of the base", Measure::Scale::share});
  table.centre = base;
  table.curve_title = "the base estimate with one {one} at its percentile, from P5 to P95";
  for (const Percentile percentile : percentiles) table.curve_at.push_back(percentile.probability());
  bool rare = false;
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    SubjectRow row = row_of(problem.subjects[s]);
    row.curve = explained_at(problem, s, percentiles, {});
    const auto [least, greatest] = std::ranges::minmax(row.curve, {}, &Estimate::value);
    row.strength = greatest.value - least.value;
    if (!std::isfinite(row.strength))
      return Unexpected{"with '" + row.name + "' at some percentile and the rest at their base, " +
                        explained_name(problem) + " is not a finite number"};
    row.values = {least, greatest, {row.strength, {}, {}}};
    if (base > 0) row.values.push_back({row.strength / base, {}, {}});
    row.above_noise = row.strength > 0;
    rare = rare || chance_of_nothing(problem.scenario, problem.subjects[s]).value_or(0) > 0.05;
    table.rows.push_back(std::move(row));
  }
  table.evaluations = percentiles.size() * problem.subjects.size();
  if (rare)
    table.notes.emplace_back(
        "A risk is at nothing up to the percentile where it begins to happen: one that happens less than one time in "
        "twenty stays flat.");
  return table;
}

}  // namespace

const SensitivityMethod kSpider{"spider",
                                "Spider: along the percentiles of each {one}, the others at their base",
                                "What the single-point estimate becomes as one {one} goes from its P5 to its P95 while "
                                "everything else stays at its "
                                "base: straight, bent, or turning.",
                                "Do not use it for what {all} do together: correlated inputs stay at their base.",
                                "spider plot over percentiles P5, P10, ..., P95",
                                true,
                                run};

}  // namespace tcosim::sensitivity
