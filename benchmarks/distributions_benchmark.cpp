// What a variate costs, step by step: uniforms, quantile tables, and the exact functions that tables replace.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

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

struct Case {
  std::string_view name;
  tcosim::Distribution distribution;
};

std::vector<Case> cases() {
  using tcosim::make;
  return {{"uniform", make("uniform", {0.8, 1.5})},      {"triangular", make("triangular", {22.0, 30.0, 45.0})},
          {"pert", make("pert", {140.0, 200.0, 320.0})}, {"normal", make("normal", {9000.0, 800.0})},
          {"lognormal", make("lognormal", {2.5, 0.5})},  {"gamma", make("gamma", {9.0, 1200.0 / 9})},
          {"poisson", make("poisson", {3.0})},           {"bernoulli", make("bernoulli", {0.2})}};
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
  const auto u = uniforms();
  std::vector<double> x(kDraws);
  for (auto _ : state) {
    samplers[0].quantiles(u, x);
    benchmark::DoNotOptimize(x.data());
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
  for (const Case& c : cases()) {
    const std::string name(c.name);
    const auto d = c.distribution;
    benchmark::RegisterBenchmark(("sample/" + name).c_str(), [d](benchmark::State& state) { sample(state, d); });
    benchmark::RegisterBenchmark(("exact_quantile/" + name).c_str(),
                                 [d](benchmark::State& state) { exact_quantile(state, d); });
    benchmark::RegisterBenchmark(("build_table/" + name).c_str(), [d](benchmark::State& state) {
      build_table(state, d);
    })->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
