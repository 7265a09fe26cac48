#include "distributions/fitting/data_warnings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim::fitting {
namespace {

std::string percent(double share) {
  char out[32];
  std::snprintf(out, sizeof out, "%.3g%%", 100 * share);
  return out;
}

std::string shown(double x) {
  char out[32];
  std::snprintf(out, sizeof out, "%.6g", x);
  return out;
}

struct Group {
  double weight = 0.5, mean = 0, sd = 1;
  [[nodiscard]] double density(double x) const {
    const double z = (x - mean) / sd;
    return weight / sd * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  }
};
using Pair = std::array<Group, 2>;

double density(const Pair& pair, double x) {
  return pair[0].density(x) + pair[1].density(x);
}

/// The split of sorted values into two runs with the least squared distance from their means.
std::size_t best_split(std::span<const double> x) {
  double all = 0, below = 0, greatest = -1;
  for (const double value : x) all += value;
  std::size_t best = x.size() / 2;
  for (std::size_t i = 1; i < x.size(); ++i) {
    below += x[i - 1];
    const auto left = static_cast<double>(i), right = static_cast<double>(x.size() - i);
    const double gap = below / left - (all - below) / right;
    if (left * right * gap * gap > greatest) {
      greatest = left * right * gap * gap;
      best = i;
    }
  }
  return best;
}

Group group_of(std::span<const double> x, std::size_t all, double least_sd) {
  return {static_cast<double>(x.size()) / static_cast<double>(all), mean_of(x), std::max(deviation_of(x), least_sd)};
}

/// Expectation and maximisation (Dempster, Laird and Rubin 1977) from the best split.
Pair fitted_pair(std::span<const double> x) {
  const double least_sd = 0.02 * deviation_of(x);
  const std::size_t split = best_split(x);
  Pair pair{group_of(x.first(split), x.size(), least_sd), group_of(x.subspan(split), x.size(), least_sd)};
  for (int round = 0; round < 200; ++round) {
    std::array<double, 2> weight{}, sum{}, squares{};
    for (const double value : x) {
      const double upper = pair[1].density(value) / std::max(density(pair, value), 1e-300);
      for (std::size_t k = 0; k < 2; ++k) {
        const double part = k == 1 ? upper : 1 - upper;
        weight[k] += part;
        sum[k] += part * value;
        squares[k] += part * (value - x.front()) * (value - x.front());
      }
    }
    for (std::size_t k = 0; k < 2; ++k) {
      if (weight[k] < 1) return pair;
      const double centre = sum[k] / weight[k], from_first = centre - x.front();
      const double variance = squares[k] / weight[k] - from_first * from_first;
      pair[k] = {weight[k] / static_cast<double>(x.size()), centre, std::sqrt(std::max(variance, least_sd * least_sd))};
    }
  }
  return pair;
}

/// Two peaks with a valley at most 0.8 of the lower one between them, groups of a twentieth or more, and a Bayesian
/// criterion better than one normal's by 10 ("very strong", Kass and Raftery 1995).
bool apart(const Pair& pair, std::span<const double> x) {
  if (std::min(pair[0].weight, pair[1].weight) < 0.05 || !(pair[0].mean < pair[1].mean)) return false;
  double valley = density(pair, pair[0].mean);
  for (int i = 0; i <= 200; ++i) {
    valley = std::min(valley, density(pair, pair[0].mean + (pair[1].mean - pair[0].mean) * i / 200));
  }
  const double lower_peak = std::min(density(pair, pair[0].mean), density(pair, pair[1].mean));
  if (valley > 0.8 * lower_peak) return false;
  double gain = 0;
  const Group one{1, mean_of(x), deviation_of(x)};
  for (const double value : x) gain += std::log(density(pair, value)) - std::log(one.density(value));
  return 2 * gain - 3 * std::log(static_cast<double>(x.size())) > 10;
}

std::string few(std::span<const double> data) {
  constexpr std::size_t kFew = 30;
  if (data.size() >= kFew) return "";
  return "Only " + std::to_string(data.size()) +
         " values: many families fit so few, and what lies beyond them is a guess. 30 or more are better.";
}

std::string repeated(std::span<const double> data) {
  const std::size_t distinct = distinct_values(data);
  if (distinct * 2 > data.size()) return "";
  const std::string these =
      "Only " + std::to_string(distinct) + " different values among " + std::to_string(data.size());
  if (are_counts(data)) {
    return these + ", all whole: these look like counts, so that families of counts are ranked too (a density at a " +
           "whole number stands against a probability).";
  }
  return these +
         ": rounded or repeated. Families with a density do not explain ties, so that p-values come out small; "
         "empirical() takes the values as they are.";
}

/// A value with a chance of its own: a tenth of the data, or a twentieth of them at an end.
std::string piled_up(std::span<const double> data) {
  constexpr double kInside = 0.1, kAtAnEnd = 0.05;
  constexpr std::size_t kLeast = 3;
  if (are_counts(data)) return "";
  const auto n = static_cast<double>(data.size());
  std::string out;
  for (std::size_t i = 0; i < data.size();) {
    std::size_t same = i + 1;
    while (same < data.size() && data[same] == data[i]) ++same;
    const bool least = i == 0, greatest = same == data.size();
    const double share = static_cast<double>(same - i) / n;
    if (same - i >= kLeast && share >= (least || greatest ? kAtAnEnd : kInside)) {
      out += std::string(out.empty() ? "" : " ") + percent(share) + " of the values are exactly " + shown(data[i]) +
             (least      ? ", the least: a bound, or values cut off there?"
              : greatest ? ", the greatest: a bound?"
                         : ".");
    }
    i = same;
  }
  if (out.empty()) return "";
  return out + " Fit the others alone and add such a value by mixture (by zero_inflated where it is 0).";
}

std::string grouped(std::span<const double> data) {
  const auto groups = two_groups(data);
  if (!groups) return "";
  return "Two groups, " + percent(groups->share) + " of the values around " + shown(groups->lower_centre) +
         " and the others around " + shown(groups->upper_centre) +
         " (a mixture of two normal distributions with a valley between its peaks): fit each alone, by --where, or "
         "take empirical() or a mixture.";
}

/// Values so far out that under the best fit a hundredth of one is expected there.
std::string outlying(std::span<const double> data, const Distribution& best) {
  constexpr double kExpected = 0.01;
  constexpr std::size_t kMostShown = 5;
  const auto n = static_cast<double>(data.size());
  const Interval ends = support(best);  // which may be the least and the greatest value themselves
  const auto first = std::upper_bound(data.begin(), data.end(), ends.low);
  const auto last = std::lower_bound(first, data.end(), ends.high);
  // From both ends inwards: of millions of values only those far out are looked at.
  const auto low_end = std::find_if(first, last, [&](double x) { return n * cdf(best, x) >= kExpected; });
  const auto high_end = std::find_if(std::make_reverse_iterator(last), std::make_reverse_iterator(low_end),
                                     [&](double x) { return n * survival(best, x) >= kExpected; });
  std::vector<double> out(first, low_end);
  out.insert(out.end(), high_end.base(), last);
  if (out.empty() || best.family->kind == Kind::discrete) return "";
  std::string list;
  for (std::size_t i = 0; i < std::min(out.size(), kMostShown); ++i) list += (i > 0 ? ", " : "") + shown(out[i]);
  if (out.size() > kMostShown) list += " and " + std::to_string(out.size() - kMostShown) + " more";
  return (out.size() == 1 ? "An outlier: " : "Outliers: ") + list + ". Under the best fit, " +
         std::string(best.family->name) +
         ", values so far out are expected less than once in a hundred such data sets. Are they mistakes?";
}

}  // namespace

