#include "distributions/fitting/picture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "distributions/fitting/summary.hpp"

namespace tcosim {
namespace {

struct Bins {
  double low = 0, width = 1;
  std::size_t count = 1;
};

Bins bins_of(std::span<const double> sorted, bool counts, std::size_t columns) {
  using namespace fitting;
  double low = sorted.front(), high = sorted.back();
  const double inner_low = sample_quantile(sorted, 0.005), inner_high = sample_quantile(sorted, 0.995);
  if (high - low > 2 * (inner_high - inner_low) && inner_low < inner_high) {
    low = inner_low;
    high = inner_high;
  }
  if (counts) {
    low = std::floor(low) - 0.5;
    high = std::ceil(high) + 0.5;
    const double step = std::ceil((high - low) / static_cast<double>(columns));
    return {low, step, static_cast<std::size_t>(std::ceil((high - low) / step))};
  }
  const double ideal = 2 * quartile_range(sorted) / std::cbrt(static_cast<double>(sorted.size()));
  const double most = static_cast<double>(columns), wanted = ideal > 0 ? std::ceil((high - low) / ideal) : most;
  const double count = std::clamp(wanted, std::min(10.0, most), most);
  return {low, (high - low) / count, static_cast<std::size_t>(count)};
}

}  // namespace

FitPicture picture_of(std::span<const double> data, std::span<const Distribution> fits, bool counts,
                      std::size_t columns) {
  std::vector<double> sorted(data.begin(), data.end());
  std::sort(sorted.begin(), sorted.end());
  const Bins bins = bins_of(sorted, counts, std::max<std::size_t>(columns, 1));
  const auto n = static_cast<double>(sorted.size());
  FitPicture out{bins.low, bins.low + bins.width * static_cast<double>(bins.count), {}, {}};
  out.shares.assign(bins.count, 0);
  for (const double x : sorted) {
    const double at = bins.width > 0 ? (x - bins.low) / bins.width : 0;
    const bool inside = at >= 0 && at <= static_cast<double>(bins.count);
    if (inside) out.shares[std::min(static_cast<std::size_t>(at), bins.count - 1)] += 1 / n;
  }
  for (const Distribution& d : fits) {
    std::vector<double> expected;
    for (std::size_t i = 0; i < bins.count; ++i) {
      const double left = bins.low + bins.width * static_cast<double>(i);
      expected.push_back(std::max(0.0, cdf(d, left + bins.width) - cdf(d, left)));
    }
    out.expected.push_back(std::move(expected));
  }
  return out;
}

FitCurves curves_of(const FitPicture& picture, std::span<const Distribution> fits, std::size_t points) {
  FitCurves out;
  const double width =
      (picture.high - picture.low) / static_cast<double>(std::max<std::size_t>(picture.shares.size(), 1));
  const double step = (picture.high - picture.low) / static_cast<double>(std::max<std::size_t>(points, 2) - 1);
  for (std::size_t i = 0; i < points; ++i) out.at.push_back(picture.low + step * static_cast<double>(i));
  for (const Distribution& d : fits) {
    std::vector<double>& shares = out.shares.emplace_back();
    for (const double x : out.at) shares.push_back(pdf(d, x) * width);
    double highest = 0;
    for (const double share : shares)
      if (std::isfinite(share)) highest = std::max(highest, share);
    for (double& share : shares)
      if (!std::isfinite(share)) share = highest;
  }
  return out;
}

QuantilePlot quantile_plot(std::span<const double> data, std::span<const Distribution> fits, std::size_t points) {
  std::vector<double> sorted(data.begin(), data.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t n = sorted.size(), shown = std::min(n, std::max<std::size_t>(points, 2));
  QuantilePlot out;
  out.fits.resize(fits.size());
  std::size_t last = n;
  for (std::size_t k = 0; k < shown; ++k) {
    // Of too many values those at the roots of a Chebyshev polynomial, which are denser towards the ends
    const double even = (static_cast<double>(k) + 0.5) / static_cast<double>(shown),
                 place = n <= points ? even : (1 - std::cos(std::numbers::pi * even)) / 2;
    const std::size_t i = std::min(static_cast<std::size_t>(place * static_cast<double>(n)), n - 1);
    if (i == last) continue;
    last = i;
    const double below = (static_cast<double>(i) + 0.5) / static_cast<double>(n),
                 above = (static_cast<double>(n - i) - 0.5) / static_cast<double>(n);
    out.data.push_back(sorted[i]);
    for (std::size_t f = 0; f < fits.size(); ++f)
      out.fits[f].push_back(below < 0.5 ? quantile(fits[f], below) : quantile_upper(fits[f], above));
  }
  return out;
}

}  // namespace tcosim
