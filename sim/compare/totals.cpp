#include "sim/compare/totals.hpp"

#include <algorithm>
#include <cmath>

#include "sim/block_kernels.hpp"
#include "sim/parallel.hpp"
#include "sim/pass_watch.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kPiece = 32768;  // draws; some milliseconds, whole stream segments
constexpr std::uint64_t kPilot = 1024;   // draws from which the centres of the sums are taken

/// A column of one scenario, and where its sums are taken about.
struct Source {
  Register column = 0;
  double centre = 0;
};

class Pass {
 public:
  Pass(std::span<const CompareEntry> entries, std::span<const PreparedEntry> prepared, std::span<const MatchedRow> rows,
       const RunOptions& options)
      : entries_(entries), prepared_(prepared), rows_(rows), options_(options), draws_(options.draws) {
    for (std::size_t s = 0; s < entries.size(); ++s) add_program(s);
    take_centres();
    result_.draws = draws_;
    result_.totals.assign(entries.size(), std::vector<double>(draws_));
  }

  Expected<ComparedTotals, RunError> run();

 private:
  struct Worker {
    std::vector<Block> blocks;  ///< by scenario
    std::vector<double> difference = std::vector<double>(kBlock);
  };

  void add_program(std::size_t s);
  void take_centres();
  [[nodiscard]] std::vector<Block> make_blocks() const;
  void draw_piece(std::size_t piece, Worker& worker);
  void add_block(std::uint64_t first, std::size_t count, Worker& worker, std::vector<kernel::Moments>& sums);
  [[nodiscard]] RunError explain_failure(std::uint64_t piece) const;
  void summarise();

  // Places in the sums of a piece: totals by scenario, then rows by scenario, then differences.
  [[nodiscard]] std::size_t row_place(std::size_t row, std::size_t s) const { return entries_.size() * (1 + row) + s; }
  [[nodiscard]] std::size_t difference_place(std::size_t row, std::size_t s) const {
    return entries_.size() * (1 + rows_.size()) + row * (entries_.size() - 1) + s - 1;
  }
  [[nodiscard]] std::size_t places() const {
    return entries_.size() * (1 + rows_.size()) + rows_.size() * (entries_.size() - 1);
  }

  std::span<const CompareEntry> entries_;
  std::span<const PreparedEntry> prepared_;
  std::span<const MatchedRow> rows_;
  const RunOptions& options_;
  std::uint64_t draws_;
  std::vector<Program> programs_;
  std::vector<Source> totals_;                               ///< by scenario
  std::vector<std::vector<std::optional<Source>>> sources_;  ///< by scenario, by row
  std::vector<std::vector<kernel::Moments>> piece_sums_;
  ComparedTotals result_;
  FirstFailure failure_;
  ProgressReport progress_{options_.progress, draws_};
};

void Pass::add_program(std::size_t s) {
  Program::Wanted wanted{false};
  for (const MatchedRow& row : rows_)
    if (row.leaves[s]) wanted.sums.push_back(*row.leaves[s]);
  wanted.sums.push_back(leaves(entries_[s].scenario));
  programs_.emplace_back(entries_[s].scenario, prepared_[s].samplers, wanted);
  const std::vector<Register>& sums = programs_.back().targets().sums;
  auto next = sums.begin();
  std::vector<std::optional<Source>>& sources = sources_.emplace_back();
  for (const MatchedRow& row : rows_) sources.push_back(row.leaves[s] ? std::optional(Source{*next++}) : std::nullopt);
  totals_.push_back({*next});
}

void Pass::take_centres() {
  const std::uint64_t size = std::min(draws_, kPilot);
  std::vector<Block> blocks = make_blocks();
  for (std::uint64_t first = 0; first < size; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, size - first));
    for (std::size_t s = 0; s < entries_.size(); ++s) {
      blocks[s].run(prepared_[s].uniforms, first, count);
      const auto add = [&](Source& source) {
        const double* x = blocks[s].column(source.column);
        for (std::size_t i = 0; i < count; ++i) source.centre += x[i] / static_cast<double>(size);
      };
      add(totals_[s]);
      for (std::optional<Source>& source : sources_[s])
        if (source) add(*source);
    }
  }
  // Of a draw that is no finite number, which the pass itself finds and names.
  const auto mend = [](Source& source) {
    if (!std::isfinite(source.centre)) source.centre = 0;
  };
  for (std::size_t s = 0; s < entries_.size(); ++s) {
    mend(totals_[s]);
    for (std::optional<Source>& source : sources_[s])
      if (source) mend(*source);
  }
}

std::vector<Block> Pass::make_blocks() const {
  std::vector<Block> blocks;
  blocks.reserve(programs_.size());
  for (const Program& program : programs_) blocks.emplace_back(program);
  return blocks;
}

Expected<ComparedTotals, RunError> Pass::run() {
  const std::size_t pieces = (draws_ + kPiece - 1) / kPiece;
  piece_sums_.assign(pieces, std::vector<kernel::Moments>(places()));
  std::vector<std::optional<Worker>> workers(static_cast<std::size_t>(thread_count(options_.threads)));
  for_each_piece(pieces, options_.threads, [&](std::size_t piece, std::size_t w) {
    if (!workers[w]) workers[w].emplace(Worker{make_blocks()});
    if (piece < failure_.piece()) draw_piece(piece, *workers[w]);
  });
  if (failure_.piece() < pieces) return Unexpected{explain_failure(failure_.piece())};
  if (options_.progress) options_.progress({draws_, draws_});
  summarise();
  return std::move(result_);
}

