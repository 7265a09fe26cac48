// What a run costs, stage by stage, on the sixteen-input model: the program over one block (formulas and draws),
// columns alone, exact selection, reading a scenario, and the whole run.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "distributions/sampler.hpp"
#include "distributions/stream.hpp"
#include "scenarios/expression.hpp"
#include "scenarios/reader.hpp"
#include "sim/block_kernels.hpp"
#include "sim/order_statistics.hpp"
#include "sim/program.hpp"
#include "sim/simulate.hpp"

namespace {

const std::string kModel = std::string(TCOSIM_SOURCE_DIR) + "/benchmarks/sixteen_inputs.yaml";

tcosim::Scenario model() {
  return *tcosim::read_scenario(kModel).scenario;
}

void read_scenario(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(tcosim::read_scenario(kModel));
}
BENCHMARK(read_scenario)->Unit(benchmark::kMillisecond);

void parse_expression(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        tcosim::parse_expression("if(runs > 4, 0.9, 1) * runs * hours_per_run * (gpu_rate + 0.2)"));
  }
}
BENCHMARK(parse_expression)->Unit(benchmark::kMicrosecond);

std::vector<tcosim::Sampler> samplers_of(const tcosim::Scenario& scenario) {
  return tcosim::make_samplers(distributions(scenario));
}

void make_tables(benchmark::State& state) {
  const auto scenario = model();
  for (auto _ : state) benchmark::DoNotOptimize(samplers_of(scenario));
}
BENCHMARK(make_tables)->Unit(benchmark::kMillisecond);

void run_block(benchmark::State& state) {
  const auto scenario = model();
  const auto samplers = samplers_of(scenario);
  const tcosim::Program program(scenario, samplers, {});
  const auto uniforms = tcosim::UniformSource::make(tcosim::Sampling::monte_carlo, 1, 1 << 20, streams(scenario));
  tcosim::Block block(program);
  for (auto _ : state) {
    block.run(*uniforms, 0, tcosim::kBlock);
    benchmark::DoNotOptimize(block.column(*program.targets().total));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(tcosim::kBlock));
}
BENCHMARK(run_block);

void multiply_columns(benchmark::State& state) {
  const std::vector<double> a(tcosim::kBlock, 1.5), b(tcosim::kBlock, 2.5);
  std::vector<double> out(tcosim::kBlock);
  for (auto _ : state) {
    tcosim::kernel::multiply(a.data(), b.data(), out.size(), out.data());
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(tcosim::kBlock));
}
BENCHMARK(multiply_columns);

void select_percentile(benchmark::State& state) {
  constexpr std::size_t kDraws = 1 << 20;
  std::vector<double> x(kDraws);
  tcosim::fill_uniforms(tcosim::make_stream(1, "selection"), 0, x);
  const std::vector<double> pilot(x.begin(), x.begin() + 16384);
  const std::vector<tcosim::Percentile> wanted{{80}};
  const auto bracket = tcosim::plan_brackets(pilot, wanted).front();
  const std::vector<std::uint64_t> ranks{kDraws * 4 / 5 + 1};
  for (auto _ : state) {
    tcosim::BracketTally tally(bracket);
    for (std::size_t first = 0; first < kDraws; first += tcosim::kBlock) tally.add(&x[first], tcosim::kBlock);
    tally.finish(ranks);
    benchmark::DoNotOptimize(tally.order_statistic(ranks[0]));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(kDraws));
}
BENCHMARK(select_percentile);

void whole_run(benchmark::State& state) {
  const auto scenario = model();
  tcosim::RunOptions options;
  options.draws = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(tcosim::simulate(scenario, options));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(whole_run)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
