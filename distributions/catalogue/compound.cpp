#include <algorithm>
#include <array>
#include <cmath>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/aggregate.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"
#include "distributions/catalogue/mixed.hpp"

namespace tcosim {
namespace families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{.name = "frequency", .role = Role::count, .meaning = "how often it happens: a distribution", .random = true},
     {.name = "severity", .role = Role::distribution, .meaning = "the size of each occurrence"}}};

Distribution as_distribution(const Argument& argument) {
  const auto* d = std::get_if<Distribution>(&argument);
  return d != nullptr ? *d : constant(std::get<double>(argument));
}

Bound bind(std::span<const Argument> a) {
  auto sum = compound(as_distribution(a[0]), as_distribution(a[1]));
  if (!sum) return refuse(sum.error().argument.value_or(0), sum.error().message);
  return std::move(sum).value();
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 5> kExamples{
    "compound(poisson(0.5), lognormal(mean=2000, sd=2500))",
    "compound(binomial(10, 0.1), discrete([1, 2, 3], [6, 3, 1]))", "compound(poisson(3), constant(100))",
    "compound(poisson(0), normal(1, 1))", "compound(poisson(10000), exponential(1e-3))"};

/// The law of the sum in pieces is kept in front, the two that it is made from are the last components.
const Distribution& count_of(const Distribution& d) {
  return d.components[d.components.size() - 2];
}
const Distribution& term_of(const Distribution& d) {
  return d.components.back();
}

double mean_of(const Distribution& d) {
  return mean(count_of(d)) * mean(term_of(d));
}

double variance_of(const Distribution& d) {
  const double size = mean(term_of(d));
  return mean(count_of(d)) * variance(term_of(d)) + variance(count_of(d)) * size * size;
}

constexpr Family with_exact_moments(Family row) {
  row = with_mixed_functions(row);
  row.mean = mean_of;
  row.variance = variance_of;
  return row;
}

std::optional<BindError> check_count(const Distribution& count) {
  const std::string rule =
      "the number of occurrences must be whole and random: poisson, binomial, negative_binomial, geometric or another "
      "count";
  if (count.family->kind != Kind::discrete) return BindError{0, rule, {}};
  const std::vector<Atom> atoms = count.family->atoms(count);
  for (const Atom& atom : atoms) {
    if (atom.value < 0) return BindError{0, "the number of occurrences can be negative, " + text(atom.value), {}};
    if (!is_whole(atom.value)) {
      return BindError{0, "the number of occurrences, " + text(atom.value) + ", is not a whole number", {}};
    }
  }
  if (atoms.back().value > 1e12) {
    return BindError{0, "the number of occurrences, up to " + text(atoms.back().value) + ", is too large", {}};
  }
  // A general count is summed term by term at every point of the transform.
  if (!has_closed_generating_function(count) && atoms.size() > 2000) {
    return BindError{0,
                     "the number of occurrences has more than 2000 different values; use poisson, binomial or "
                     "negative_binomial",
                     {}};
  }
  return std::nullopt;
}

}  // namespace

constinit const Family kCompound = with_exact_moments({
    .name = "compound",
    .title = "events that recur, each with a size of its own",
    .purpose = "it may or may not happen",
    .formula = "X = Y_1 + ... + Y_N, N from frequency, each Y_i from severity",
    .moments = "mean E[N] E[X]; variance E[N] Var[X] + Var[N] E[X]^2",
    .source = "Panjer 1981; Klugman, Panjer, Willmot: Loss Models, ch. 9",
    .advice = "For incidents: how often and how bad. Not the same as a count times one size, which takes the same size "
              "for all and spreads wider.",
    .signatures = kSignatures,
    .examples = kExamples,
});

}  // namespace families

Expected<Distribution, BindError> compound(Distribution frequency, Distribution severity) {
  using namespace families;
  if (auto error = check_count(frequency)) return Unexpected<BindError>{*std::move(error)};

  const double size = std::abs(mean(severity));
  if (!std::isfinite(size)) {
    return Unexpected<BindError>{{1, "the severity has no finite mean; bound it, truncate(..., high=...)", {}}};
  }
  // Where the variance has no bound, the farthest draws tell.
  const double spread =
      std::isinf(variance(severity))
          ? std::pow(std::fmax(std::abs(quantile(severity, 0x1p-60)), quantile_upper(severity, 0x1p-60)), 2)
          : variance(severity);
  if (!(mean(frequency) * (spread + (1 + variance(frequency)) * size * size) < 1e290)) {
    return Unexpected<BindError>{{1, "the sum is too large to compute with", {}}};
  }

  // Sums that need no table.
  if (is_constant(frequency) && mean(frequency) == 0) return constant(0);
  if (is_constant(frequency) && mean(frequency) == 1) return severity;
  if (is_constant(severity)) {
    return size == 0 ? constant(0) : affine(std::move(frequency), 0, mean(severity));
  }
  if (frequency.family == &kBernoulli) return zero_inflated(frequency.parameters[0], std::move(severity));
  if (auto exact = lattice_sum(frequency, severity)) return *std::move(exact);

  // The far tail is made on the upper side: a severity that mostly saves is mirrored.
  std::vector<Piece> pieces;
  if (quantile(severity, 1e-9) + quantile_upper(severity, 1e-9) < 0) {
    pieces = tabulated_sum(frequency, affine(severity, 0, -1));
    for (Piece& piece : pieces) {
      if (piece.distribution) piece.distribution = affine(*std::move(piece.distribution), 0, -1);
    }
    std::reverse(pieces.begin(), pieces.end());
  } else {
    pieces = tabulated_sum(frequency, severity);
  }
  Distribution sum = mixed_in_layout(kCompound, std::move(pieces));
  sum.components.push_back(std::move(frequency));
  sum.components.push_back(std::move(severity));
  return sum;
}

}  // namespace tcosim
