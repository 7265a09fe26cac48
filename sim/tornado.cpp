#include "sim/tornado.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scenarios/formula_builder.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/analysis/swing.hpp"
#include "sim/draw_columns.hpp"
#include "sim/lower_bound.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kFineBins = 4096;
constexpr std::size_t kExactRanks = 16384, kRankPilot = 4096, kRankSteps = 16;
constexpr std::size_t kPart = 2048;
constexpr std::size_t kSlabValues = std::size_t{1} << 21;  // uniforms of correlation groups kept at a time: shorter
// slabs fetch each member's bins too often (a quarter of this: the tornado took a half longer)
constexpr std::string_view kLineStream = "line/";  // the streams of distributions in lines' formulas

/// The formula as an affine function of one distribution; nothing when it is anything else.
std::optional<AffineForm> form_of(const Formula& formula) {
  const auto form = affine_form(formula, {});
  return form && form->variable && form->factor != 0 ? form : std::nullopt;
}

/// What is gathered of one bar.
struct Gathered {
  struct FineBin {
    double count = 0, sum = 0;
  };
  std::vector<FineBin> bins = std::vector<FineBin>(kFineBins);
  double x = 0, xy = 0, xx = 0;  ///< sums of scores, less 1/2, of the input and (y) of the total

  void add(double place, double score, double total, double total_rank) {
    FineBin& bin = bins[std::min(kFineBins - 1, static_cast<std::size_t>(place * static_cast<double>(kFineBins)))];
    bin.count += 1;
    bin.sum += total;
    const double centred = score - 0.5;
    x += centred;
    xy += centred * (total_rank - 0.5);
    xx += centred * centred;
  }
};

class Tornado {
 public:
  Tornado(const Scenario& scenario, std::span<const Sampler> samplers, const UniformSource& uniforms,
          const TornadoDraws& draws, int threads)
      : scenario_(scenario),
        samplers_(samplers),
        uniforms_(uniforms),
        totals_(draws.totals),
        lines_(draws.lines),
        total_ranks_(fine_ranks(draws.totals, threads)),
        threshold_(swing_noise(draws.spread, draws.totals.size()).threshold) {
    // Mid-ranks as shares have a mean of exactly 1/2.
    for (const double rank : total_ranks_) total_rank_squares_ += (rank - 0.5) * (rank - 0.5);
    gather_groups(threads);
  }

  [[nodiscard]] SensitivityRow input(std::uint32_t index) const {
    const Input& input = scenario_.inputs[index];
    SensitivityRow row;
    if (const auto form = form_of(input.formula)) {
      row = of_variable(*form->variable, form->factor < 0);
      const Distribution& d = scenario_.variables[*form->variable].distribution;
      row.input_low = form->location + form->factor * (form->factor > 0 ? quantile(d, 0.1) : quantile_upper(d, 0.1));
      row.input_high = form->location + form->factor * (form->factor > 0 ? quantile_upper(d, 0.1) : quantile(d, 0.1));
    } else {
      row = of_values(index);
    }
    row.name = input.name;
    row.label = input.annotation.label;
    row.unit = input.unit;
    return row;
  }

  /// A distribution written in a line's formula: the line's name, with a number where it has several.
  [[nodiscard]] SensitivityRow line_draw(std::uint32_t variable) const {
    const Variable& drawn = scenario_.variables[variable];
    SensitivityRow row = of_variable(variable, false);
    row.input_low = quantile(drawn.distribution, 0.1);
    row.input_high = quantile_upper(drawn.distribution, 0.1);
    row.name = drawn.stream.substr(kLineStream.size());
    const std::string first = row.name.substr(0, row.name.find('#'));
    const bool only = std::ranges::none_of(
        scenario_.variables, [&](const Variable& v) { return v.stream == std::string(kLineStream) + first + "#2"; });
    if (only) row.name = first;
    return row;
  }

  [[nodiscard]] SensitivityRow risk(std::uint32_t index) const {
    const Line& line = scenario_.lines[index];
    SensitivityRow row = of_variable(*line.risk_variable, false);
    row.input_low = lines_[index].p10;
    row.input_high = lines_[index].p90;
    row.name = line.name;
    row.label = line.annotation.label;
    row.unit = scenario_.currency;
    return row;
  }

 private:
  [[nodiscard]] SensitivityRow to_row(const Gathered& gathered) const {
    std::vector<double> counts, sums;
    for (const Gathered::FineBin& bin : gathered.bins) {
      counts.push_back(bin.count);
      sums.push_back(bin.sum);
    }
    SensitivityRow row;
    const Swing bar = swing(counts, sums);
    row.swing_low = bar.low;
    row.swing_high = bar.high;
    const auto n = static_cast<double>(totals_.size());
    row.spearman = correlation({gathered.xy, gathered.xx - gathered.x * gathered.x / n, total_rank_squares_});
    row.above_noise = bar.width() > threshold_;
    return row;
  }

