#include "sim/sample.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/analysis/percentile.hpp"
#include "sim/analysis/replicates.hpp"
#include "sim/block_kernels.hpp"
#include "sim/cell_tally.hpp"
#include "sim/column.hpp"
#include "sim/draw_columns.hpp"
#include "sim/parallel.hpp"
#include "sim/pass_watch.hpp"

namespace tcosim {
namespace {

// A piece of work: some milliseconds, whole stream segments. Very long runs take longer pieces, so that the sums by
// piece stay small; the length depends on the number of draws alone.
constexpr std::uint64_t kChunk = 32768, kMostChunks = 8192;
constexpr std::uint64_t kLeastPilot = 16384, kMostPilot = 524288, kPilotShare = 128;
const std::vector<Percentile> kRowPercentiles{{10}, {50}, {80}, {90}};

std::uint64_t chunk_draws(std::uint64_t draws) {
  constexpr std::uint64_t kUnit = kChunk * kMostChunks;
  return kChunk * std::max<std::uint64_t>(1, (draws + kUnit - 1) / kUnit);
}

struct Worker {
  explicit Worker(const Program& program) : block(program) {}
  Block block;
  std::vector<ColumnTally> tallies;
  std::vector<std::uint64_t> at_or_under;
};

class Pass {
 public:
  Pass(const Scenario& scenario, std::span<const Sampler> samplers, const UniformSource& uniforms,
       const SampleQuestions& questions, const RunOptions& options)
      : scenario_(scenario),
        uniforms_(uniforms),
        questions_(questions),
        options_(options),
        program_(scenario, samplers, Program::Wanted{}),
        draws_(uniforms.draws()),
        chunk_(chunk_draws(draws_)),
        chunks_((draws_ + chunk_ - 1) / chunk_) {}

  Expected<Sample, RunError> run();

 private:
  void choose_columns();
  void plan_from_pilot();
  void make_workers();
  std::optional<RunError> draw_all();
  void draw_chunk(std::size_t chunk, std::size_t worker);
  void keep_totals(std::uint64_t first, std::span<const double> totals);
  [[nodiscard]] RunError explain_failure(std::uint64_t chunk) const;
  void merge_workers();
  void add_chunks();
  bool widen_missed_brackets();
  bool find_curve();
  [[nodiscard]] ColumnDraws draws_of(std::size_t column) const;
  Sample summary();

  const Scenario& scenario_;
  const UniformSource& uniforms_;
  const SampleQuestions& questions_;
  const RunOptions& options_;
  Program program_;
  std::uint64_t draws_, chunk_, chunks_;

