#include "sim/samples.hpp"

#include <algorithm>

#include "distributions/stream.hpp"
#include "sim/parallel.hpp"
#include "sim/pass_watch.hpp"

namespace tcosim {
namespace {

// Rows of a .csv differ in length, so a piece knows its place only when those before it are made: pieces are made
// and written in waves. Four pieces a thread even out their times; together they take some 64 MB.
constexpr std::size_t kPiecesAThread = 4;
constexpr std::uint64_t kWaveBytes = 64'000'000, kCellBytes = 20;

std::uint64_t piece_draws(std::size_t columns, std::size_t pieces) {
  const std::uint64_t segment_bytes = kStreamSegment * columns * kCellBytes;
  return kStreamSegment * std::max<std::uint64_t>(1, kWaveBytes / pieces / segment_bytes);
}

class SamplesPass {
 public:
  SamplesPass(const Program& program, std::size_t lines, const UniformSource& uniforms, int threads, SamplesFile& file)
      : program_(program), uniforms_(uniforms), threads_(threads), file_(file) {
    const ProgramTargets& targets = program.targets();
    registers_.push_back(*targets.total);
    registers_.insert(registers_.end(), targets.columns.begin(),
                      targets.columns.begin() + static_cast<std::ptrdiff_t>(lines));
    blocks_.resize(static_cast<std::size_t>(thread_count(threads)));
    bytes_.resize(kPiecesAThread * blocks_.size());
    piece_ = piece_draws(registers_.size(), bytes_.size());
  }

  /// Writes all rows, from byte `offset` on.
  void write(std::uint64_t offset, ProgressReport& progress) {
    const std::uint64_t draws = uniforms_.draws(), wave = piece_ * bytes_.size();
    std::vector<std::uint64_t> offsets(bytes_.size());
    for (std::uint64_t first = 0; first < draws && !file_.failed(); first += wave) {
      const std::uint64_t end = std::min(draws, first + wave);
      const auto pieces = static_cast<std::size_t>((end - first + piece_ - 1) / piece_);
      for_each_piece(pieces, threads_, [&](std::size_t piece, std::size_t worker) {
        const std::uint64_t from = first + piece * piece_;
        make_rows(from, std::min(end, from + piece_), worker, bytes_[piece]);
      });
      for (std::size_t piece = 0; piece < pieces; ++piece) {
        offsets[piece] = offset;
        offset += bytes_[piece].size();
      }
      for_each_piece(pieces, threads_,
                     [&](std::size_t piece, std::size_t) { file_.write(offsets[piece], bytes_[piece]); });
      progress.add(end - first);
    }
  }

 private:
  void make_rows(std::uint64_t begin, std::uint64_t end, std::size_t worker, std::string& bytes) {
    std::optional<Block>& block = blocks_[worker];
    if (!block) block.emplace(program_);
    std::vector<const double*> columns;
    for (const Register r : registers_) columns.push_back(block->column(r));
    bytes.clear();
    for (std::uint64_t first = begin; first < end; first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
      block->run(uniforms_, first, count);
      append_rows(file_.format(), columns, count, bytes);
    }
  }

  const Program& program_;
  const UniformSource& uniforms_;
  int threads_;
  SamplesFile& file_;
  std::vector<Register> registers_;
  std::vector<std::optional<Block>> blocks_;  ///< by worker
  std::vector<std::string> bytes_;            ///< by piece of a wave
  std::uint64_t piece_ = 0;                   ///< draws
};

}  // namespace

std::vector<std::string> samples_columns(const Scenario& scenario) {
  std::vector<std::string> names{"total"};
  for (const Line& line : scenario.lines) names.push_back(line.name);
  return names;
}

std::optional<RunError> write_samples(const Scenario& scenario, std::span<const Sampler> samplers,
                                      const UniformSource& uniforms, const RunOptions& options, SamplesFile file) {
  const std::string header = samples_header(file.format(), samples_columns(scenario), uniforms.draws());
  file.write(0, header);
  const Program program(scenario, samplers, Program::Wanted{});
  ProgressReport progress(options.progress, uniforms.draws());
  SamplesPass(program, scenario.lines.size(), uniforms, options.threads, file).write(header.size(), progress);
  if (const auto error = file.close()) return RunError{*error};
  return std::nullopt;
}

}  // namespace tcosim