  /// The bars of all members of correlation groups, whose uniforms are only to be had together: slab by slab, first
  /// the uniforms of a slab (side by side by part and group), then what each member gathers of them, in order.
  void gather_groups(int threads) {
    std::vector<CorrelatedBar> bars = correlated_bars();
    if (bars.empty()) return;
    correlated_.resize(scenario_.variables.size());
    const std::size_t draws = totals_.size(), groups = scenario_.correlation_groups.size();
    const bool few = draws <= kExactRanks;
    const std::size_t slab = few ? draws : slab_length(draws, bars.size(), thread_count(threads));
    const std::size_t parts = (slab + kPart - 1) / kPart;
    std::vector<double> uniforms(bars.size() * slab);
    for (std::size_t first = 0; first < draws; first += slab) {
      const std::size_t count = std::min(slab, draws - first);
      for_each_piece(parts * groups, threads, [&](std::size_t piece, std::size_t) {
        const std::size_t from = piece / groups * kPart;
        if (from >= count) return;
        const std::vector<char> all(uniforms_.group_size(piece % groups), 1);
        double* corner = uniforms.data() + group_starts_[piece % groups] * slab + from;
        uniforms_.fill_group(piece % groups, first + from, {corner, slab, std::min(kPart, count - from)}, all);
      });
      for_each_piece(bars.size(), threads, [&](std::size_t b, std::size_t) {
        const std::span<const double> u(uniforms.data() + b * slab, count);
        if (few) {
          correlated_[bars[b].variable] = of_few(bars[b].variable, bars[b].mirrored, u);
        } else {
          gather(bars[b].gathered, bars[b].variable, bars[b].mirrored, first, u);
        }
      });
    }
    if (few) return;
    for (const CorrelatedBar& bar : bars) correlated_[bar.variable] = to_row(bar.gathered);
  }

  struct CorrelatedBar {
    std::uint32_t variable = 0;
    bool mirrored = false;
    Gathered gathered;
  };
  /// One bar a member, groups in order.
  std::vector<CorrelatedBar> correlated_bars() {
    std::vector<bool> mirrored(scenario_.variables.size(), false);
    for (const Input& input : scenario_.inputs)
      if (const auto form = form_of(input.formula)) mirrored[*form->variable] = form->factor < 0;
    std::vector<CorrelatedBar> bars;
    for (const CorrelationGroup& group : scenario_.correlation_groups) {
      group_starts_.push_back(bars.size());
      for (const std::uint32_t variable : group.variables) bars.push_back({variable, mirrored[variable], {}});
    }
    return bars;
  }

  void gather(Gathered& gathered, std::uint32_t variable, bool mirrored, std::size_t first,
              std::span<const double> uniforms) const {
    std::array<double, kPart> scores;
    for (std::size_t from = 0; from < uniforms.size(); from += kPart) {
      const std::span<const double> u = uniforms.subspan(from, std::min(kPart, uniforms.size() - from));
      samplers_[variable].midranks(u, {scores.data(), u.size()});
      for (std::size_t i = 0; i < u.size(); ++i) {
        gathered.add(mirrored ? 1 - u[i] : u[i], mirrored ? 1 - scores[i] : scores[i], totals_[first + from + i],
                     total_ranks_[first + from + i]);
      }
    }
  }

  [[nodiscard]] SensitivityRow of_variable(std::uint32_t variable, bool mirrored) const {
    if (uniforms_.membership(variable)) return *correlated_[variable];
    const bool few = totals_.size() <= kExactRanks;
    std::vector<double> uniforms(few ? totals_.size() : kPart);
    Gathered gathered;
    for (std::size_t first = 0; first < totals_.size(); first += uniforms.size()) {
      const std::span<double> u = std::span(uniforms).first(std::min(uniforms.size(), totals_.size() - first));
      uniforms_.fill(variable, first, u);
      if (few) return of_few(variable, mirrored, u);
      gather(gathered, variable, mirrored, first, u);
    }
    return to_row(gathered);
  }

