// The classic tornado: one subject at its P10 and P90, everything else at its base.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/sensitivity/paired_draws.hpp"
#include "sim/sensitivity/rows.hpp"
#include "sim/sensitivity/subject_moves.hpp"

namespace tcosim::sensitivity {
namespace {

std::optional<double> distance(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a || !b) return std::nullopt;
  return std::abs(*a - *b);
}

SubjectRow row_for(const SensitivityProblem& problem, std::size_t subject, double base) {
  constexpr std::array kEnds{Percentile{10}, Percentile{90}};
  const std::vector<Estimate> ends =
      explained_at(problem, subject, kEnds, {.rare_when_they_happen = true, .together = problem.options.together});
  Estimate width{std::abs(ends[1].value - ends[0].value), {}, {}};
  // of draws: the ends' intervals, the nearer and the farther way
  const bool rises = ends[1].value >= ends[0].value;
  const Estimate &upper = ends[rises ? 1 : 0], &lower = ends[rises ? 0 : 1];
  if (upper.low || lower.low) {
    width.low = distance(upper.low ? upper.low : upper.value, lower.high ? lower.high : lower.value);
    width.high = distance(upper.high ? upper.high : upper.value, lower.low ? lower.low : lower.value);
  }
  SubjectRow row = row_of(problem.subjects[subject]);
  row.values = {ends[0], ends[1], width};
  if (base > 0) {
    Estimate share{width.value / base, {}, {}};
    if (width.low) share.low = *width.low / base;
    if (width.high) share.high = *width.high / base;
    row.values.push_back(share);
  }
  row.strength = width.value;
  row.above_noise = width.value > 0;
  row.ranked = !is_rare(problem.scenario, problem.subjects[subject]);
  return row;
}

/// "Data leak (5%)", with how often it happens.
std::string rare_risks(const SensitivityProblem& problem) {
  std::string risks;
  for (const Subject& subject : problem.subjects) {
    if (!is_rare(problem.scenario, subject)) continue;
    risks += (risks.empty() ? "" : ", ") + shown_name(subject);
    if (const auto nothing = chance_of_nothing(problem.scenario, subject))
      risks += fmt::format(" ({:.2g}%)", 100 * (1 - *nothing));
  }
  return risks;
}

void add_notes(const SensitivityProblem& problem, MethodTable& table) {
  if (const std::string risks = rare_risks(problem); !risks.empty())
    table.notes.push_back(fmt::format(
        "Rare: {}. What happens one time in ten or less is at nothing at its P10 and at its P90; its figures "
        "go from not happening to the P90 of its impact when it does. They have no rank beside those whose "
        "ends are reached one time in ten.",
        risks));
  const bool correlated = !problem.scenario.correlation_groups.empty();
  if (correlated && !problem.options.together)
    table.notes.emplace_back("Correlated inputs stay at their base while one moves; --together moves them along.");
  if (problem.options.together) {
    bool others = false;
    for (const CorrelationGroup& group : problem.scenario.correlation_groups)
      others = others || group.copula.kind != CopulaKind::gaussian;
    table.notes.emplace_back(!correlated ? "No inputs are correlated: nothing moves along."
                             : others    ? "Inputs that correlate move along; those joined by another copula than the "
                                           "Gaussian stay at their base."
                                      : "Inputs that correlate with the one that moves go along to their median given "
                                        "it.");
  }
  if (problem.options.by == RankBy::lines || problem.options.by == RankBy::categories)
    table.notes.emplace_back("P10 and P90 are those of each row's own money; what is computed from it follows.");
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const double base = explained_base(problem);
  MethodTable table;
  table.columns = {{"at_low", "at P10", Measure::Scale::amount},
                   {"at_high", "at P90", Measure::Scale::amount},
                   {"width", "width", Measure::Scale::amount}};
  if (base > 0) table.columns.push_back({"width_share", "of the base", Measure::Scale::share});
  table.centre = base;
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    SubjectRow row = row_for(problem, s, base);
    if (!std::isfinite(row.strength))
      return Unexpected{"with '" + row.name + "' at its P10 or P90 and the rest at their base, " +
                        explained_name(problem) + " is not a finite number"};
    table.rows.push_back(std::move(row));
  }
  table.evaluations = 2 * problem.subjects.size();
  add_notes(problem, table);
  return table;
}

}  // namespace

const SensitivityMethod kOneAtATime{
    "one-at-a-time",
    "One at a time: each {one} at its P10 and P90, the others at their base",
    "What the single-point estimate becomes when one {one} is at its P10 or P90 and everything else stays at its base.",
    "Do not use it for what {all} do together, or for how likely a bar's end is: it is no percentile of the total.",
    "the classic tornado; together: z_j = rho_ij z_i in a Gaussian copula",
    true,
    run};

}  // namespace tcosim::sensitivity
