#include "sim/sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "sim/analysis/histogram.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/replicates.hpp"
#include "sim/block_kernels.hpp"
#include "sim/order_statistics.hpp"
#include "sim/parallel.hpp"
#include "sim/samples_file.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kChunk = 32768;  // draws in a piece of work: some milliseconds, whole stream segments
constexpr std::uint64_t kLeastPilot = 16384, kMostPilot = 262144, kPilotShare = 128;
constexpr std::size_t kBins = 200;
const std::vector<Percentile> kRowPercentiles{{10}, {50}, {80}, {90}};

/// One column to be summarised, and how.
struct Column {
  Register source = 0;
  std::vector<Percentile> percentiles;
  bool full = false;  ///< the total or an output: extremes, histogram, shortfalls
  double centre = 0;  ///< about the mean, from the pilot
  std::vector<Bracket> brackets;
  Histogram bins;  ///< empty counts, of a full column
};

/// Sums over one chunk of draws, of one column.
struct ChunkSums {
  kernel::Moments moments;
  kernel::Extremes extremes;
  std::vector<double> above;  ///< by bracket: x - centre over the draws above it, where shortfall is asked
};

/// What one thread counts; whole numbers and sets, so the order of merging does not matter.
struct ColumnTally {
  std::vector<BracketTally> brackets;
  Histogram histogram;
};

struct Worker {
  explicit Worker(const Program& program) : block(program) {}
  Block block;
  std::vector<ColumnTally> tallies;
  std::vector<std::uint64_t> at_or_under;
};

/// Bins from P0.5 to P99.5 of a pilot, so that outliers do not flatten the picture.
Histogram central_bins(std::vector<double> pilot) {
  const auto draw = [&](Percentile p) {
    const auto place = pilot.begin() + static_cast<std::ptrdiff_t>(rank(p, pilot.size()) - 1);
    std::nth_element(pilot.begin(), place, pilot.end());
    return *place;
  };
  const double low = draw({5, 1000}), high = draw({995, 1000});
  return std::isfinite(low) && std::isfinite(high) ? empty_histogram(low, high, kBins) : empty_histogram(0, 0, 1);
}

class Pass {
 public:
  Pass(const Scenario& scenario, std::span<const Sampler> samplers, const UniformSource& uniforms,
       const SampleQuestions& questions, const RunOptions& options)
      : scenario_(scenario),
        uniforms_(uniforms),
        questions_(questions),
        options_(options),
        program_(scenario, samplers, Program::Wanted{}),
        draws_(uniforms.draws()) {}

  Expected<Sample, RunError> run();

 private:
  void choose_columns();
  void plan_from_pilot();
  std::optional<RunError> draw_all();
  void draw_chunk(std::size_t chunk, Worker& worker);
  void add_shape(const Column& column, const double* x, std::size_t count, bool start, ChunkSums& sums,
                 ColumnTally& tally) const;
  [[nodiscard]] bool wants_shortfall(const Percentile& percentile) const;
  void report_progress(std::uint64_t count);
  [[nodiscard]] RunError explain_failure(std::uint64_t chunk) const;
  void merge_workers();
  bool widen_missed_brackets();
  [[nodiscard]] std::vector<std::uint64_t> wanted_ranks(const Percentile& percentile, bool with_interval) const;
  [[nodiscard]] double order_statistic(std::size_t column, std::size_t bracket, std::uint64_t rank) const;
  [[nodiscard]] kernel::Moments sums(std::size_t column) const;
  [[nodiscard]] ColumnSummary summarise_row(std::size_t column) const;
  [[nodiscard]] Distributed summarise(std::size_t column) const;
  void add_percentiles(std::size_t column, Distributed& result) const;
  [[nodiscard]] double shortfall(std::size_t column, std::size_t bracket, const Percentile& percentile,
                                 double mean) const;

  const Scenario& scenario_;
  const UniformSource& uniforms_;
  const SampleQuestions& questions_;
  const RunOptions& options_;
  Program program_;
  std::uint64_t draws_;
  std::uint64_t chunks_ = 0;

