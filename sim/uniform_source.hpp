// The uniforms behind every variable of a run: independent streams (Monte Carlo), latin hypercube, or
// scrambled Sobol points. Under the last two the draws are R independent replicates, one after the other,
// since only replicates give an honest sampling error (Owen 1997; L'Ecuyer 2018).
// Members of a correlation group are made from their own streams together, by the group's copula.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/expected.hpp"
#include "distributions/hdr.hpp"
#include "distributions/sobol.hpp"
#include "distributions/stream.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

class UniformSource {
 public:
  static constexpr int kReplicates = 16;

  /// For independent variables of the given stream names; under Monte Carlo, variables of one name share their
  /// random numbers. Draws are rounded up to whole replicates (Sobol: of a power of two each). The error says why: too
  /// many dimensions, or two names with one key.
  static Expected<UniformSource, std::string> make(Sampling sampling, std::uint64_t seed, std::uint64_t draws,
                                                   const std::vector<std::string>& streams);

  /// For a scenario's variables, with its correlation groups and the generators of its imported libraries.
  static Expected<UniformSource, std::string> for_scenario(Sampling sampling, std::uint64_t seed, std::uint64_t draws,
                                                           const Scenario& scenario);

  /// Uniforms of draws first, first + 1, ... of one variable, in (0, 1). Of a group's member this makes all members
  /// before it: whoever wants several calls fill_group.
  void fill(std::size_t variable, std::uint64_t first, std::span<double> out) const;

  /// The variable's stream, under Monte Carlo and where no copula changes its uniforms: its draws may then be made
  /// without uniforms in between.
  [[nodiscard]] std::optional<Stream> stream(std::size_t variable) const;

  /// A variable's place in the scenario's correlation groups.
  struct Membership {
    std::uint32_t group = 0, member = 0;
  };
  [[nodiscard]] std::optional<Membership> membership(std::size_t variable) const;
  [[nodiscard]] std::size_t group_size(std::size_t group) const { return groups_[group].variables.size(); }

  /// Uniforms of a group's wanted members (flags) in their columns; the other columns are scratch. At most 2,048.
  void fill_group(std::size_t group, std::uint64_t first, const DrawColumns& columns,
                  std::span<const char> wanted) const;

  [[nodiscard]] std::uint64_t draws() const { return draws_; }
  [[nodiscard]] int replicates() const { return replicates_; }

 private:
  struct Group {
    std::vector<std::uint32_t> variables;
    std::shared_ptr<const CopulaTransform> copula;
    std::size_t scale_variable = 0;  ///< of the stream that a t copula's scale has, behind the scenario's
  };

  UniformSource() = default;
  void add_groups(const Scenario& scenario);
  /// Before any copula.
  void fill_own(std::size_t variable, std::uint64_t first, std::span<double> out) const;
  [[nodiscard]] bool has_stream(std::size_t variable) const;

  Sampling sampling_ = Sampling::monte_carlo;
  std::uint64_t seed_ = 1, draws_ = 0;
  int replicates_ = 1;
  std::vector<std::uint64_t> keys_;
  std::vector<std::optional<HdrKey>> hdr_;  ///< by variable; empty without any
  std::vector<Group> groups_;
  std::vector<std::optional<Membership>> memberships_;  ///< by variable; empty without groups
  std::shared_ptr<const SobolDirections> directions_;
};

}  // namespace tcosim
