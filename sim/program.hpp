// A scenario compiled to block operations: which variables to draw, which columns to combine, in which order.
// Immutable and shared by all threads; a Block is one thread's scratch. Columns live in registers that are
// used again as soon as nobody needs them, so that a block's working set stays in the second-level cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/analysis/breakdown.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// Draws in a block. Results do not depend on it but for the last bit of sums. Its value is block_size.cpp's, so that
/// tests can link everything once more with blocks of two, and compile it once.
extern const std::size_t kBlock;

using Register = std::uint32_t;

/// One step: draw a variable, draw a correlation group's members together, or combine columns.
struct Instruction {
  enum class Kind { draw, draw_group, combine } kind = Kind::combine;
  std::uint32_t variable = 0;  ///< of a draw; of a group's an index into the program's group draws
  Op op = Op::constant;        ///< of a combination
  Register target = 0;
  std::array<Register, 3> sources{};
};

/// The members of a correlation group that a program uses.
struct GroupDraw {
  struct Member {
    std::uint32_t member = 0, variable = 0;
    Register target = 0;
  };
  std::uint32_t group = 0;
  std::vector<Member> members;
  std::vector<char> wanted;  ///< flags by member of the group
};

/// What a program leaves in registers after each block.
struct ProgramTargets {
  std::vector<Register> inputs;   ///< of the inputs asked for, in the order asked
  std::vector<Register> columns;  ///< of breakdown_groups()
  std::vector<Register> outputs;
  std::vector<Register> variables, sums;
  std::optional<Register> total;
};

/// What the columns stand for: every line (parents too) in file order, then categories, then tags.
[[nodiscard]] std::vector<LeafGroup> breakdown_groups(const Scenario& scenario);

/// The lines that the total adds up: those without items, in file order.
[[nodiscard]] std::vector<std::uint32_t> leaves(const Scenario& scenario);

class Program {
 public:
  struct Wanted {
    bool totals = true;                              ///< total, rows and outputs, all of them
    std::vector<std::uint32_t> inputs{};             ///< inputs whose columns are wanted
    std::vector<std::uint32_t> variables{};          ///< variables whose draws are wanted
    std::vector<std::vector<std::uint32_t>> sums{};  ///< sums of lines, added in the order given
    std::vector<std::uint32_t> outputs{};            ///< single outputs, where not all are wanted
  };
  Program(const Scenario& scenario, std::span<const Sampler> samplers, const Wanted& wanted);

  [[nodiscard]] const ProgramTargets& targets() const { return targets_; }
  [[nodiscard]] std::size_t register_count() const { return registers_; }
  [[nodiscard]] std::span<const Instruction> instructions() const { return instructions_; }

 private:
  friend class Block;
  friend class Compiler;
  std::vector<Instruction> instructions_;
  std::vector<GroupDraw> group_draws_;
  std::vector<std::pair<Register, double>> constants_;
  std::size_t registers_ = 0;
  ProgramTargets targets_;
  std::span<const Sampler> samplers_;
};

/// Gives the uniforms, in (0, 1), of a variable for the draws of a block. Of correlated variables these are the joined
/// ones: no copula is applied to them.
using FillUniforms = std::function<void(std::uint32_t variable, std::span<double> uniforms)>;

/// One thread's columns.
class Block {
 public:
  explicit Block(const Program& program);

  /// Computes draws first .. first + count - 1 (count <= kBlock).
  void run(const UniformSource& uniforms, std::uint64_t first, std::size_t count);

  /// Computes `count` draws (at most kBlock) of uniforms made elsewhere; each variable is asked for once.
  void run(const FillUniforms& fill, std::size_t count);

  [[nodiscard]] const double* column(Register r) const { return columns_.data() + r * stride(); }

 private:
  // Half a page more than a block: columns at multiples of 16 KiB would all fall on the same cache sets.
  static std::size_t stride() { return kBlock + 24; }
  double* mutable_column(Register r) { return columns_.data() + r * stride(); }
  void draw(const UniformSource& uniforms, const Instruction& instruction, std::uint64_t first, std::size_t count);
  void draw_group(const UniformSource& uniforms, const GroupDraw& draw, std::uint64_t first, std::size_t count);
  void draw(const FillUniforms& fill, std::uint32_t variable, Register target, std::size_t count);
  void combine(const Instruction& instruction, std::size_t count);
  const Program& program_;
  std::vector<double> columns_;
  std::vector<double> uniforms_;  ///< one column, or one a member of the largest group
};

}  // namespace tcosim