bool are_counts(std::span<const double> data) {
  constexpr double kGreatest = 10'000;
  const bool whole = data.front() >= 0 && data.back() <= kGreatest &&
                     std::all_of(data.begin(), data.end(), [](double x) { return x == std::floor(x); });
  if (!whole) return false;
  const std::size_t distinct = distinct_values(data);
  return distinct * 2 <= data.size() && static_cast<double>(distinct) * 4 >= data.back() - data.front() + 1;
}

std::size_t distinct_values(std::span<const double> data) {
  std::size_t distinct = data.empty() ? 0 : 1;
  for (std::size_t i = 1; i < data.size(); ++i) distinct += data[i] != data[i - 1] ? 1 : 0;
  return distinct;
}

std::optional<TwoGroups> two_groups(std::span<const double> data) {
  constexpr std::size_t kLeast = 20, kMost = 2000;
  if (data.size() < kLeast || distinct_values(data) < 5) return std::nullopt;
  std::vector<double> x;
  const std::size_t count = std::min(data.size(), kMost);
  for (std::size_t i = 0; i < count; ++i) x.push_back(data[i * data.size() / count]);
  const Pair pair = fitted_pair(x);
  if (!apart(pair, x)) return std::nullopt;
  if (x.front() > 0) {
    const std::vector<double> logs = logarithms(x);
    if (!apart(fitted_pair(logs), logs)) return std::nullopt;
  }
  return TwoGroups{pair[0].weight, pair[0].mean, pair[1].mean};
}

std::vector<std::string> data_warnings(std::span<const double> data, const Distribution* best) {
  std::vector<std::string> warnings{few(data), repeated(data), piled_up(data), grouped(data)};
  if (best != nullptr) warnings.push_back(outlying(data, *best));
  std::erase(warnings, "");
  return warnings;
}

}  // namespace tcosim::fitting
