#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "sim/block_kernels.hpp"
#include "sim/program.hpp"

namespace tcosim {

Block::Block(const Program& program) : program_(program), columns_(program.register_count() * stride()) {
  std::size_t most = 1;
  for (const GroupDraw& draw : program.group_draws_) most = std::max(most, draw.wanted.size());
  uniforms_.resize(most * stride());
  for (const auto& [target, value] : program.constants_) std::fill_n(mutable_column(target), kBlock, value);
}

void Block::run(const UniformSource& uniforms, std::uint64_t first, std::size_t count) {
  assert(count <= kBlock);
  for (const Instruction& instruction : program_.instructions_) {
    switch (instruction.kind) {
      case Instruction::Kind::draw:
        draw(uniforms, instruction, first, count);
        break;
      case Instruction::Kind::draw_group:
        draw_group(uniforms, program_.group_draws_[instruction.variable], first, count);
        break;
      case Instruction::Kind::combine:
        combine(instruction, count);
        break;
    }
  }
}

void Block::run(const FillUniforms& fill, std::size_t count) {
  assert(count <= kBlock);
  for (const Instruction& instruction : program_.instructions_) {
    switch (instruction.kind) {
      case Instruction::Kind::draw:
        draw(fill, instruction.variable, instruction.target, count);
        break;
      case Instruction::Kind::draw_group:
        for (const GroupDraw::Member& member : program_.group_draws_[instruction.variable].members)
          draw(fill, member.variable, member.target, count);
        break;
      case Instruction::Kind::combine:
        combine(instruction, count);
        break;
    }
  }
}

void Block::draw(const FillUniforms& fill, std::uint32_t variable, Register target, std::size_t count) {
  const std::span<double> u(uniforms_.data(), count);
  fill(variable, u);
  program_.samplers_[variable].quantiles(u, {mutable_column(target), count});
}

void Block::draw(const UniformSource& uniforms, const Instruction& instruction, std::uint64_t first,
                 std::size_t count) {
  const Sampler& sampler = program_.samplers_[instruction.variable];
  const std::span<double> x(mutable_column(instruction.target), count);
  if (const auto stream = uniforms.stream(instruction.variable)) {
    sampler.draws(*stream, first, x);
  } else {
    const std::span<double> u(uniforms_.data(), count);
    uniforms.fill(instruction.variable, first, u);
    sampler.quantiles(u, x);
  }
}

void Block::draw_group(const UniformSource& uniforms, const GroupDraw& draw, std::uint64_t first, std::size_t count) {
  const DrawColumns u{uniforms_.data(), stride(), count};
  uniforms.fill_group(draw.group, first, u, draw.wanted);
  for (const GroupDraw::Member& member : draw.members)
    program_.samplers_[member.variable].quantiles(u[member.member], {mutable_column(member.target), count});
}

void Block::combine(const Instruction& instruction, std::size_t count) {
  double* out = mutable_column(instruction.target);
  const double* a = column(instruction.sources[0]);
  const double* b = column(instruction.sources[1]);
  const double* c = column(instruction.sources[2]);
  const auto one = [&](auto operation) {
    for (std::size_t i = 0; i < count; ++i) out[i] = operation(a[i]);
  };
  const auto two = [&](auto operation) {
    for (std::size_t i = 0; i < count; ++i) out[i] = operation(a[i], b[i]);
  };
  const auto truth = [](bool value) { return value ? 1.0 : 0.0; };
  switch (instruction.op) {
    case Op::add:
      return kernel::add(a, b, count, out);
    case Op::subtract:
      return kernel::subtract(a, b, count, out);
    case Op::multiply:
      return kernel::multiply(a, b, count, out);
    case Op::divide:
      return kernel::divide(a, b, count, out);
    case Op::negate:
      return one([](double x) { return -x; });
    case Op::absolute:
      return one([](double x) { return std::abs(x); });
    case Op::square_root:
      return one([](double x) { return std::sqrt(x); });
    case Op::exponential:
      return one([](double x) { return std::exp(x); });
    case Op::natural_log:
      return one([](double x) { return std::log(x); });
    case Op::log10:
      return one([](double x) { return std::log10(x); });
    case Op::sine:
      return one([](double x) { return std::sin(x); });
    case Op::cosine:
      return one([](double x) { return std::cos(x); });
    case Op::round:
      return one([](double x) { return std::nearbyint(x); });
    case Op::floor:
      return one([](double x) { return std::floor(x); });
    case Op::ceil:
      return one([](double x) { return std::ceil(x); });
    case Op::logical_not:
      return one([&](double x) { return truth(x == 0); });
    case Op::power:
      return two([](double x, double y) { return std::pow(x, y); });
    // A NaN must come through, to be caught and named: std::min and std::max would hide one.
    case Op::minimum:
      return two([](double x, double y) { return x < y || x != x ? x : y; });
    case Op::maximum:
      return two([](double x, double y) { return x > y || x != x ? x : y; });
    case Op::less:
      return two([&](double x, double y) { return truth(x < y); });
    case Op::less_equal:
      return two([&](double x, double y) { return truth(x <= y); });
    case Op::greater:
      return two([&](double x, double y) { return truth(x > y); });
    case Op::greater_equal:
      return two([&](double x, double y) { return truth(x >= y); });
    case Op::equal:
      return two([&](double x, double y) { return truth(x == y); });
    case Op::not_equal:
      return two([&](double x, double y) { return truth(x != y); });
    case Op::logical_and:
      return two([&](double x, double y) { return truth(x != 0 && y != 0); });
    case Op::logical_or:
      return two([&](double x, double y) { return truth(x != 0 || y != 0); });
    case Op::choose:
      for (std::size_t i = 0; i < count; ++i) out[i] = a[i] != 0 ? b[i] : c[i];
      return;
    case Op::constant:
    case Op::variable:
    case Op::input:
    case Op::line:
    case Op::total:
      assert(false);
  }
}

}  // namespace tcosim
