// The uniforms behind every variable of a run: independent streams (Monte Carlo), latin hypercube, or
// scrambled Sobol points. Under the last two the draws are R independent replicates, one after the other,
// since only replicates give an honest sampling error (Owen 1997; L'Ecuyer 2018).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/sobol.hpp"
#include "distributions/stream.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

class UniformSource {
 public:
  static constexpr int kReplicates = 16;

  /// For variables of the given stream names. Draws are rounded up to whole replicates (Sobol: of a power of
  /// two each). The error says why: too many dimensions, or two names with one key.
  static Expected<UniformSource, std::string> make(Sampling sampling, std::uint64_t seed, std::uint64_t draws,
                                                   const std::vector<std::string>& streams);

  /// Uniforms of draws first, first + 1, ... of one variable, in (0, 1).
  void fill(std::size_t variable, std::uint64_t first, std::span<double> out) const;

  /// The variable's stream, under Monte Carlo: its draws may then be made without uniforms in between.
  [[nodiscard]] std::optional<Stream> stream(std::size_t variable) const;

  [[nodiscard]] std::uint64_t draws() const { return draws_; }
  [[nodiscard]] int replicates() const { return replicates_; }

 private:
  UniformSource() = default;
  Sampling sampling_ = Sampling::monte_carlo;
  std::uint64_t seed_ = 1, draws_ = 0;
  int replicates_ = 1;
  std::vector<std::uint64_t> keys_;
  std::shared_ptr<const SobolDirections> directions_;
};

}  // namespace tcosim
