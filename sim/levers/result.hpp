// What a study of levers found, in plain structs: the only part of sim/levers/ that text, JSON and tables see.
// Money is in `currency`; savings are the baseline's total less that with the levers, draw by draw on the same random
// numbers, so that positive is good. "Net" has what the levers cost in it, "gross" has not.
// Promises that every number shown anywhere is made before this point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// A percentile of the total without and with the levers.
struct PercentileEffect {
  std::string name;  ///< "P80"
  double before = 0, after = 0;
  Estimate saving;  ///< before less after
};

/// What a set of levers does, against the baseline.
struct SetSaving {
  std::vector<std::string> levers;  ///< names, in file order, without those of the baseline
  Estimate cost;                    ///< mean of what pulling them costs
  Estimate gross;                   ///< mean saving before that cost
  Estimate saving;                  ///< mean saving, net
  Estimate p10, p90;                ///< of the net saving, over the draws
  Estimate probability;             ///< that the net saving is above nothing
  std::vector<PercentileEffect> percentiles;
  double base = 0, base_saving = 0;  ///< the base estimate with them, and how much lower it is
  Estimate contingency;              ///< headline less base, with them
  Estimate contingency_saving;       ///< how much less contingency is needed
  std::optional<Estimate> per_cost;  ///< gross over cost: what each unit of money spent on them brings back
  Estimate objective;                ///< of the total with them
  Estimate objective_saving;
};

/// One lever alone.
struct LeverRow {
  std::string name, label;
  std::vector<std::string> needs;     ///< levers that had to be pulled with it; they are in `effect`
  std::vector<std::string> excludes;  ///< levers that cannot be pulled with it
  std::string unavailable;            ///< why it cannot be pulled on this baseline; then there is no effect
  SetSaving effect;
};

struct ShapleyShare {
  std::string name, label;
  Estimate share;       ///< of the joint mean net saving, in money
  double fraction = 0;  ///< of the joint saving; 0 where that is 0
};

struct ShapleyResult {
  std::vector<ShapleyShare> shares;  ///< largest first; they add up to `joint`
  double joint = 0;                  ///< mean net saving of `set`
  std::vector<std::string> set;      ///< all levers, or the best that can be pulled together of them
  bool all_sets = true;              ///< false: from `orders` random orders
  std::uint64_t orders = 0;
  std::uint64_t sets = 0;  ///< whose saving it took
};

/// The winner once more, on random numbers that it was not chosen by.
struct FreshDraws {
  std::uint64_t seed = 0, draws = 0;
  double objective_before = 0;
  Estimate objective, objective_saving, saving, probability;
};

struct LeverBudget {
  double budget = 0;  ///< for mean adoption costs
  SetSaving best;
};

struct LeversResult {
  std::string command = "levers";
  std::string title, file, currency, horizon;
  RunInfo run;
  std::string objective;        ///< "P80"
  std::string objective_words;  ///< "the P80"
  std::string headline;         ///< "P80"
  std::vector<std::string> baseline;
  double baseline_mean = 0, baseline_base = 0;
  Estimate baseline_objective;
  std::vector<LeverRow> alone;  ///< by mean net saving, the largest first; unavailable ones last
  SetSaving together;           ///< as many as can be pulled together
  bool all_together = true;     ///< which are all
  ShapleyResult shapley;
  std::vector<SetSaving> best;  ///< of each number of levers, from none
  std::string search;           ///< how the best were found: "all", "all at fewer draws", "add and swap"
  std::uint64_t search_draws = 0, search_sets = 0;
  std::vector<SetSaving> frontier;  ///< by cost
  SetSaving winner;                 ///< the best of all, or the best within the budget
  FreshDraws fresh;
  std::optional<LeverBudget> budget;
  std::vector<std::string> notes;
};

}  // namespace tcosim
