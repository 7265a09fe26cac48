// Shapley effects by walks from one draw of all inputs to another, each in a random order of the subjects.
// Lines and categories share inputs, so they are no players; of a sum, though, their shares are known exactly.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "sim/analysis/conditional_copula.hpp"
#include "sim/analysis/shapley_effects.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/paired_draws.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::uint64_t kEvaluations = 1 << 22;

/// A correlation group of which several subjects have members: these are drawn given each other.
struct PartedGroup {
  std::vector<std::uint32_t> variables;
  ConditionalCopula copula;
  std::size_t scale_column = 0;  ///< of a t
};

/// The subjects as players.
struct Game {
  std::vector<std::vector<std::uint32_t>> variables;  ///< by player, those that are in no parted group
  /// By player: the groups it has members of, and which.
  struct Share {
    std::size_t group = 0;
    std::vector<std::uint32_t> members;
  };
  std::vector<std::vector<Share>> shares;
  std::vector<PartedGroup> groups;
  std::vector<CorrelationGroup> second_groups;  ///< correlations of the second draws
  std::vector<std::string> scales;              ///< streams of the t copulas' second scales
  /// Consecutive rows that take the players in the same order: as many as the largest parted group has members, so that
  /// solving for its conditionals costs no more than applying them. With twenty of them the intervals are as narrow as
  /// with an order a row, in a quarter of the time.
  std::size_t rows_together = 1;

  [[nodiscard]] std::size_t players() const { return variables.size(); }
  [[nodiscard]] bool independent() const { return groups.empty(); }
};

std::vector<std::uint32_t> members_of(const Subject& subject, const CorrelationGroup& group) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t m = 0; m < group.variables.size(); ++m)
    if (std::ranges::find(subject.variables, group.variables[m]) != subject.variables.end()) members.push_back(m);
  return members;
}

Game make_game(const SensitivityProblem& problem) {
  const Scenario& scenario = problem.scenario;
  Game game;
  game.shares.resize(problem.subjects.size());
  std::vector<char> parted(scenario.variables.size(), 0);
  for (const CorrelationGroup& group : scenario.correlation_groups) {
    const bool whole = std::ranges::any_of(problem.subjects, [&](const Subject& subject) {
      return members_of(subject, group).size() == group.variables.size();
    });
    CorrelationGroup second = group;
    if (!whole) {
      for (std::size_t s = 0; s < problem.subjects.size(); ++s)
        if (auto members = members_of(problem.subjects[s], group); !members.empty())
          game.shares[s].push_back({game.groups.size(), std::move(members)});
      for (const std::uint32_t variable : group.variables) parted[variable] = 1;
      game.groups.push_back({group.variables, ConditionalCopula(group.copula), 0});
      game.rows_together = std::max(game.rows_together, group.variables.size());
      if (group.copula.kind == CopulaKind::student_t) {
        game.groups.back().scale_column = 2 * scenario.variables.size() + game.scales.size();
        game.scales.push_back("copula/" + scenario.variables[group.variables[0]].stream + "/third draw");
        second.copula.kind = CopulaKind::gaussian;
      }
    }
    const bool pair = second.copula.kind != CopulaKind::gaussian && second.copula.kind != CopulaKind::student_t;
    if (whole || !pair) game.second_groups.push_back(std::move(second));
  }
  for (const Subject& subject : problem.subjects) {
    game.variables.emplace_back();
    for (const std::uint32_t variable : subject.variables)
      if (parted[variable] == 0) game.variables.back().push_back(variable);
  }
  return game;
}

/// Orders of the players, one a run of rows; every second order is the one before it backwards.
class Orders {
 public:
  Orders(std::uint64_t seed, std::size_t players)
      : stream_(make_stream(seed, "sensitivity/orders of players")), players_(players) {}

  void fill(std::uint64_t index, std::vector<std::uint32_t>& order) {
    order.resize(players_);
    uniforms_.resize(players_);
    std::iota(order.begin(), order.end(), 0U);
    for (std::size_t i = 0; i < players_; ++i)
      uniforms_[i] = open_uniform(mix64(stream_.key + mix64(index / 2 * players_ + i + 1)));
    for (std::size_t i = players_; i-- > 1;)
      std::swap(order[i], order[static_cast<std::size_t>(uniforms_[i] * static_cast<double>(i + 1))]);
    if (index % 2 == 1) std::ranges::reverse(order);
  }

 private:
  Stream stream_;
  std::size_t players_;
  std::vector<double> uniforms_;
};