  std::vector<Column> columns_;  ///< rows' columns (each register once), then total, then outputs
  std::vector<std::size_t> column_of_row_;
  std::size_t total_column_ = 0;
  std::vector<std::vector<ChunkSums>> chunk_sums_;  ///< by chunk, by column
  std::vector<std::vector<double>> kept_;           ///< all draws of the full columns, where replicates need them
  std::vector<double> leading_totals_;
  std::vector<Worker> workers_;
  std::optional<SamplesFile> samples_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> first_bad_chunk_{std::numeric_limits<std::uint64_t>::max()};
  std::mutex progress_mutex_;
  std::chrono::steady_clock::time_point last_progress_{};
};

Expected<Sample, RunError> Pass::run() {
  choose_columns();
  plan_from_pilot();
  do {
    if (const auto error = draw_all()) return Unexpected{*error};
    merge_workers();
  } while (widen_missed_brackets());

  Sample sample;
  sample.draws = draws_;
  for (const std::size_t column : column_of_row_) sample.rows.push_back(summarise_row(column));
  sample.total = summarise(total_column_);
  for (std::size_t i = 0; i < scenario_.outputs.size(); ++i) sample.outputs.push_back(summarise(total_column_ + 1 + i));
  sample.at_or_under = workers_[0].at_or_under;
  sample.leading_totals = std::move(leading_totals_);
  return sample;
}

void Pass::choose_columns() {
  const ProgramTargets& targets = program_.targets();
  for (const Register r : targets.columns) {
    auto column = std::ranges::find(columns_, r, &Column::source);
    if (column == columns_.end())
      column = columns_.insert(columns_.end(), Column{r, kRowPercentiles, false, 0, {}, {}});
    column_of_row_.push_back(static_cast<std::size_t>(column - columns_.begin()));
  }
  total_column_ = columns_.size();
  columns_.push_back({*targets.total, questions_.percentiles, true, 0, {}, {}});
  for (const Register r : targets.outputs) columns_.push_back({r, questions_.percentiles, true, 0, {}, {}});
  chunks_ = (draws_ + kChunk - 1) / kChunk;
}

