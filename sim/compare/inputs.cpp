#include "sim/compare/inputs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/parallel.hpp"
#include "sim/program.hpp"
#include "sim/sensitivity/sample.hpp"

namespace tcosim {
namespace {

/// One column a subject, each an input or a variable of the scenario.
std::vector<std::vector<double>> draw(const CompareEntry& entry, const PreparedEntry& prepared,
                                      const std::vector<Subject>& subjects, std::uint64_t draws, int threads) {
  Program::Wanted wanted{false};
  for (const Subject& subject : subjects) {
    if (subject.kind == Subject::Kind::input) wanted.inputs.push_back(subject.inputs[0]);
    if (subject.kind != Subject::Kind::input) wanted.variables.push_back(subject.variables[0]);
  }
  const Program program(entry.scenario, prepared.samplers, wanted);
  auto input = program.targets().inputs.begin();
  auto variable = program.targets().variables.begin();
  std::vector<Register> registers;
  for (const Subject& subject : subjects)
    registers.push_back(subject.kind == Subject::Kind::input ? *input++ : *variable++);

  std::vector<std::vector<double>> columns(subjects.size(), std::vector<double>(draws));
  std::vector<std::optional<Block>> blocks(static_cast<std::size_t>(thread_count(threads)));
  constexpr std::uint64_t kPart = kStreamSegment;
  for_each_piece((draws + kPart - 1) / kPart, threads, [&](std::size_t piece, std::size_t worker) {
    std::optional<Block>& block = blocks[worker];
    if (!block) block.emplace(program);
    for (std::uint64_t first = piece * kPart; first < std::min(draws, (piece + 1) * kPart); first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, draws - first));
      block->run(prepared.uniforms, first, count);
      for (std::size_t c = 0; c < columns.size(); ++c)
        std::copy_n(block->column(registers[c]), count, columns[c].begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
  return columns;
}

}  // namespace

std::uint64_t matched_draws(std::span<const CompareEntry> entries, std::uint64_t draws) {
  std::size_t columns = 0;
  for (const CompareEntry& entry : entries) columns += subjects(entry.scenario, RankBy::inputs).size();
  return sensitivity_draws(draws, columns);
}

Expected<std::vector<MatchedInput>, RunError> draw_matched_inputs(std::span<const CompareEntry> entries,
                                                                  std::span<const PreparedEntry> prepared,
                                                                  std::uint64_t draws, int threads) {
  std::vector<MatchedInput> matched;
  for (std::size_t s = 0; s < entries.size(); ++s) {
    const std::vector<Subject> all = subjects(entries[s].scenario, RankBy::inputs);
    std::vector<std::vector<double>> columns = draw(entries[s], prepared[s], all, draws, threads);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!std::ranges::all_of(columns[i], [](double x) { return std::isfinite(x); }))
        return Unexpected{RunError{entries[s].name + ": '" + all[i].name + "' is not a finite number in some draws"}};
      auto found = std::ranges::find_if(
          matched, [&](const MatchedInput& other) { return other.kind == all[i].kind && other.name == all[i].name; });
      if (found == matched.end()) {
        matched.push_back({all[i].name, all[i].label, all[i].unit, all[i].kind, {}, {}});
        matched.back().column_of.resize(entries.size());
        found = matched.end() - 1;
      }
      const auto same = std::ranges::find(found->columns, columns[i]);
      found->column_of[s] = static_cast<std::size_t>(same - found->columns.begin());
      if (same == found->columns.end()) found->columns.push_back(std::move(columns[i]));
    }
  }
  return matched;
}

}  // namespace tcosim
