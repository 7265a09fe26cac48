#include "scenarios/sipmath_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "distributions/correlation_matrix.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kDensityBins = 25;  // as other tools draw

/// Heights over equal steps from P0.1 to P99.9, which add up to 1.
std::vector<double> density_of(const Distribution& metalog) {
  const double low = quantile(metalog, 0.001), high = quantile_upper(metalog, 0.001);
  std::vector<double> heights;
  double below = 0.001;
  for (std::size_t i = 1; i <= kDensityBins; ++i) {
    const double x = low + (high - low) * static_cast<double>(i) / static_cast<double>(kDensityBins);
    const double up_to = i == kDensityBins ? 0.999 : cdf(metalog, x);
    heights.push_back((up_to - below) / 0.998);
    below = up_to;
  }
  return heights;
}

std::vector<std::pair<std::string, double>> figures_of(const QuantileCurve& curve) {
  std::vector<std::pair<std::string, double>> figures;
  if (std::isfinite(curve.mean)) figures.emplace_back("mean", curve.mean);
  if (std::isfinite(curve.sd)) figures.emplace_back("std", curve.sd);
  for (std::size_t i = 0; i < curve.percentiles.size(); ++i)
    figures.emplace_back(fmt::format("P{}", kCurvePercents[i]), curve.percentiles[i]);
  return figures;
}

// Debye's first function, by Simpson's rule.
double debye(double x) {
  constexpr int kSteps = 200;
  const auto integrand = [](double t) { return t == 0 ? 1 : t / std::expm1(t); };
  double sum = integrand(0) + integrand(x);
  for (int i = 1; i < kSteps; ++i) sum += integrand(x * i / kSteps) * (i % 2 == 1 ? 4 : 2);
  return sum / (3 * kSteps);
}

// Kendall's tau of the copulas of two; Nelsen, An Introduction to Copulas, 2nd ed., chapter 5.
double kendall(const Copula& copula) {
  const double theta = copula.parameter;
  switch (copula.kind) {
    case CopulaKind::clayton:
      return theta / (theta + 2);
    case CopulaKind::gumbel:
      return 1 - 1 / theta;
    case CopulaKind::frank:
      return theta == 0 ? 0 : std::copysign(1 - 4 / std::abs(theta) * (1 - debye(std::abs(theta))), theta);
    default:
      return 0;
  }
}

/// The correlation between the normals of two members; for copulas that are not elliptical, that of the Gaussian
/// copula with the same tau.
double normal_correlation(const Copula& copula, std::size_t i, std::size_t j) {
  if (copula.kind != CopulaKind::gaussian && copula.kind != CopulaKind::student_t)
    return std::sin(std::numbers::pi / 2 * kendall(copula));
  double sum = 0;
  for (std::size_t k = 0; k <= std::min(i, j); ++k)
    sum += copula.factor[i * copula.size + k] * copula.factor[j * copula.size + k];
  return std::clamp(sum, -1.0, 1.0);
}

class Exporter {
 public:
  Exporter(const Scenario& scenario, std::uint64_t entity) : scenario_(scenario), entity_(entity) {
    for (const Variable& variable : scenario.variables) medians_.push_back(median(variable.distribution));
    bases_ = base_estimate(scenario, BaseRule::median).inputs;
    out_.library.name = scenario.title.empty() ? scenario.file : scenario.title;
    out_.library.provenance = "tcosim";
  }