void Pass::plan_from_pilot() {
  // Small samples are their own pilot, and their brackets keep everything.
  const bool small = draws_ <= 2 * kLeastPilot;
  const std::uint64_t size = small ? draws_ : std::clamp(draws_ / kPilotShare, kLeastPilot, kMostPilot);
  std::vector<std::vector<double>> pilot(columns_.size(), std::vector<double>(size));
  const std::uint64_t part = std::max<std::uint64_t>(kBlock, 2048);
  std::vector<std::optional<Block>> blocks(static_cast<std::size_t>(thread_count(options_.threads)));
  for_each_piece((size + part - 1) / part, options_.threads, [&](std::size_t piece, std::size_t worker) {
    if (!blocks[worker]) blocks[worker].emplace(program_);
    for (std::uint64_t first = piece * part; first < std::min(size, (piece + 1) * part); first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, size - first));
      blocks[worker]->run(uniforms_, first, count);
      for (std::size_t c = 0; c < columns_.size(); ++c)
        std::copy_n(blocks[worker]->column(columns_[c].source), count,
                    pilot[c].begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
  for_each_piece(columns_.size(), options_.threads, [&](std::size_t c, std::size_t) {
    Column& column = columns_[c];
    std::vector<double>& values = pilot[c];
    double sum = 0;
    for (const double x : values) sum += x;
    column.centre = std::isfinite(sum) ? sum / static_cast<double>(size) : 0;
    // A NaN cannot be sorted; draw_all() finds and names it.
    std::erase_if(values, [](double x) { return std::isnan(x); });
    if (values.empty()) values.push_back(0);
    if (column.full) column.bins = central_bins(values);
    column.brackets = small ? std::vector<Bracket>(column.percentiles.size(), unbounded_bracket())
                            : plan_brackets(std::move(values), column.percentiles);
    for (std::size_t b = 0; b < column.brackets.size(); ++b)
      column.brackets[b].counts_edges |= column.full && wants_shortfall(column.percentiles[b]);
  });
}

std::optional<RunError> Pass::draw_all() {
  const auto threads = static_cast<std::size_t>(thread_count(options_.threads));
  workers_.clear();
  for (std::size_t w = 0; w < threads; ++w) {
    Worker& worker = workers_.emplace_back(program_);
    worker.at_or_under.assign(questions_.sums.size(), 0);
    for (const Column& column : columns_) {
      ColumnTally& tally = worker.tallies.emplace_back();
      for (const Bracket bracket : column.brackets) tally.brackets.emplace_back(bracket);
      tally.histogram = column.bins;
    }
  }
  chunk_sums_.assign(chunks_, std::vector<ChunkSums>(columns_.size()));
  leading_totals_.resize(std::min(draws_, kSensitivityDraws));
  if (uniforms_.replicates() > 1) kept_.assign(columns_.size() - total_column_, std::vector<double>(draws_));
  done_ = 0;
  if (options_.samples_file) {
    auto file = SamplesFile::create(*options_.samples_file, draws_);
    if (!file) return RunError{file.error()};
    samples_.emplace(*std::move(file));
  }

  for_each_piece(chunks_, options_.threads, [&](std::size_t chunk, std::size_t worker) {
    if (chunk < first_bad_chunk_) draw_chunk(chunk, workers_[worker]);
  });

  if (first_bad_chunk_ < chunks_) return explain_failure(first_bad_chunk_);
  if (samples_) {
    if (const auto error = samples_->close()) return RunError{*error};
    samples_.reset();
  }
  return std::nullopt;
}

void Pass::draw_chunk(std::size_t chunk, Worker& worker) {
  const std::uint64_t begin = chunk * kChunk, end = std::min(draws_, begin + kChunk);
  std::vector<ChunkSums>& sums = chunk_sums_[chunk];
  for (std::uint64_t first = begin; first < end; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
    worker.block.run(uniforms_, first, count);
    const double* total = worker.block.column(columns_[total_column_].source);

    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Column& column = columns_[c];
      const double* x = worker.block.column(column.source);
      const kernel::Moments part = kernel::moments(x, column.centre, total, columns_[total_column_].centre, count);
      sums[c].moments.sum += part.sum;
      sums[c].moments.squares += part.squares;
      sums[c].moments.product += part.product;
      if (column.full) add_shape(column, x, count, first == begin, sums[c], worker.tallies[c]);
      for (BracketTally& bracket : worker.tallies[c].brackets) bracket.add(x, count);
      if (column.full && !kept_.empty())
        std::copy_n(x, count, kept_[c - total_column_].begin() + static_cast<std::ptrdiff_t>(first));
    }

    for (std::size_t s = 0; s < questions_.sums.size(); ++s)
      worker.at_or_under[s] += kernel::count_up_to(total, count, questions_.sums[s]);
    if (first < leading_totals_.size())
      std::copy_n(total, std::min<std::size_t>(count, leading_totals_.size() - first),
                  leading_totals_.begin() + static_cast<std::ptrdiff_t>(first));
    if (samples_) samples_->write(first, {total, count});
  }
  for (const ChunkSums& column : sums) {
    if (std::isfinite(column.moments.sum)) continue;
    std::uint64_t known = first_bad_chunk_;
    while (chunk < known && !first_bad_chunk_.compare_exchange_weak(known, chunk)) {
    }
  }
  report_progress(end - begin);
}

void Pass::add_shape(const Column& column, const double* x, std::size_t count, bool start, ChunkSums& sums,
                     ColumnTally& tally) const {
  const kernel::Extremes ends = kernel::extremes(x, column.centre, count);
  sums.extremes.cubes += ends.cubes;
  sums.extremes.min = start ? ends.min : std::min(sums.extremes.min, ends.min);
  sums.extremes.max = start ? ends.max : std::max(sums.extremes.max, ends.max);
  sums.above.resize(column.brackets.size());
  for (std::size_t b = 0; b < column.brackets.size(); ++b)
    if (wants_shortfall(column.percentiles[b]))
      sums.above[b] += kernel::sum_above(x, count, column.brackets[b].high, column.centre);
  tcosim::count(tally.histogram, {x, count});
}

bool Pass::wants_shortfall(const Percentile& percentile) const {
  return std::ranges::find(questions_.shortfalls, percentile) != questions_.shortfalls.end();
}

void Pass::report_progress(std::uint64_t count) {
  const std::uint64_t done = done_ += count;
  if (!options_.progress) return;
  const std::unique_lock lock(progress_mutex_, std::try_to_lock);
  if (!lock) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_progress_ < std::chrono::milliseconds(100)) return;
  last_progress_ = now;
  options_.progress({done, draws_});
}

