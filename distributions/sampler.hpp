// A distribution made ready for the block loop: uniforms in, draws out, by inversion.
// Samplers are immutable and shared by all threads. Distributions of one shape share one table.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "distributions/cell_table.hpp"
#include "distributions/distribution.hpp"
#include "distributions/quantile_table.hpp"

namespace tcosim {

class Sampler {
 public:
  /// Draws by inversion: x[i] = Q(u[i]), u within (0, 1), sizes equal and at most kMostDraws; x is not u.
  void quantiles(std::span<const double> u, std::span<double> x) const;

  /// The same of a stream's draws first, first + 1, ...
  void draws(Stream stream, std::uint64_t first, std::span<double> x) const;

  /// The mid-rank (F(x-) + F(x)) / 2 of each draw: u itself where there is a density, the middle of the
  /// atom where there is one. The score of rank correlations (Kendall 1945 on ties).
  void midranks(std::span<const double> u, std::span<double> rank) const;

  /// True when every draw is the same number.
  [[nodiscard]] bool is_constant() const { return std::holds_alternative<double>(form_); }

  static constexpr std::size_t kMostDraws = 2048;

 private:
  friend class SamplerSet;

  struct Range {
    double low, high;
  };
  struct Scaled {
    std::shared_ptr<const QuantileTable> table;
    double location, scale;
    std::vector<Range> atoms{};  ///< of u, ascending
  };
  using Form = std::variant<double, Scaled, std::shared_ptr<const CellTable>>;

  explicit Sampler(Form form) : form_(std::move(form)) {}
  static std::vector<Range> atoms_of(const Distribution& mixed);
  static void midranks(const Scaled& form, std::span<const double> u, std::span<double> rank);
  Form form_;
};

/// Runs `body(0) ... body(count - 1)`, in any order, perhaps in parallel.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

/// One sampler a distribution. Each different standard shape costs one table; `for_each` builds them, so that
/// a caller with threads may build them side by side. Without it they are built in turn.
[[nodiscard]] std::vector<Sampler> make_samplers(std::span<const Distribution> distributions,
                                                 const ForEach& for_each = nullptr);

}  // namespace tcosim
