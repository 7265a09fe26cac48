// The sixteen-input model in plain C++: Boost.Random's own distributions, blocks shared by oneTBB, percentiles by
// std::nth_element. One engine a block, so that blocks are independent of the thread that runs them.
// boost_model DRAWS THREADS prints one JSON object.
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/triangle_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

namespace random = boost::random;

// Seeding a Mersenne Twister costs about as much as 50 draws of the model: blocks are large enough not to notice.
constexpr std::size_t kBlock = 65536;

struct Pert {
  double low, width;
  random::beta_distribution<double> beta;
  Pert(double a, double mode, double b)
      : low(a), width(b - a), beta(1 + 4 * (mode - a) / (b - a), 1 + 4 * (b - mode) / (b - a)) {}
  template <class Engine>
  double operator()(Engine& engine) {
    return low + width * beta(engine);
  }
};

random::lognormal_distribution<double> lognormal(double mean, double sd) {
  const double variance = std::log1p(sd / mean * (sd / mean));
  return random::lognormal_distribution<double>(std::log(mean) - variance / 2, std::sqrt(variance));
}

struct Model {
  random::poisson_distribution<int> runs{3};
  Pert hours{140, 200, 320};
  random::lognormal_distribution<double> gpu_rate = lognormal(2.5, 0.5);
  Pert labeling_time{100, 150, 260};
  random::triangle_distribution<double> labeling_rate{22, 30, 45};
  random::uniform_real_distribution<double> storage{0.8, 1.5};
  random::triangle_distribution<double> storage_rate{20, 25, 30};
  Pert engineer_time{1, 1.5, 3};
  random::normal_distribution<double> salary{9000, 800};
  random::gamma_distribution<double> infrastructure{9, 1200.0 / 9};
  random::lognormal_distribution<double> inference_time = lognormal(10000, 4000);
  random::triangle_distribution<double> inference_rate{0.015, 0.02, 0.03};
  random::poisson_distribution<int> incidents{0.5};
  random::lognormal_distribution<double> incident_cost = lognormal(2000, 2500);
  random::bernoulli_distribution<double> audit{0.2};
  random::uniform_real_distribution<double> audit_cost{1000, 5000};

  template <class Engine>
  double operator()(Engine& engine) {
    double total = (1 + runs(engine)) * hours(engine) * gpu_rate(engine);
    total += labeling_time(engine) * labeling_rate(engine);
    total += 6 * storage(engine) * storage_rate(engine);
    total += engineer_time(engine) * salary(engine);
    total += infrastructure(engine);
    total += inference_time(engine) * inference_rate(engine);
    // What does not happen needs no cost.
    if (const int count = incidents(engine); count > 0) total += count * incident_cost(engine);
    if (audit(engine)) total += audit_cost(engine);
    return total;
  }
};

void fill_block(std::vector<double>& totals, std::size_t block) {
  random::mt19937_64 engine(static_cast<std::uint64_t>(block + 1));
  Model model;
  const std::size_t end = std::min(totals.size(), (block + 1) * kBlock);
  for (std::size_t i = block * kBlock; i < end; ++i) totals[i] = model(engine);
}

struct Moments {
  double mean, sd;
};

Moments moments(const std::vector<double>& totals) {
  const auto n = static_cast<double>(totals.size());
  double sum = 0, squares = 0;
  for (const double t : totals) sum += t;
  for (const double t : totals) squares += (t - sum / n) * (t - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1))};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const auto draws = static_cast<std::size_t>(std::atof(arguments[1]));
  const auto threads = static_cast<std::size_t>(std::atoi(arguments[2]));
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  using Clock = std::chrono::steady_clock;

  const auto begin = Clock::now();
  std::vector<double> totals(draws);
  tbb::parallel_for(std::size_t{0}, (draws + kBlock - 1) / kBlock,
                    [&](std::size_t block) { fill_block(totals, block); });
  const Moments m = moments(totals);

  const auto middle = Clock::now();
  double percentiles[3];
  auto from = totals.begin();
  for (int i = 0; i < 3; ++i) {
    const std::size_t percent[] = {50, 80, 90};
    const auto nth = totals.begin() + static_cast<std::ptrdiff_t>((draws * percent[i] + 99) / 100 - 1);
    std::nth_element(from, nth, totals.end());
    percentiles[i] = *nth;
    from = nth;
  }

  const auto end = Clock::now();
  const auto seconds = [](auto duration) { return std::chrono::duration<double>(duration).count(); };
  std::printf(
      "{\"draws\": %zu, \"threads\": %zu, \"sampling_seconds\": %.6f, \"percentile_seconds\": %.6f, "
      "\"mean\": %.6f, \"sd\": %.6f, \"P50\": %.4f, \"P80\": %.4f, \"P90\": %.4f}\n",
      draws, threads, seconds(middle - begin), seconds(end - middle), m.mean, m.sd, percentiles[0], percentiles[1],
      percentiles[2]);
}
