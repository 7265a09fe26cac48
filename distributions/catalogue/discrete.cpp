#include <algorithm>
#include <array>
#include <cmath>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"values", Role::location, "the values", std::nullopt, true},
     {"weights", Role::shape, "how likely each is; equal when left out", 0, true}}};

Bound bind(std::span<const Argument> a) {
  const auto& values = std::get<std::vector<double>>(a[0]);
  const auto* weights = std::get_if<std::vector<double>>(&a[1]);
  if (weights != nullptr && weights->size() != values.size()) {
    return refuse(1, "there are " + std::to_string(values.size()) + " values but " + std::to_string(weights->size()) +
                         (weights->size() == 1 ? " weight" : " weights"));
  }
  std::vector<Atom> atoms;
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights != nullptr ? (*weights)[i] : 1;
    if (weight < 0) return refuse(1, "the weight " + text(weight) + " is negative");
    atoms.push_back({values[i], weight});
    total += weight;
  }
  if (total == 0) return refuse(1, "the weights add up to 0");
  return discrete(std::move(atoms));
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"discrete([1, 2, 4], [0.7, 0.2, 0.1])", "discrete([10, 20, 30])",
                                                    "discrete([3, 3], [1, 1])",
                                                    "discrete([-1e9, 0, 1e-9], [1e-12, 1, 1e6])"};

/// Four columns of equal length: values, probabilities, cdf and survival at the values. The last two are
/// summed from their own ends, so that each tail keeps its relative precision.
struct Columns {
  std::span<const double> values, probabilities, cdf, survival;
  explicit Columns(const Distribution& d) {
    const std::span<const double> all(d.parameters);
    const std::size_t n = all.size() / 4;
    values = all.subspan(0, n);
    probabilities = all.subspan(n, n);
    cdf = all.subspan(2 * n, n);
    survival = all.subspan(3 * n, n);
  }
  /// Index of the last value at or below x, plus one.
  [[nodiscard]] std::size_t count_to(double x) const {
    return static_cast<std::size_t>(std::upper_bound(values.begin(), values.end(), x) - values.begin());
  }
};

double cdf_at(const Distribution& d, double x) {
  const Columns c(d);
  const std::size_t n = c.count_to(x);
  return n == 0 ? 0 : c.cdf[n - 1];
}

double survival_at(const Distribution& d, double x) {
  const Columns c(d);
  const std::size_t n = c.count_to(x);
  return n == 0 ? 1 : c.survival[n - 1];
}

double quantile(const Distribution& d, double p) {
  const Columns c(d);
  return c.values[static_cast<std::size_t>(std::lower_bound(c.cdf.begin(), c.cdf.end() - 1, p) - c.cdf.begin())];
}

double quantile_upper(const Distribution& d, double q) {
  const Columns c(d);
  const auto found = std::lower_bound(c.survival.begin(), c.survival.end() - 1, q, std::greater<>());
  return c.values[static_cast<std::size_t>(found - c.survival.begin())];
}

double probability_of(const Distribution& d, double x) {
  const Columns c(d);
  const std::size_t n = c.count_to(x);
  return n > 0 && c.values[n - 1] == x ? c.probabilities[n - 1] : 0;
}

std::vector<Atom> atoms_of(const Distribution& d) {
  const Columns c(d);
  std::vector<Atom> atoms(c.values.size());
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] = {c.values[i], c.probabilities[i]};
  return atoms;
}

double mode(const Distribution& d) {
  const Columns c(d);
  const auto most = std::max_element(c.probabilities.begin(), c.probabilities.end());
  return c.values[static_cast<std::size_t>(most - c.probabilities.begin())];
}

Interval support(const Distribution& d) {
  const Columns c(d);
  return {c.values.front(), c.values.back()};
}

/// Compensated (Neumaier 1974): plain sums of a million probabilities are off by 1e-11.
class Sum {
 public:
  Sum& operator+=(double x) {
    const double next = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
    sum_ = next;
    return *this;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

/// Ascending, equal values merged, none without probability, adding up to 1.
std::vector<Atom> normalised(std::vector<Atom> atoms) {
  std::stable_sort(atoms.begin(), atoms.end(), [](const Atom& a, const Atom& b) { return a.value < b.value; });
  std::vector<Atom> merged;
  Sum total;
  for (const Atom& atom : atoms) {
    total += atom.probability;
    if (!(atom.probability > 0)) continue;
    if (!merged.empty() && merged.back().value == atom.value) {
      merged.back().probability += atom.probability;
    } else {
      merged.push_back(atom);
    }
  }
  for (Atom& atom : merged) atom.probability /= total.value();
  return merged;
}

}  // namespace

Distribution discrete(std::vector<Atom> atoms) {
  atoms = normalised(std::move(atoms));
  if (atoms.size() == 1) return constant(atoms.front().value);
  const std::size_t n = atoms.size();
  Distribution d{&kDiscrete, std::vector<double>(4 * n), {}};
  Sum below, above;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = n - 1 - i;
    below += atoms[i].probability;
    d.parameters[i] = atoms[i].value;
    d.parameters[n + i] = atoms[i].probability;
    d.parameters[2 * n + i] = i + 1 == n ? 1 : std::min(below.value(), 1.0);
    d.parameters[3 * n + j] = std::min(above.value(), 1.0);
    above += atoms[j].probability;
  }
  return d;
}

constinit const Family kDiscrete{
    .name = "discrete",
    .title = "one of a list of values",
    .purpose = "it is one of several",
    .formula = "P(X = values[i]) = weights[i] / sum of the weights",
    .moments = "mean sum p x; variance sum p (x - mean)^2",
    .source = "",
    .advice = "For a choice among vendors, cluster sizes or past observations. Weights need not add up to 1.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = cdf_at,
    .survival = survival_at,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = probability_of,
    .mean = [](const Distribution& d) { return moments(atoms_of(d)).mean; },
    .variance = [](const Distribution& d) { return moments(atoms_of(d)).variance; },
    .mode = mode,
    .support = support,
    .atoms = atoms_of,
};

}  // namespace tcosim::families