RunError Pass::explain_failure(std::uint64_t chunk) const {
  Block block(program_);
  const std::uint64_t end = std::min(draws_, (chunk + 1) * kChunk);
  for (std::uint64_t first = chunk * kChunk; first < end; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - first));
    block.run(uniforms_, first, count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto complaint = [&](const std::string& what, double value) {
        return RunError{
            fmt::format("{} is {} in draw {}: no finite number. A division by zero, a root or logarithm of a negative "
                        "number, or an "
                        "overflow; min() and max() can keep a formula in bounds",
                        what, std::isnan(value) ? "not a number (NaN)" : "infinite", first + i + 1)};
      };
      for (std::size_t line = 0; line < scenario_.lines.size(); ++line) {
        const double value = block.column(program_.targets().columns[line])[i];
        if (!scenario_.lines[line].has_items && !std::isfinite(value))
          return complaint(fmt::format("the line '{}'", scenario_.lines[line].name), value);
      }
      for (std::size_t output = 0; output < scenario_.outputs.size(); ++output) {
        const double value = block.column(program_.targets().outputs[output])[i];
        if (!std::isfinite(value))
          return complaint(fmt::format("the output '{}'", scenario_.outputs[output].name), value);
      }
    }
  }
  return {"the sum of the draws is too large for a double"};
}

void Pass::merge_workers() {
  Worker& all = workers_[0];
  for (std::size_t w = 1; w < workers_.size(); ++w) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      ColumnTally& into = all.tallies[c];
      ColumnTally& from = workers_[w].tallies[c];
      for (std::size_t b = 0; b < into.brackets.size(); ++b) into.brackets[b].merge(std::move(from.brackets[b]));
      add(into.histogram, from.histogram);
    }
    for (std::size_t s = 0; s < all.at_or_under.size(); ++s) all.at_or_under[s] += workers_[w].at_or_under[s];
  }
  while (workers_.size() > 1) workers_.pop_back();

  std::vector<std::pair<std::size_t, std::size_t>> brackets;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    for (std::size_t b = 0; b < columns_[c].brackets.size(); ++b) brackets.emplace_back(c, b);
  for_each_piece(brackets.size(), options_.threads, [&](std::size_t i, std::size_t) {
    const auto [c, b] = brackets[i];
    const Percentile& percentile = columns_[c].percentiles[b];
    all.tallies[c].brackets[b].finish(wanted_ranks(percentile, columns_[c].full),
                                      columns_[c].full && wants_shortfall(percentile));
  });
}

std::vector<std::uint64_t> Pass::wanted_ranks(const Percentile& percentile, bool with_interval) const {
  std::vector<std::uint64_t> ranks{rank(percentile, draws_)};
  if (with_interval && uniforms_.replicates() == 1) {
    const RankInterval interval = confidence_ranks(percentile, draws_);
    if (interval.low) ranks.push_back(*interval.low);
    if (interval.high) ranks.push_back(*interval.high);
  }
  std::ranges::sort(ranks);
  return ranks;
}

bool Pass::widen_missed_brackets() {
  bool missed = false;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    for (std::size_t b = 0; b < columns_[c].brackets.size(); ++b) {
      for (const std::uint64_t r : wanted_ranks(columns_[c].percentiles[b], columns_[c].full)) {
        if (workers_[0].tallies[c].brackets[b].order_statistic(r)) continue;
        columns_[c].brackets[b] = unbounded_bracket();
        missed = true;
      }
    }
  }
  return missed;
}

double Pass::order_statistic(std::size_t column, std::size_t bracket, std::uint64_t r) const {
  return workers_[0].tallies[column].brackets[bracket].order_statistic(r).value();
}

kernel::Moments Pass::sums(std::size_t column) const {
  kernel::Moments all;
  for (const auto& chunk : chunk_sums_) {
    all.sum += chunk[column].moments.sum;
    all.squares += chunk[column].moments.squares;
    all.product += chunk[column].moments.product;
  }
  return all;
}

/// Sum of products about the means, from sums about the centres.
double about_means(double product, double sum_x, double sum_y, double n) {
  return product - sum_x * sum_y / n;
}

