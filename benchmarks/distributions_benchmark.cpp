// What a variate costs, step by step: uniforms, quantile tables, and the exact functions that tables replace, of every
// family's first example.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "benchmarks/example.hpp"
#include "distributions/catalogue.hpp"
#include "distributions/sampler.hpp"
#include "distributions/stream.hpp"

namespace {

constexpr std::size_t kDraws = 2048;

std::vector<double> uniforms() {
  std::vector<double> u(kDraws);
  tcosim::fill_uniforms(tcosim::make_stream(1, "benchmark"), 0, u);
  return u;
}

void count_draws(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(kDraws));
}

void uniform_stream(benchmark::State& state) {
  std::vector<double> u(kDraws);
  const auto stream = tcosim::make_stream(1, "benchmark");
  std::uint64_t first = 0;
  for (auto _ : state) {
    tcosim::fill_uniforms(stream, first, u);
    benchmark::DoNotOptimize(u.data());
    first += kDraws;
  }
  count_draws(state);
}
BENCHMARK(uniform_stream);

void sample(benchmark::State& state, const tcosim::Distribution& distribution) {
  const auto samplers = tcosim::make_samplers({&distribution, 1});
  const auto stream = tcosim::make_stream(1, "benchmark");
  std::vector<double> x(kDraws);
  std::uint64_t first = 0;
  for (auto _ : state) {
    samplers[0].draws(stream, first, x);
    benchmark::DoNotOptimize(x.data());
    first += kDraws;
  }
  count_draws(state);
}

void exact_quantile(benchmark::State& state, const tcosim::Distribution& distribution) {
  const auto u = uniforms();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(tcosim::quantile(distribution, u[i++ % kDraws]));
}

void build_table(benchmark::State& state, const tcosim::Distribution& distribution) {
  for (auto _ : state) benchmark::DoNotOptimize(tcosim::make_samplers({&distribution, 1}));
}

const bool registered = [] {
  for (const tcosim::Family* family : tcosim::catalogue()) {
    const auto d = tcosim::first_example(*family);
    if (!d) continue;
    const std::string name(family->name);
    benchmark::RegisterBenchmark(("sample/" + name).c_str(), [d](benchmark::State& state) { sample(state, *d); });
    benchmark::RegisterBenchmark(("exact_quantile/" + name).c_str(),
                                 [d](benchmark::State& state) { exact_quantile(state, *d); });
    benchmark::RegisterBenchmark(("build_table/" + name).c_str(), [d](benchmark::State& state) {
      build_table(state, *d);
    })->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
