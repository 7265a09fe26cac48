#include "sim/tornado.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "sim/analysis/rank_correlation.hpp"
#include "sim/analysis/swing.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kFineBins = 4096;
constexpr std::size_t kRankSteps = 65536;
constexpr std::size_t kPart = 2048;

/// a + b X of one variable X.
struct AffineForm {
  double constant = 0, factor = 0;
  std::optional<std::uint32_t> variable;
};

std::optional<AffineForm> combine(Op op, const AffineForm& a, const AffineForm& b) {
  const bool both = a.variable && b.variable;
  switch (op) {
    case Op::negate:
      return AffineForm{-a.constant, -a.factor, a.variable};
    case Op::add:
      if (both) return std::nullopt;
      return AffineForm{a.constant + b.constant, a.factor + b.factor, a.variable ? a.variable : b.variable};
    case Op::subtract:
      if (both) return std::nullopt;
      return AffineForm{a.constant - b.constant, a.factor - b.factor, a.variable ? a.variable : b.variable};
    case Op::multiply:
      if (both) return std::nullopt;
      return a.variable ? AffineForm{a.constant * b.constant, a.factor * b.constant, a.variable}
                        : AffineForm{a.constant * b.constant, a.constant * b.factor, b.variable};
    case Op::divide:
      if (b.variable) return std::nullopt;
      return AffineForm{a.constant / b.constant, a.factor / b.constant, a.variable};
    default:
      return std::nullopt;
  }
}

/// The formula as an affine function of one distribution; nothing when it is anything else.
std::optional<AffineForm> affine_form(const Formula& formula) {
  std::vector<AffineForm> nodes;
  for (const Node& node : formula.nodes) {
    if (node.op == Op::constant) {
      nodes.push_back({node.value, 0, std::nullopt});
    } else if (node.op == Op::variable) {
      nodes.push_back({0, 1, node.operands[0]});
    } else if (arity(node.op) == 1 || arity(node.op) == 2) {
      const AffineForm& a = nodes[node.operands[0]];
      const auto result = combine(node.op, a, arity(node.op) == 2 ? nodes[node.operands[1]] : a);
      if (!result) return std::nullopt;
      nodes.push_back(*result);
    } else {
      return std::nullopt;
    }
  }
  if (nodes.empty() || !nodes.back().variable || nodes.back().factor == 0) return std::nullopt;
  return nodes.back();
}

/// What is gathered of one bar.
struct Gathered {
  struct FineBin {
    double count = 0, sum = 0;
  };
  std::vector<FineBin> bins = std::vector<FineBin>(kFineBins);
  double xy = 0, xx = 0;  ///< sums of centred scores, of the input and (y) of the total

  void add(double place, double score, double total, double total_rank) {
    FineBin& bin = bins[std::min(kFineBins - 1, static_cast<std::size_t>(place * static_cast<double>(kFineBins)))];
    bin.count += 1;
    bin.sum += total;
    const double x = score - 0.5;
    xy += x * (total_rank - 0.5);
    xx += x * x;
  }
};

class Tornado {
 public:
  Tornado(const Scenario& scenario, std::span<const Sampler> samplers, const UniformSource& uniforms,
          std::span<const double> totals, double threshold)
      : scenario_(scenario),
        samplers_(samplers),
        uniforms_(uniforms),
        totals_(totals),
        total_ranks_(fine_ranks(totals)),
        threshold_(threshold) {
    for (const double rank : total_ranks_) total_rank_squares_ += (rank - 0.5) * (rank - 0.5);
  }

  [[nodiscard]] SensitivityRow input(std::uint32_t index) const {
    const Input& input = scenario_.inputs[index];
    SensitivityRow row;
    if (const auto form = affine_form(input.formula)) {
      row = of_variable(*form->variable, form->factor < 0);
      const Distribution& d = scenario_.variables[*form->variable].distribution;
      row.input_low = form->constant + form->factor * (form->factor > 0 ? quantile(d, 0.1) : quantile_upper(d, 0.1));
      row.input_high = form->constant + form->factor * (form->factor > 0 ? quantile_upper(d, 0.1) : quantile(d, 0.1));
    } else {
      row = of_values(index);
    }
    row.name = input.name;
    row.label = input.annotation.label;
    row.unit = input.unit;
    return row;
  }

  [[nodiscard]] SensitivityRow risk(const Line& line) const {
    SensitivityRow row = of_variable(*line.risk_variable, false);
    const Distribution& d = scenario_.variables[*line.risk_variable].distribution;
    row.input_low = quantile(d, 0.1);
    row.input_high = quantile_upper(d, 0.1);
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
    row.spearman = correlation({gathered.xy, gathered.xx, total_rank_squares_});
    row.above_noise = bar.width() > threshold_;
    return row;
  }

