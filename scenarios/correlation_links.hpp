// From the correlation of two inputs, as a person states it, to the parameter of a copula, and back.
// The mathematics is in distributions/copula_correlation.hpp; here are the inputs: which variable moves one, whether
// it rises with it, whether its ranks have ties. Promises that what is the same for many pairs is computed once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/copula_correlation.hpp"
#include "distributions/distribution.hpp"
#include "scenarios/formula.hpp"

namespace tcosim {

/// What is asked again whenever a file is resolved: the parameter that gives two inputs a correlation takes
/// milliseconds to find where they have ties or the correlation is Pearson's.
struct CorrelationCache {
  /// An input as a function of one uniform: of its distribution, and then, unless that is a scaling and a shift, of a
  /// formula with that one variable.
  struct Shape {
    Distribution distribution;
    Formula formula;
    std::optional<bool> falls{};  ///< as its variable rises; nothing when it does neither all the way
  };
  /// The copula, its freedom, Pearson or rank, two indices into `shapes`, and the correlation asked for.
  using Question = std::tuple<CopulaKind, double, bool, std::size_t, std::size_t, double>;

  /// The index of a shape, and whether it is new.
  [[nodiscard]] std::pair<std::size_t, bool> intern(const Distribution& distribution, const Formula& formula);

  std::vector<Shape> shapes;
  std::map<Question, double> answers;
};

/// An input or a risk that can be correlated.
struct Correlated {
  std::string name;
  std::uint32_t variable = 0;  ///< the one random variable that it is a function of
  bool falls = false;          ///< as the variable rises
  bool tied = false;           ///< some values have a probability
  std::size_t shape = 0;       ///< in the cache
  ValueOfUniform value;        ///< of the variable's uniform; in a rising version, up to its scale
};

/// Of one pair under a Gaussian or t copula; correlations are of the rising versions.
class CorrelationLink {
 public:
  explicit CorrelationLink(std::shared_ptr<const EllipticalPair> pair) : pair_(std::move(pair)) {}
  [[nodiscard]] std::optional<double> copula_correlation(double correlation) const;
  [[nodiscard]] double correlation(double copula_correlation) const;
  [[nodiscard]] Interval attainable() const;

 private:
  std::shared_ptr<const EllipticalPair> pair_;  ///< none: ranks without ties under the Gaussian
};

class CorrelationLinks {
 public:
  /// Of a t copula's freedom, or of the Gaussian.
  explicit CorrelationLinks(std::optional<double> freedom) : freedom_(freedom) {}
  [[nodiscard]] CorrelationLink link(const Correlated& a, const Correlated& b, bool pearson);

 private:
  std::shared_ptr<const EllipticalScore> score(const Correlated& subject, bool pearson);
  std::optional<double> freedom_;
  std::shared_ptr<const EllipticalScore> untied_;
  std::shared_ptr<const EllipticalPair> untied_pair_;
  std::map<std::pair<std::uint32_t, bool>, std::shared_ptr<const EllipticalScore>> scores_;
};

/// The coarse score of an input for a Clayton, Gumbel or Frank copula.
[[nodiscard]] Score coarse_score(const Correlated& subject, bool pearson);

}  // namespace tcosim