/// One thread's walks, a few hundred at a time.
class Walker {
 public:
  Walker(const SensitivityProblem& problem, const Game& game, const ExplainedModel& model, const PairedDraws& draws)
      : game_(game),
        draws_(draws),
        target_(model.target),
        variables_(problem.scenario.variables.size()),
        block_(model.program),
        orders_(problem.options.seed, game.players()),
        uniforms_(draws.width * rows_at_a_time()),
        current_(variables_ * rows_at_a_time()) {
    for (const PartedGroup& group : game.groups) {
      given_.emplace_back(group.variables.size() * rows_at_a_time());
      fresh_.emplace_back(group.variables.size() * rows_at_a_time());
      out_.emplace_back(group.variables.size() * rows_at_a_time());
    }
  }

  void walk(std::uint64_t first, std::size_t count, ShapleySums& sums) {
    start(first, count);
    const std::size_t players = game_.players();
    y_.resize((players + 1) * count);
    evaluate(0);
    for (std::size_t step = 0; step < players; ++step) {
      for (Run& run : runs_) redraw(run, run.order[step]);
      evaluate(step + 1);
    }
    std::vector<double> path(players + 1);
    for (const Run& run : runs_) {
      for (std::size_t i = run.first; i < run.end; ++i) {
        for (std::size_t step = 0; step <= players; ++step) path[step] = y_[step * count_ + i];
        add_walk(sums, path, run.order, game_.independent());
      }
    }
  }

 private:
  /// Rows that take the same order.
  struct Run {
    std::size_t first = 0, end = 0;
    std::vector<std::uint32_t> order;
    std::vector<std::vector<char>> anew;  ///< by parted group: its members drawn so far
  };

  [[nodiscard]] DrawColumns rows(std::vector<double>& columns, const Run& run) const {
    return {columns.data() + run.first, rows_at_a_time(), run.end - run.first};
  }

  void start(std::uint64_t first, std::size_t count) {
    count_ = count;
    const DrawColumns u{uniforms_.data(), rows_at_a_time(), count}, now{current_.data(), rows_at_a_time(), count};
    draws_.fill(first, u, scratch_);
    for (std::size_t v = 0; v < variables_; ++v) std::ranges::copy(u[v], now[v].begin());
    for (std::size_t g = 0; g < game_.groups.size(); ++g) {
      const PartedGroup& group = game_.groups[g];
      const DrawColumns given{given_[g].data(), rows_at_a_time(), count},
          fresh{fresh_[g].data(), rows_at_a_time(), count};
      for (std::size_t m = 0; m < group.variables.size(); ++m) {
        std::ranges::copy(u[group.variables[m]], given[m].begin());
        std::ranges::copy(u[variables_ + group.variables[m]], fresh[m].begin());
        group.copula.to_given(given[m]);
        group.copula.to_fresh(fresh[m]);
      }
    }
    runs_.clear();
    for (std::size_t i = 0; i < count;) {
      const std::uint64_t row = first + i, index = row / game_.rows_together;
      const std::uint64_t left = (index + 1) * game_.rows_together - row;
      Run run{i, i + static_cast<std::size_t>(std::min<std::uint64_t>(left, count - i)), {}, {}};
      orders_.fill(index, run.order);
      for (const PartedGroup& group : game_.groups) run.anew.emplace_back(group.variables.size(), 0);
      i = run.end;
      runs_.push_back(std::move(run));
    }
  }

  /// The player's variables in this run's rows.
  void redraw(Run& run, std::uint32_t player) {
    const DrawColumns u = rows(uniforms_, run), now = rows(current_, run);
    for (const std::uint32_t v : game_.variables[player]) std::ranges::copy(u[variables_ + v], now[v].begin());
    for (const Game::Share& share : game_.shares[player]) {
      const PartedGroup& group = game_.groups[share.group];
      std::vector<char>& anew = run.anew[share.group];
      for (const std::uint32_t m : share.members) anew[m] = 1;
      const bool scaled = group.scale_column != 0;
      const DrawColumns out = rows(out_[share.group], run);
      group.copula.redraw(rows(given_[share.group], run), rows(fresh_[share.group], run),
                          scaled ? u[group.scale_column] : std::span<double>(), anew, out);
      for (std::size_t m = 0; m < anew.size(); ++m)
        if (anew[m] != 0) std::ranges::copy(out[m], now[group.variables[m]].begin());
    }
  }