  [[nodiscard]] SensitivityRow of_variable(std::uint32_t variable, bool mirrored) const {
    Gathered gathered;
    std::array<double, kPart> uniforms, scores;
    for (std::size_t first = 0; first < totals_.size(); first += kPart) {
      const std::size_t count = std::min(kPart, totals_.size() - first);
      uniforms_.fill(variable, first, {uniforms.data(), count});
      samplers_[variable].midranks({uniforms.data(), count}, {scores.data(), count});
      for (std::size_t i = 0; i < count; ++i) {
        gathered.add(mirrored ? 1 - uniforms[i] : uniforms[i], mirrored ? 1 - scores[i] : scores[i], totals_[first + i],
                     total_ranks_[first + i]);
      }
    }
    return to_row(gathered);
  }

  [[nodiscard]] SensitivityRow of_values(std::uint32_t index) const {
    const Program program(scenario_, samplers_, Program::Wanted{false, {index}});
    Block block(program);
    std::vector<double> values(totals_.size());
    for (std::size_t first = 0; first < values.size(); first += kBlock) {
      const std::size_t count = std::min(kBlock, values.size() - first);
      block.run(uniforms_, first, count);
      std::copy_n(block.column(program.targets().inputs[0]), count,
                  values.begin() + static_cast<std::ptrdiff_t>(first));
    }
    const std::vector<double> ranks = fine_ranks(values);
    Gathered gathered;
    for (std::size_t i = 0; i < values.size(); ++i) gathered.add(ranks[i], ranks[i], totals_[i], total_ranks_[i]);
    SensitivityRow row = to_row(gathered);
    const auto draw = [&](double p) {
      const auto place = values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1));
      std::nth_element(values.begin(), place, values.end());
      return *place;
    };
    row.input_low = draw(0.1);
    row.input_high = draw(0.9);
    return row;
  }

  const Scenario& scenario_;
  std::span<const Sampler> samplers_;
  const UniformSource& uniforms_;
  std::span<const double> totals_;
  std::vector<double> total_ranks_;
  double threshold_;
  double total_rank_squares_ = 0;
};

}  // namespace

std::vector<double> fine_ranks(std::span<const double> values) {
  // edges of the central part, from a regular subsample
  std::vector<double> pilot;
  const std::size_t step = std::max<std::size_t>(1, values.size() / 16384);
  for (std::size_t i = 0; i < values.size(); i += step) pilot.push_back(values[i]);
  std::ranges::sort(pilot);
  const double low = pilot[pilot.size() / 2000], high = pilot[pilot.size() - 1 - pilot.size() / 2000];
  const double per_unit = high > low ? static_cast<double>(kRankSteps - 2) / (high - low) : 0;

  // histogram, the tails in the first and the last bin
  const auto bin_of = [&](double x) {
    const double place = std::clamp((x - low) * per_unit + 1, 0.0, static_cast<double>(kRankSteps - 1));
    return static_cast<std::size_t>(place);
  };
  std::vector<std::uint32_t> counts(kRankSteps);
  for (const double x : values) ++counts[bin_of(x)];

  // the mid-rank of each bin
  std::vector<double> mid_rank(kRankSteps);
  const auto n = static_cast<double>(values.size());
  double below = 0;
  for (std::size_t b = 0; b < kRankSteps; ++b) {
    mid_rank[b] = (below + 0.5 * counts[b]) / n;
    below += counts[b];
  }
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) ranks[i] = mid_rank[bin_of(values[i])];
  return ranks;
}

std::vector<SensitivityRow> tornado(const Scenario& scenario, std::span<const Sampler> samplers,
                                    const UniformSource& uniforms, std::span<const double> totals, double spread,
                                    int threads) {
  std::vector<std::uint32_t> inputs, risks;
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i)
    if (!scenario.inputs[i].variables.empty()) inputs.push_back(i);
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].risk_variable) risks.push_back(i);

  const Tornado bars(scenario, samplers, uniforms, totals, swing_noise(spread, totals.size()).threshold);
  std::vector<SensitivityRow> rows(inputs.size() + risks.size());
  for_each_piece(rows.size(), threads, [&](std::size_t i, std::size_t) {
    rows[i] = i < inputs.size() ? bars.input(inputs[i]) : bars.risk(scenario.lines[risks[i - inputs.size()]]);
  });

  std::vector<double> correlations;
  for (const SensitivityRow& row : rows) correlations.push_back(row.spearman);
  const std::vector<double> contributions = contribution_to_variance(correlations);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].contribution = contributions[i];
  std::ranges::stable_sort(rows, [](const SensitivityRow& a, const SensitivityRow& b) {
    return a.swing_high - a.swing_low > b.swing_high - b.swing_low;
  });
  return rows;
}

}  // namespace tcosim
