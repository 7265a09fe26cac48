// What a draw of every family of the catalogue costs beside one of a PERT: catalogue [ROUNDS] prints a JSON list, one
// object a family, of its first example. PERT and the family take turns within each round, so that a slow moment of
// the machine hits both; medians of the rounds are printed. Draws are checked against the cdf first.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "benchmarks/example.hpp"
#include "distributions/sampler.hpp"
#include "distributions/stream.hpp"

namespace {

constexpr std::size_t kDraws = tcosim::Sampler::kMostDraws;
constexpr std::uint64_t kBlocks = 200;

double seconds_of(const std::function<void()>& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Seconds a draw.
double cost(const tcosim::Sampler& sampler, std::vector<double>& x) {
  const auto stream = tcosim::make_stream(1, "catalogue");
  return seconds_of([&] {
           for (std::uint64_t block = 0; block < kBlocks; ++block) sampler.draws(stream, block * kDraws, x);
         }) /
         static_cast<double>(kBlocks * kDraws);
}

/// Whether every draw of a block lies where its uniform says.
bool is_right(const tcosim::Distribution& d, const tcosim::Sampler& sampler) {
  std::vector<double> u(kDraws), x(kDraws);
  const auto stream = tcosim::make_stream(1, "check");
  tcosim::fill_uniforms(stream, 0, u);
  sampler.draws(stream, 0, x);
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double near = 1e-12 * std::abs(x[i]) + std::numeric_limits<double>::min();
    if (!(tcosim::cdf(d, x[i] + near) >= u[i] - 1e-9 && tcosim::cdf(d, x[i] - near) <= u[i] + 1e-9)) return false;
  }
  return true;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::max(std::atoi(arguments[1]), 1) : 15;
  const auto pert = tcosim::make_samplers(std::vector{tcosim::make("pert", {140.0, 200.0, 320.0})});
  std::vector<double> x(kDraws);
  bool first = true;
  for (const tcosim::Family* family : tcosim::catalogue()) {
    const auto d = tcosim::first_example(*family);
    if (!d) continue;
    std::vector<tcosim::Sampler> sampler;
    std::vector<double> ratios, costs, builds;
    for (int round = 0; round < 3; ++round) {
      builds.push_back(seconds_of([&] { sampler = tcosim::make_samplers({&*d, 1}); }));
    }
    if (!is_right(*d, sampler[0])) {
      std::fprintf(stderr, "wrong draws: %s\n", std::string(family->name).c_str());
      return 1;
    }
    for (int round = 0; round < rounds; ++round) {
      const double reference = cost(pert[0], x), own = cost(sampler[0], x);
      costs.push_back(own);
      ratios.push_back(own / reference);
    }
    std::printf(R"(%s{"family": %s, "example": %s, "nanoseconds": %.4f, "over_pert": %.4f, "table_ms": %.4f})",
                first ? "[" : ",\n ", quoted(family->name).c_str(), quoted(family->examples.front()).c_str(),
                1e9 * median(costs), median(ratios), 1e3 * median(builds));
    first = false;
  }
  std::printf("]\n");
}