  void evaluate(std::size_t step) {
    const DrawColumns now{current_.data(), rows_at_a_time(), count_};
    block_.run([&](std::uint32_t v, std::span<double> out) { std::ranges::copy(now[v], out.begin()); }, count_);
    std::copy_n(block_.column(target_), count_, y_.begin() + static_cast<std::ptrdiff_t>(step * count_));
  }

  const Game& game_;
  const PairedDraws& draws_;
  Register target_;
  std::size_t variables_, count_ = 0;
  Block block_;
  Orders orders_;
  std::vector<double> uniforms_, current_, scratch_, y_;
  std::vector<std::vector<double>> given_, fresh_, out_;  ///< by parted group
  std::vector<Run> runs_;
};

std::vector<ShapleySums> walk(const SensitivityProblem& problem, const Game& game, const PairedDraws& draws) {
  const ExplainedModel model(problem);
  std::vector<Walker> walkers;
  for (int i = 0; i < thread_count(problem.options.threads); ++i) walkers.emplace_back(problem, game, model, draws);
  std::vector<ShapleySums> sums(draws.parts);
  for_each_piece(draws.parts, problem.options.threads, [&](std::size_t part, std::size_t worker) {
    for (std::uint64_t first = draws.first_row(part); first < draws.end_row(part); first += rows_at_a_time())
      walkers[worker].walk(
          first, static_cast<std::size_t>(std::min<std::uint64_t>(rows_at_a_time(), draws.end_row(part) - first)),
          sums[part]);
  });
  return sums;
}

MethodTable table_of(const SensitivityProblem& problem, const std::vector<Estimate>& effects) {
  MethodTable table;
  table.columns = {{"shapley", "share of the variance", Measure::Scale::share}};
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    SubjectRow row = row_of(problem.subjects[s]);
    row.values = {effects[s]};
    row.strength = std::abs(effects[s].value);
    row.above_noise = *effects[s].low > 0 || *effects[s].high < 0;
    table.rows.push_back(std::move(row));
  }
  if (const auto note = note_on_statistic(problem)) table.notes.push_back(*note);
  return table;
}

/// Of the parts of a sum.
Expected<MethodTable, std::string> share_out(const SensitivityProblem& problem) {
  if (problem.output)
    return Unexpected{"lines and categories add up to the total, not to " + explained_name(problem) +
                      ": take --by inputs or --by groups"};
  const SensitivitySample& sample = *problem.sample;
  const std::vector<std::span<const double>> columns(sample.x.begin(), sample.x.end());
  MethodTable table = table_of(problem, variance_shares(columns, sample.y));
  table.measures =
      "Each {one}'s covariance with the total, as a share of the total's variance: what a fair division of the "
      "variance "
      "gives the parts of a sum.";
  table.caution =
      "Do not take a negative share for no influence: such {a} goes down when the others go up, and so hedges them. It "
      "explains the variance only.";
  table.draws = sample.y.size();
  return table;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  if (problem.options.by == RankBy::lines || problem.options.by == RankBy::categories) return share_out(problem);
  const Game game = make_game(problem);
  const std::uint64_t evaluations = problem.options.draws.value_or(kEvaluations);
  const std::uint64_t rows = std::max<std::uint64_t>(evaluations / (game.players() + 1), 1);
  const auto draws = pair_draws(problem, std::bit_floor(rows), game.second_groups, game.scales);
  if (!draws) return Unexpected{draws.error()};
  const std::vector<ShapleySums> sums = walk(problem, game, *draws);
  for (const ShapleySums& part : sums)
    if (!std::isfinite(part.variance))
      return Unexpected{explained_name(problem) + " is not a finite number in some draws"};

  MethodTable table = table_of(problem, shapley_effects(sums));
  table.notes.push_back(
      "The shares add up to 100%: interactions, and what correlated inputs do together, are divided among those who "
      "take part.");
  table.evaluations = draws->rows * (game.players() + 1);
  return table;
}

}  // namespace

const SensitivityMethod kShapley{
    "shapley",
    "Shapley effects: a fair division of the variance, correlations included",
    "Each {one}'s share of the variance: what it adds to what the others explain, averaged over all orders of them.",
    "Do not use it to drop {all}: one that does nothing itself earns credit from those it is correlated with. It "
    "explains "
    "the variance only.",
    "Owen 2014; Song, Nelson, Staum 2016; Goda 2021; of lines Colini-Baldeschi, Scarsini, Vaccari 2018",
    true,
    run};

}  // namespace tcosim::sensitivity