ColumnSummary Pass::summarise_row(std::size_t column) const {
  const auto n = static_cast<double>(draws_);
  const double less_one = std::max(1.0, n - 1);
  const kernel::Moments own = sums(column), total = sums(total_column_);
  ColumnSummary summary;
  summary.mean = columns_[column].centre + own.sum / n;
  summary.variance = std::max(0.0, about_means(own.squares, own.sum, own.sum, n)) / less_one;
  summary.covariance_with_total = about_means(own.product, own.sum, total.sum, n) / less_one;
  double* const values[] = {&summary.p10, &summary.p50, &summary.p80, &summary.p90};
  for (std::size_t b = 0; b < kRowPercentiles.size(); ++b)
    *values[b] = order_statistic(column, b, rank(kRowPercentiles[b], draws_));
  return summary;
}

Distributed Pass::summarise(std::size_t column) const {
  const auto n = static_cast<double>(draws_);
  const kernel::Moments own = sums(column);
  Distributed result;
  const double shift = own.sum / n;
  const double squares = std::max(0.0, about_means(own.squares, own.sum, own.sum, n));
  result.mean = columns_[column].centre + shift;
  result.sd = std::sqrt(squares / std::max(1.0, n - 1));
  result.mean_standard_error = result.sd / std::sqrt(n);

  double cubes = 0;
  result.min = chunk_sums_[0][column].extremes.min;
  result.max = chunk_sums_[0][column].extremes.max;
  for (const auto& chunk : chunk_sums_) {
    cubes += chunk[column].extremes.cubes;
    result.min = std::min(result.min, chunk[column].extremes.min);
    result.max = std::max(result.max, chunk[column].extremes.max);
  }
  // Of a certain total only rounding is left, which has no shape.
  const double variance = squares / n;
  const bool spread = result.max > result.min && result.sd > 1e-12 * std::abs(result.mean);
  const double third = cubes / n - 3 * shift * own.squares / n + 2 * shift * shift * shift;
  result.skewness = spread ? third / (variance * std::sqrt(variance)) : 0;

  add_percentiles(column, result);
  result.histogram = workers_[0].tallies[column].histogram;
  return result;
}

void Pass::add_percentiles(std::size_t column, Distributed& result) const {
  const bool replicated = uniforms_.replicates() > 1;
  std::vector<double> all;
  if (replicated) {
    all = kept_[column - total_column_];
    result.mean_standard_error = replicate_mean_error(all, uniforms_.replicates());
  }
  for (std::size_t b = 0; b < questions_.percentiles.size(); ++b) {
    const Percentile& percentile = questions_.percentiles[b];
    PercentileValue value{
        name(percentile), percentile.probability(), order_statistic(column, b, rank(percentile, draws_)), {}};
    if (replicated) {
      const double reach = replicate_half_width(all, uniforms_.replicates(), percentile);
      value.interval = {value.value - reach, value.value + reach};
    } else {
      const RankInterval ranks = confidence_ranks(percentile, draws_);
      if (ranks.low) value.interval.low = order_statistic(column, b, *ranks.low);
      if (ranks.high) value.interval.high = order_statistic(column, b, *ranks.high);
    }
    if (wants_shortfall(percentile))
      result.cvar.emplace_back(value.name, shortfall(column, b, percentile, value.value));
    result.percentiles.push_back(std::move(value));
  }
}

double Pass::shortfall(std::size_t column, std::size_t bracket, const Percentile& percentile, double q) const {
  const BracketTally& tally = workers_[0].tallies[column].brackets[bracket];
  double excess = tally.excess_within(q);
  if (tally.above(draws_) > 0) {
    double beyond = 0;
    for (const auto& chunk : chunk_sums_) beyond += chunk[column].above[bracket];
    excess += beyond + static_cast<double>(tally.above(draws_)) * (columns_[column].centre - q);
  }
  return q + excess / (static_cast<double>(draws_) * (1 - percentile.probability()));
}

}  // namespace

Expected<Sample, RunError> draw_sample(const Scenario& scenario, std::span<const Sampler> samplers,
                                       const UniformSource& uniforms, const SampleQuestions& questions,
                                       const RunOptions& options) {
  return Pass(scenario, samplers, uniforms, questions, options).run();
}

}  // namespace tcosim
