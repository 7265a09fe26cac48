#include "sim/analysis/sobol_indices.hpp"

#include <cassert>
#include <cmath>
#include <cstddef>

#include "sim/analysis/jackknife.hpp"

namespace tcosim {
namespace {

double ratio(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : 0;
}

/// Of two columns, from the mean of their squared differences; 1 where they are the same.
double correlation(double mean_x, double mean_y, double mean_xx, double mean_yy, double mean_squared_difference) {
  const double x = mean_xx - mean_x * mean_x, y = mean_yy - mean_y * mean_y;
  const double apart = mean_squared_difference - (mean_x - mean_y) * (mean_x - mean_y);
  return ratio((x + y - apart) / 2, std::sqrt(x) * std::sqrt(y));
}

}  // namespace

PickFreezeSums operator+(const PickFreezeSums& x, const PickFreezeSums& y) {
  return {x.rows + y.rows,
          x.a + y.a,
          x.b + y.b,
          x.s + y.s,
          x.aa + y.aa,
          x.bb + y.bb,
          x.ss + y.ss,
          x.a_less_s + y.a_less_s,
          x.b_less_s + y.b_less_s,
          x.change + y.change,
          x.b_change + y.b_change};
}

PickFreezeSums pick_freeze_sums(std::span<const double> a, std::span<const double> b, std::span<const double> s,
                                double centre) {
  assert(a.size() == b.size() && a.size() == s.size());
  PickFreezeSums sums;
  sums.rows = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i] - centre, y = b[i] - centre, z = s[i] - centre, change = s[i] - a[i];
    sums.a += x;
    sums.b += y;
    sums.s += z;
    sums.aa += x * x;
    sums.bb += y * y;
    sums.ss += z * z;
    sums.a_less_s += change * change;
    sums.b_less_s += (b[i] - s[i]) * (b[i] - s[i]);
    sums.change += change;
    sums.b_change += y * change;
  }
  return sums;
}

SobolIndices sobol_indices(const PickFreezeSums& sums) {
  const double n = sums.rows;
  const double a = sums.a / n, b = sums.b / n, s = sums.s / n;
  const double aa = sums.aa / n, bb = sums.bb / n, ss = sums.ss / n;
  const double a_less_s = sums.a_less_s / n, b_less_s = sums.b_less_s / n;
  const double mean = (a + b) / 2, variance = (aa + bb) / 2 - mean * mean;
  if (!(variance > 0)) return {};

  SobolIndices indices;
  indices.first_saltelli = (sums.b_change - mean * sums.change) / n / variance;
  indices.first_jansen = 1 - b_less_s / (2 * variance);
  const double middle = (b + s) / 2, squares = (bb + ss) / 2;
  indices.first_janon = ratio(squares - b_less_s / 2 - middle * middle, squares - middle * middle);
  indices.first_martinez = correlation(b, s, bb, ss, b_less_s);
  indices.total_jansen = a_less_s / (2 * variance);
  indices.total_martinez = 1 - correlation(a, s, aa, ss, a_less_s);
  return indices;
}

SobolAnalysis analyse_pick_freeze(std::span<const std::vector<PickFreezeSums>> parts) {
  const std::size_t factors = parts.empty() ? 0 : parts[0].size();
  // sums of all parts but one are added up, not taken off the whole: nothing cancels
  const auto all_but = [&](std::size_t factor, std::size_t left_out) {
    PickFreezeSums sums;
    for (std::size_t p = 0; p < parts.size(); ++p)
      if (p != left_out) sums = sums + parts[p][factor];
    return sobol_indices(sums);
  };

  SobolAnalysis analysis;
  double first_sum = 0;
  std::vector<double> first_sums(parts.size(), 0.0);
  for (std::size_t f = 0; f < factors; ++f) {
    const SobolIndices whole = all_but(f, parts.size());
    std::vector<SobolIndices> without;
    for (std::size_t p = 0; p < parts.size(); ++p) without.push_back(all_but(f, p));
    const auto estimate = [&](double SobolIndices::*index) {
      std::vector<double> values;
      for (const SobolIndices& indices : without) values.push_back(indices.*index);
      return jackknife(whole.*index, values);
    };
    analysis.factors.push_back({estimate(&SobolIndices::first_saltelli), estimate(&SobolIndices::first_jansen),
                                estimate(&SobolIndices::first_janon), estimate(&SobolIndices::first_martinez),
                                estimate(&SobolIndices::total_jansen), estimate(&SobolIndices::total_martinez)});
    first_sum += whole.first_saltelli;
    for (std::size_t p = 0; p < parts.size(); ++p) first_sums[p] += without[p].first_saltelli;
  }
  if (parts.size() > 1) analysis.first_sum = jackknife(first_sum, first_sums);
  return analysis;
}

}  // namespace tcosim