void Pass::draw_piece(std::size_t piece, Worker& worker) {
  const std::uint64_t begin = piece * kPiece, end = std::min(draws_, begin + kPiece);
  std::vector<kernel::Moments>& sums = piece_sums_[piece];
  for (std::uint64_t first = begin; first < end; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
    for (std::size_t s = 0; s < entries_.size(); ++s) worker.blocks[s].run(prepared_[s].uniforms, first, count);
    add_block(first, count, worker, sums);
  }
  const auto finite = [](const kernel::Moments& m) {
    return std::isfinite(m.sum) && std::isfinite(m.squares) && std::isfinite(m.product);
  };
  if (!std::ranges::all_of(sums, finite)) failure_.note(piece);
  progress_.add(end - begin);
}

void Pass::add_block(std::uint64_t first, std::size_t count, Worker& worker, std::vector<kernel::Moments>& sums) {
  const auto add = [&](std::size_t place, const kernel::Moments& part) {
    sums[place].sum += part.sum;
    sums[place].squares += part.squares;
    sums[place].product += part.product;
  };
  for (std::size_t s = 0; s < entries_.size(); ++s) {
    const double* total = worker.blocks[s].column(totals_[s].column);
    std::copy_n(total, count, result_.totals[s].begin() + static_cast<std::ptrdiff_t>(first));
    add(s, kernel::moments(total, totals_[s].centre, total, totals_[s].centre, count));
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const std::optional<Source>& here = sources_[s][r];
      const double* x = here ? worker.blocks[s].column(here->column) : nullptr;
      if (here) add(row_place(r, s), kernel::moments(x, here->centre, total, totals_[s].centre, count));
      const std::optional<Source>& there = sources_[0][r];
      if (s == 0 || (!here && !there)) continue;
      const double* reference = there ? worker.blocks[0].column(there->column) : nullptr;
      for (std::size_t i = 0; i < count; ++i)
        worker.difference[i] = (here ? x[i] - here->centre : 0) - (there ? reference[i] - there->centre : 0);
      const double* d = worker.difference.data();
      add(difference_place(r, s), kernel::moments(d, 0, d, 0, count));
    }
  }
}

RunError Pass::explain_failure(std::uint64_t piece) const {
  const std::uint64_t begin = piece * kPiece, end = std::min(draws_, begin + kPiece);
  for (std::size_t s = 0; s < entries_.size(); ++s) {
    const Scenario& scenario = entries_[s].scenario;
    Program::Wanted wanted{false};
    const std::vector<std::uint32_t> lines = leaves(scenario);
    for (const std::uint32_t line : lines) wanted.sums.push_back({line});
    const Program program(scenario, prepared_[s].samplers, wanted);
    Block block(program);
    for (std::uint64_t first = begin; first < end; first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
      block.run(prepared_[s].uniforms, first, count);
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t l = 0; l < lines.size(); ++l)
          if (const double value = block.column(program.targets().sums[l])[i]; !std::isfinite(value))
            return not_finite(entries_[s].name + ": the line '" + scenario.lines[lines[l]].name + "'", value,
                              first + i);
    }
  }
  return {"the draws are so large that their squares are beyond a double: take a larger unit"};
}

void Pass::summarise() {
  std::vector<kernel::Moments> sums(places());
  for (const std::vector<kernel::Moments>& piece : piece_sums_) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i].sum += piece[i].sum;
      sums[i].squares += piece[i].squares;
      sums[i].product += piece[i].product;
    }
  }
  const auto n = static_cast<double>(draws_);
  const double less_one = std::max(1.0, n - 1);
  for (std::size_t s = 0; s < entries_.size(); ++s) {
    result_.means.push_back(totals_[s].centre + sums[s].sum / n);
    result_.variances.push_back(std::max(0.0, sums[s].squares - sums[s].sum * sums[s].sum / n) / less_one);
  }
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::vector<RowMoments>& moments = result_.rows.emplace_back(entries_.size());
    for (std::size_t s = 0; s < entries_.size(); ++s) {
      if (!sources_[s][r]) continue;
      const kernel::Moments& m = sums[row_place(r, s)];
      moments[s] = {sources_[s][r]->centre + m.sum / n, (m.product - m.sum * sums[s].sum / n) / less_one};
    }
    std::vector<PairedMoments>& differences = result_.differences.emplace_back();
    for (std::size_t s = 1; s < entries_.size(); ++s) {
      const kernel::Moments& m = sums[difference_place(r, s)];
      const double variance = std::max(0.0, m.squares - m.sum * m.sum / n) / less_one;
      differences.push_back({moments[s].mean - moments[0].mean, std::sqrt(variance / n)});
    }
  }
}

}  // namespace

Expected<ComparedTotals, RunError> draw_compared_totals(std::span<const CompareEntry> entries,
                                                        std::span<const PreparedEntry> prepared,
                                                        std::span<const MatchedRow> rows, const RunOptions& options) {
  return Pass(entries, prepared, rows, options).run();
}

}  // namespace tcosim
