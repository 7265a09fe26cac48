// How the figures of a run were made, a paragraph each, with sources.
#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

Markup note(const char* head, const Markup& body) {
  return markup("<dt>{}</dt>\n<dd>{}</dd>\n", head, body);
}

Markup sampling_words(const RunInfo& run) {
  if (run.sampling == "lhs")
    return markup("Latin hypercube sampling (McKay, Beckman and Conover 1979) in {} independent replicates",
                  run.replicates);
  if (run.sampling == "sobol")
    return markup("Sobol points (directions of Joe and Kuo 2008, Owen's scrambling) in {} independent replicates",
                  run.replicates);
  return markup("Monte Carlo, independent draws");
}

Markup draws_note(const Result& result) {
  return markup(
      "{} draws, seed {}: {}. Every input is drawn by inversion of its distribution, from random numbers that depend "
      "on "
      "the seed, the input's name and the number of the draw alone (xoshiro256++, Blackman and Vigna 2021). The same "
      "file, seed and version give the same figures on any machine.",
      text::count(result.run.draws), result.run.seed, sampling_words(result.run));
}

Markup percentile_note(const Result& result) {
  const bool replicates = result.run.replicates > 1;
  return markup(
      "A percentile is a draw: the one at rank n p, rounded up, of the n sorted totals (Hyndman and Fan 1996, type 1). "
      "Nothing is interpolated, and no distribution is fitted to the totals.{}",
      Markup{replicates
                 ? " Intervals are 95% and come from how much the replicates differ (Student's t)."
                 : " Intervals are 95%: those of percentiles are exact order statistics (David and Nagaraja 2003, "
                   "section 7.1), those of a chance Wilson's (1927)."});
}

Markup base_note(const Result& result) {
  const std::string& rule = result.base.rule;
  return markup(
      "The base estimate evaluates every formula once, {}. Risks count nothing in it. Contingency is the budget less "
      "the base estimate; the budget is a percentile of the total.",
      rule == "declared" ? "each input at the value that the file declares for it, else at its mode where its "
                           "distribution states one, else at its median"
                         : "each input at its " + rule);
}

Markup allocation_note(const Result& result) {
  return markup(
      "The {} contingency is shared out over lines by {}: a line's mean, plus its covariance with the total over the "
      "total's variance times what the budget exceeds the mean by, less its base (Tasche 1999). The shares add up to "
      "the whole; a share may be negative.",
      result.headline, result.allocation);
}

Markup tornado_note(const Result& result) {
  return markup(
      "Each input's draws are cut into ten slices of equal count; a bar runs from the least to the greatest mean of "
      "the "
      "total over the slices. The rank correlation is Spearman's (1904); the share of variance is its square over the "
      "sum of all squares. Made from {} draws. An input without influence would show a swing of {} {}, and stay under "
      "{} 95% of the time: what is narrower cannot be told from noise.",
      text::count(result.run.sensitivity_draws), result.run.sampling == "sobol" ? "at most" : "about",
      text::with_unit(text::significant(result.noise_floor, 3), result.currency),
      text::with_unit(text::significant(result.noise_threshold, 3), result.currency));
}

Markup until_note(const RunInfo& run) {
  if (!run.until) return {};
  const std::string goal = text::significant(100 * *run.until, 6) + "%";
  return note("When drawing stopped",
              run.until_reached ? markup("When the interval of every reported contingency was within {} of it.", goal)
                                : markup("At the most draws allowed, before every contingency was known to {}.", goal));
}

}  // namespace

Markup method_notes(const Result& result) {
  Markup notes = note("Draws", draws_note(result)) + until_note(result.run) +
                 note("Percentiles and intervals", percentile_note(result)) +
                 note("Base estimate and contingency", base_note(result));
  notes += note("What the intervals leave out",
                markup("They are the error of sampling alone, which more draws make narrower. How well the file "
                       "describes the world is for its authors to judge: see the assumptions."));
  if (!result.lines.empty()) notes += note("Contingency of lines", allocation_note(result));
  if (!result.sensitivity.empty()) notes += note("Tornado and noise floor", tornado_note(result));
  if (!result.total.cvar.empty())
    notes +=
        note("Expected shortfall", markup("The mean of the draws that are worse than a percentile (Rockafellar and "
                                          "Uryasev 2000)."));
  return markup("<dl class=\"notes\">\n{}</dl>\n", notes);
}

}  // namespace tcosim::report