  SipExport run(const std::vector<std::optional<ExportedCurve>>& inputs, const std::optional<QuantileCurve>& total) {
    std::vector<std::string> certain;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Input& input = scenario_.inputs[i];
      if (!inputs[i]) {
        certain.push_back(input.name);
        continue;
      }
      add(input.name, input.unit, inputs[i]->curve, !inputs[i]->exact, plain_variable(input), i);
    }
    if (!certain.empty())
      out_.notes.push_back(fmt::format("Certain, so not in the library: {}.", fmt::join(certain, ", ")));
    add_groups();
    if (total) {
      add("total", scenario_.currency, *total, true, std::nullopt, std::nullopt);
      out_.notes.emplace_back(
          "The total has a uniform of its own: how it depends on the inputs is not in the library.");
    } else {
      out_.notes.emplace_back("The total is certain, so not in the library.");
    }
    return std::move(out_);
  }

 private:
  void add(const std::string& name, const std::string& unit, const QuantileCurve& curve, bool from_draws,
           const std::optional<PlainVariable>& plain, std::optional<std::size_t> input) {
    Expected<MetalogFit, std::string> fit = fit_of(curve, plain);
    if (!fit) {
      out_.notes.push_back(fmt::format("'{}' is left out: {}.", name, fit.error()));
      return;
    }
    SipVariable variable;
    variable.name = name;
    variable.distribution = fit->metalog;
    variable.rounded = fit->rounded;
    variable.unit = unit;
    variable.figures = figures_of(curve);
    variable.density = density_of(fit->metalog);
    variable.key = key_of(plain);
    out_.library.variables.push_back(std::move(variable));
    out_.rows.push_back({name, unit, from_draws, std::move(fit).value()});
    input_of_row_.push_back(input);
  }

  Expected<MetalogFit, std::string> fit_of(const QuantileCurve& curve, const std::optional<PlainVariable>& plain) {
    if (plain) {
      const Distribution& drawn = scenario_.variables[plain->variable].distribution;
      if (drawn.family->name == "metalog") return MetalogFit{drawn, plain->rounded, 0, true};
    }
    return fit_sip(curve);
  }

  // The key of the library that the variable is from, unless something has it already.
  HdrKey key_of(const std::optional<PlainVariable>& plain) {
    const auto is_used = [&](const HdrKey& key) { return std::find(keys_.begin(), keys_.end(), key) != keys_.end(); };
    HdrKey key;
    if (plain && scenario_.variables[plain->variable].hdr && !is_used(*scenario_.variables[plain->variable].hdr)) {
      key = *scenario_.variables[plain->variable].hdr;
    } else {
      do key = {entity_, ++last_variable_, 0, 0};
      while (is_used(key));
    }
    keys_.push_back(key);
    return key;
  }

  // 1 where the input rises with its variable, -1 where it falls.
  double direction(const Input& input, std::uint32_t variable) {
    std::vector<double> variables = medians_;
    const auto at = [&](double p) {
      variables[variable] = quantile(scenario_.variables[variable].distribution, p);
      return evaluate(input.formula, {variables, bases_, {}, 0});
    };
    return at(0.95) < at(0.05) ? -1 : 1;
  }

  void add_groups() {
    for (const CorrelationGroup& group : scenario_.correlation_groups) {
      std::vector<Member> members;
      for (std::size_t row = 0; row < out_.rows.size(); ++row) {
        if (!input_of_row_[row]) continue;
        const Input& input = scenario_.inputs[*input_of_row_[row]];
        if (input.variables.size() != 1) continue;
        const auto place = std::find(group.variables.begin(), group.variables.end(), input.variables[0]);
        if (place == group.variables.end()) continue;
        members.push_back(
            {row, static_cast<std::size_t>(place - group.variables.begin()), direction(input, input.variables[0])});
      }
      note_losses(group, members.size());
      if (members.size() > 1) add_copula(group.copula, std::move(members));
    }
  }

  struct Member {
    std::size_t row = 0, place = 0;  // in the export, in the group
    double direction = 1;
  };

  void add_copula(const Copula& copula, std::vector<Member> members) {
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.place < b.place; });
    CorrelationMatrix matrix(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        matrix.set(i, j,
                   members[i].direction * members[j].direction *
                       normal_correlation(copula, members[i].place, members[j].place));
      }
    }
    SipCopula written;
    written.name = fmt::format("Gaussian{}", out_.library.copulas.size() + 1);
    written.correlation.assign(matrix.entries().begin(), matrix.entries().end());
    written.factor = cholesky(matrix).value_or(std::vector<double>{});
    for (std::size_t i = 0; i < members.size(); ++i) {
      SipVariable& variable = out_.library.variables[members[i].row];
      variable.copula = out_.library.copulas.size();
      variable.layer = i;
      written.keys.push_back(variable.key);
    }
    out_.library.copulas.push_back(std::move(written));
  }

  void note_losses(const CorrelationGroup& group, std::size_t exported) {
    std::vector<std::string> lost;
    for (const std::uint32_t variable : group.variables) {
      const bool is_risk = std::any_of(scenario_.lines.begin(), scenario_.lines.end(),
                                       [&](const Line& line) { return line.risk_variable == variable; });
      if (is_risk) lost.push_back(scenario_.variables[variable].stream);
    }
    if (!lost.empty()) {
      out_.notes.push_back(
          fmt::format("Risks are part of the total only, so their correlations are not in the library: {}.",
                      fmt::join(lost, ", ")));
    }
    if (exported > 1 && group.copula.kind != CopulaKind::gaussian) {
      out_.notes.push_back(
          fmt::format("SIPmath has the Gaussian copula only: {} becomes one of the same strength, without "
                      "its dependence in the tails.",
                      group.copula_text));
    }
  }

  const Scenario& scenario_;
  std::uint64_t entity_;
  std::uint64_t last_variable_ = 0;
  std::vector<double> medians_, bases_;
  std::vector<HdrKey> keys_;
  std::vector<std::optional<std::size_t>> input_of_row_;
  SipExport out_;
};

}  // namespace

std::optional<PlainVariable> plain_variable(const Input& input) {
  const std::vector<Node>& nodes = input.formula.nodes;
  if (nodes.empty() || nodes[0].op != Op::variable) return std::nullopt;
  if (nodes.size() == 1) return PlainVariable{nodes[0].operands[0], false};
  if (nodes.size() == 2 && nodes[1].op == Op::round) return PlainVariable{nodes[0].operands[0], true};
  return std::nullopt;
}

std::uint64_t entity_of(const Scenario& scenario) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, which is the same everywhere
  for (const char c : scenario.title.empty() ? scenario.file : scenario.title)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return 1 + hash % 99'999'999;
}

SipExport to_sipmath(const Scenario& scenario, const std::vector<std::optional<ExportedCurve>>& inputs,
                     const std::optional<QuantileCurve>& total, std::uint64_t entity) {
  return Exporter(scenario, entity).run(inputs, total);
}

}  // namespace tcosim