  /// Of few draws a uniform is no longer as good as its rank.
  [[nodiscard]] SensitivityRow of_few(std::uint32_t variable, bool mirrored, std::span<const double> uniforms) const {
    std::vector<double> scores(uniforms.size());
    for (std::size_t first = 0; first < uniforms.size(); first += kPart) {
      const std::size_t count = std::min(kPart, uniforms.size() - first);
      samplers_[variable].midranks(uniforms.subspan(first, count), std::span(scores).subspan(first, count));
    }
    const std::vector<double> places = fine_ranks(uniforms), ranks = fine_ranks(scores);
    Gathered gathered;
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      gathered.add(mirrored ? 1 - places[i] : places[i], mirrored ? 1 - ranks[i] : ranks[i], totals_[i],
                   total_ranks_[i]);
    }
    return to_row(gathered);
  }

  [[nodiscard]] SensitivityRow of_values(std::uint32_t index) const {
    const Program program(scenario_, samplers_, Program::Wanted{false, {index}});
    std::vector<double> values = draw_registers(program, uniforms_, program.targets().inputs, totals_.size())[0];
    const std::vector<double> ranks = fine_ranks(values);
    Gathered gathered;
    for (std::size_t i = 0; i < values.size(); ++i) gathered.add(ranks[i], ranks[i], totals_[i], total_ranks_[i]);
    SensitivityRow row = to_row(gathered);
    row.input_low = percentile_of(values, {10});
    row.input_high = percentile_of(values, {90});
    return row;
  }

  const Scenario& scenario_;
  std::span<const Sampler> samplers_;
  const UniformSource& uniforms_;
  std::span<const double> totals_;
  std::span<const ColumnSummary> lines_;
  std::vector<double> total_ranks_;
  double threshold_;
  double total_rank_squares_ = 0;
  std::vector<std::size_t> group_starts_;                  ///< the first bar of each correlation group
  std::vector<std::optional<SensitivityRow>> correlated_;  ///< by variable: the bars of their members
};

}  // namespace

std::size_t slab_length(std::size_t draws, std::size_t members, int threads) {
  const std::size_t pieces = std::max<std::size_t>(16, 2 * static_cast<std::size_t>(threads));
  const std::size_t needed = (draws + kPart - 1) / kPart;
  return kPart * std::clamp<std::size_t>(kSlabValues / kPart / members, 1, std::min(pieces, needed));
}

std::vector<double> fine_ranks(std::span<const double> values, int threads) {
  const auto n = static_cast<double>(values.size());
  if (values.size() <= kExactRanks) return rank_shares(values);

  // edges from a regular subsample: each edge has a step of its own, the values between two have kRankSteps
  std::vector<double> edges;
  const std::size_t stride = values.size() / kRankPilot;
  for (std::size_t i = 0; i < values.size(); i += stride) edges.push_back(values[i]);
  std::ranges::sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  const LowerBound lower_bound(edges);
  const auto step_of = [&](double x) {
    const std::size_t edge = lower_bound(x);
    const std::size_t first = edge * (kRankSteps + 1);
    if (edge < edges.size() && edges[edge] == x) return first + kRankSteps;
    if (edge == 0 || edge == edges.size()) return first;
    const double part = (x - edges[edge - 1]) / (edges[edge] - edges[edge - 1]);
    return first + std::min(kRankSteps - 1, static_cast<std::size_t>(part * static_cast<double>(kRankSteps)));
  };
  std::vector<std::uint32_t> steps(values.size());
  constexpr std::size_t kPiece = 65536;
  for_each_piece((values.size() + kPiece - 1) / kPiece, threads, [&](std::size_t piece, std::size_t) {
    for (std::size_t i = piece * kPiece; i < std::min(values.size(), (piece + 1) * kPiece); ++i)
      steps[i] = static_cast<std::uint32_t>(step_of(values[i]));
  });

  // the mid-rank of each step
  std::vector<double> mid_rank((edges.size() + 1) * (kRankSteps + 1));
  for (const std::uint32_t step : steps) mid_rank[step] += 1;
  double below = 0;
  for (double& rank : mid_rank) {
    const double count = rank;
    rank = (below + 0.5 * count) / n;
    below += count;
  }
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) ranks[i] = mid_rank[steps[i]];
  return ranks;
}

std::vector<SensitivityRow> tornado(const Scenario& scenario, std::span<const Sampler> samplers,
                                    const UniformSource& uniforms, const TornadoDraws& draws, int threads) {
  std::vector<std::uint32_t> inputs, risks, line_draws;
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i)
    if (!scenario.inputs[i].variables.empty()) inputs.push_back(i);
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].risk_variable) risks.push_back(i);
  for (std::uint32_t i = 0; i < scenario.variables.size(); ++i)
    if (scenario.variables[i].stream.starts_with(kLineStream)) line_draws.push_back(i);

  const Tornado bars(scenario, samplers, uniforms, draws, threads);
  const std::size_t first_risk = inputs.size(), first_draw = first_risk + risks.size();
  std::vector<SensitivityRow> rows(first_draw + line_draws.size());
  for_each_piece(rows.size(), threads, [&](std::size_t i, std::size_t) {
    rows[i] = i < first_risk   ? bars.input(inputs[i])
              : i < first_draw ? bars.risk(risks[i - first_risk])
                               : bars.line_draw(line_draws[i - first_draw]);
  });

  std::vector<double> correlations;
  correlations.reserve(rows.size());
  for (const SensitivityRow& row : rows) correlations.push_back(row.spearman);
  const std::vector<double> contributions = contribution_to_variance(correlations);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].contribution = contributions[i];
  std::ranges::stable_sort(rows, [](const SensitivityRow& a, const SensitivityRow& b) {
    return a.swing_high - a.swing_low > b.swing_high - b.swing_low;
  });
  return rows;
}

}  // namespace tcosim