  std::vector<Column> columns_;  ///< of the rows (each register once), then the total, then the outputs
  std::vector<std::size_t> column_of_row_;
  std::size_t total_column_ = 0;
  std::vector<std::vector<ColumnSums>> chunk_sums_;  ///< by chunk, by column
  std::vector<ColumnSums> sums_;                     ///< by column, over all chunks
  std::vector<std::vector<double>> kept_;            ///< all draws of the full columns, where replicates need them
  std::vector<double> leading_totals_;
  std::optional<Cells> cells_;           ///< of the total, where its curve is asked for
  std::vector<CellTally> cell_tallies_;  ///< by worker
  std::vector<PercentileValue> curve_;
  std::vector<Worker> workers_;
  FirstFailure failure_;  ///< of a chunk
  ProgressReport progress_{options_.progress, draws_};
};

Expected<Sample, RunError> Pass::run() {
  choose_columns();
  plan_from_pilot();
  bool again = true;
  while (again) {
    make_workers();
    if (const auto error = draw_all()) return Unexpected{*error};
    merge_workers();
    again = widen_missed_brackets();
    again = !find_curve() || again;
  }
  add_chunks();
  return summary();
}

void Pass::choose_columns() {
  const ProgramTargets& targets = program_.targets();
  for (const Register r : targets.columns) {
    auto column = std::ranges::find(columns_, r, &Column::source);
    if (column == columns_.end())
      column = columns_.insert(columns_.end(), Column{r, kRowPercentiles, false, {}, 0, {}, {}});
    column_of_row_.push_back(static_cast<std::size_t>(column - columns_.begin()));
  }
  std::vector<bool> shortfalls;
  for (const Percentile& percentile : questions_.percentiles)
    shortfalls.push_back(std::ranges::find(questions_.shortfalls, percentile) != questions_.shortfalls.end());
  total_column_ = columns_.size();
  columns_.push_back({*targets.total, questions_.percentiles, true, shortfalls, 0, {}, {}});
  for (const Register r : targets.outputs) columns_.push_back({r, questions_.percentiles, true, shortfalls, 0, {}, {}});
}

void Pass::plan_from_pilot() {
  // Small samples are their own pilot, and their brackets keep everything.
  const bool small = draws_ <= 2 * kLeastPilot;
  const std::uint64_t size = small ? draws_ : std::clamp(draws_ / kPilotShare, kLeastPilot, kMostPilot);
  std::vector<Register> registers;
  for (const Column& column : columns_) registers.push_back(column.source);
  std::vector<std::vector<double>> pilot = draw_registers(program_, uniforms_, registers, size, options_.threads);
  if (!questions_.curve.empty()) {
    std::vector<double> totals = pilot[total_column_];
    std::erase_if(totals, [](double x) { return std::isnan(x); });
    cells_ = plan_cells(std::move(totals), questions_.curve);
  }
  for_each_piece(columns_.size(), options_.threads,
                 [&](std::size_t c, std::size_t) { plan_column(columns_[c], std::move(pilot[c]), small); });
}

void Pass::make_workers() {
  workers_.clear();
  cell_tallies_.clear();
  for (int w = 0; w < thread_count(options_.threads); ++w) {
    Worker& worker = workers_.emplace_back(program_);
    worker.at_or_under.assign(questions_.sums.size(), 0);
    for (const Column& column : columns_) worker.tallies.emplace_back(column);
    if (cells_) cell_tallies_.emplace_back(*cells_);
  }
  chunk_sums_.assign(chunks_, std::vector<ColumnSums>(columns_.size()));
  leading_totals_.resize(std::min(draws_, kSensitivityDraws));
  if (uniforms_.replicates() > 1) kept_.assign(columns_.size() - total_column_, std::vector<double>(draws_));
  progress_.restart();
}

std::optional<RunError> Pass::draw_all() {
  for_each_piece(chunks_, options_.threads, [&](std::size_t chunk, std::size_t worker) {
    if (chunk < failure_.piece()) draw_chunk(chunk, worker);
  });
  if (failure_.piece() < chunks_) return explain_failure(failure_.piece());
  return std::nullopt;
}

void Pass::draw_chunk(std::size_t chunk, std::size_t index) {
  Worker& worker = workers_[index];
  const std::uint64_t begin = chunk * chunk_, end = std::min(draws_, begin + chunk_);
  std::vector<ColumnSums>& sums = chunk_sums_[chunk];
  const Column& total_column = columns_[total_column_];
  for (std::uint64_t first = begin; first < end; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
    worker.block.run(uniforms_, first, count);
    const double* total = worker.block.column(total_column.source);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const double* x = worker.block.column(columns_[c].source);
      sums[c].add(columns_[c], x, total, total_column.centre, count);
      worker.tallies[c].add(columns_[c], x, count);
      if (columns_[c].full && !kept_.empty())
        std::copy_n(x, count, kept_[c - total_column_].begin() + static_cast<std::ptrdiff_t>(first));
    }
    for (std::size_t s = 0; s < questions_.sums.size(); ++s)
      worker.at_or_under[s] += kernel::count_up_to(total, count, questions_.sums[s]);
    if (cells_) cell_tallies_[index].add(total, count);
    keep_totals(first, {total, count});
  }
  if (!std::ranges::all_of(sums, &ColumnSums::finite)) failure_.note(chunk);
  progress_.add(end - begin);
}

void Pass::keep_totals(std::uint64_t first, std::span<const double> totals) {
  if (first < leading_totals_.size()) {
    std::copy_n(totals.begin(), std::min<std::size_t>(totals.size(), leading_totals_.size() - first),
                leading_totals_.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

RunError Pass::explain_failure(std::uint64_t chunk) const {
  Block block(program_);
  const std::uint64_t end = std::min(draws_, (chunk + 1) * chunk_);
  for (std::uint64_t first = chunk * chunk_; first < end; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
    block.run(uniforms_, first, count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t l = 0; l < scenario_.lines.size(); ++l) {
        const double value = block.column(program_.targets().columns[l])[i];
        if (!scenario_.lines[l].has_items && !std::isfinite(value))
          return not_finite("the line '" + scenario_.lines[l].name + "'", value, first + i);
      }
      for (std::size_t o = 0; o < scenario_.outputs.size(); ++o) {
        const double value = block.column(program_.targets().outputs[o])[i];
        if (!std::isfinite(value))
          return not_finite("the output '" + scenario_.outputs[o].name + "'", value, first + i);
      }
    }
  }
  return {"the draws are so large that their squares and cubes are beyond a double: take a larger unit"};
}

void Pass::merge_workers() {
  Worker& all = workers_[0];
  for (; workers_.size() > 1; workers_.pop_back()) {
    Worker& other = workers_.back();
    for (std::size_t c = 0; c < columns_.size(); ++c) all.tallies[c].merge(std::move(other.tallies[c]));
    for (std::size_t s = 0; s < all.at_or_under.size(); ++s) all.at_or_under[s] += other.at_or_under[s];
  }
  std::vector<std::pair<std::size_t, std::size_t>> brackets;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    for (std::size_t b = 0; b < columns_[c].brackets.size(); ++b) brackets.emplace_back(c, b);
  for_each_piece(brackets.size(), options_.threads, [&](std::size_t i, std::size_t) {
    const auto [c, b] = brackets[i];
    const Column& column = columns_[c];
    all.tallies[c].brackets[b].finish(wanted_ranks(column, column.percentiles[b], draws_, uniforms_.replicates()),
                                      column.full && column.shortfalls[b]);
  });
}

bool Pass::widen_missed_brackets() {
  bool missed = false;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Column& column = columns_[c];
    for (std::size_t b = 0; b < column.brackets.size(); ++b) {
      for (const std::uint64_t r : wanted_ranks(column, column.percentiles[b], draws_, uniforms_.replicates())) {
        if (workers_[0].tallies[c].brackets[b].order_statistic(r)) continue;
        column.brackets[b] = unbounded_bracket();
        missed = true;
      }
    }
  }
  return missed;
}

/// False where a draw lies in a cell that was not kept; the next pass keeps all.
bool Pass::find_curve() {
  if (!cells_) return true;
  const bool independent = uniforms_.replicates() == 1;
  const std::size_t size = questions_.curve.size();
  std::vector<std::uint64_t> wanted(size);
  std::vector<RankInterval> intervals(size);
  for_each_piece(size, options_.threads, [&](std::size_t i, std::size_t) {
    wanted[i] = rank(questions_.curve[i], draws_);
    if (independent) intervals[i] = confidence_ranks(questions_.curve[i], draws_);
  });
  std::vector<std::uint64_t> ranks = wanted;
  for (const RankInterval& interval : intervals)
    for (const auto& end : {interval.low, interval.high})
      if (end) ranks.push_back(*end);
  std::ranges::sort(ranks);
  const auto found = order_statistics(cell_tallies_, ranks, options_.threads);
  if (!found) {
    std::ranges::fill(cells_->kept, char{1});
    return false;
  }
  const auto draw = [&](std::uint64_t r) {
    return (*found)[static_cast<std::size_t>(std::ranges::lower_bound(ranks, r) - ranks.begin())];
  };
  curve_.clear();
  for (std::size_t i = 0; i < size; ++i) {
    PercentileValue& point = curve_.emplace_back();
    point = {name(questions_.curve[i]), questions_.curve[i].probability(), draw(wanted[i]), {}};
    if (intervals[i].low) point.interval.low = draw(*intervals[i].low);
    if (intervals[i].high) point.interval.high = draw(*intervals[i].high);
  }
  return true;
}

void Pass::add_chunks() {
  sums_.assign(columns_.size(), {});
  for (const auto& chunk : chunk_sums_)
    for (std::size_t c = 0; c < columns_.size(); ++c) sums_[c].add(chunk[c]);
}

ColumnDraws Pass::draws_of(std::size_t column) const {
  const bool kept = columns_[column].full && !kept_.empty();
  return {columns_[column],
          sums_[column],
          workers_[0].tallies[column],
          draws_,
          uniforms_.replicates(),
          kept ? std::span<const double>(kept_[column - total_column_]) : std::span<const double>()};
}

Sample Pass::summary() {
  Sample sample;
  sample.draws = draws_;
  for (const std::size_t column : column_of_row_)
    sample.rows.push_back(summarise_row(draws_of(column), sums_[total_column_]));
  sample.total = summarise(draws_of(total_column_));
  for (std::size_t i = 0; i < scenario_.outputs.size(); ++i)
    sample.outputs.push_back(summarise(draws_of(total_column_ + 1 + i)));
  sample.at_or_under = workers_[0].at_or_under;
  if (!kept_.empty()) {
    for (const double sum : questions_.sums)
      sample.share_half_widths.push_back(replicate_share_half_width(kept_[0], uniforms_.replicates(), sum));
  }
  if (!kept_.empty() && !curve_.empty()) {
    const auto reach = replicate_half_widths(kept_[0], uniforms_.replicates(), questions_.curve, options_.threads);
    for (std::size_t i = 0; i < curve_.size(); ++i)
      if (reach[i]) curve_[i].interval = {curve_[i].value - *reach[i], curve_[i].value + *reach[i]};
  }
  sample.curve = std::move(curve_);
  sample.leading_totals = std::move(leading_totals_);
  if (!kept_.empty()) sample.replicate_totals = std::move(kept_[0]);
  return sample;
}

}  // namespace

Expected<Sample, RunError> draw_sample(const Scenario& scenario, std::span<const Sampler> samplers,
                                       const UniformSource& uniforms, const SampleQuestions& questions,
                                       const RunOptions& options) {
  return Pass(scenario, samplers, uniforms, questions, options).run();
}

}  // namespace tcosim
