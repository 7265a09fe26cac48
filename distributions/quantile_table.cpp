#include "distributions/quantile_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "distributions/kernels.hpp"

namespace tcosim {
namespace {

constexpr int kOctaves = 53;  // [2^-53, 1)
constexpr std::size_t kNodes = 8;
constexpr int kMostIndexBits = 7;
constexpr double kErrorGoal = 1e-13;  // a tenth of the promise: the check samples segments, it does not visit all

double chebyshev_node(std::size_t k, std::size_t count) {
  return -std::cos((static_cast<double>(k) + 0.5) * std::numbers::pi / static_cast<double>(count));
}

/// Power-basis coefficients on [-1, 1] of the polynomial through the Chebyshev nodes.
std::array<double, kNodes> interpolate(const std::array<double, kNodes>& values) {
  // Row j: what value j contributes to every power; Lagrange basis multiplied out, in long double.
  static const auto kBasis = [] {
    std::array<std::array<long double, kNodes>, kNodes> basis{};
    for (std::size_t j = 0; j < kNodes; ++j) {
      std::array<long double, kNodes> product{1};
      long double denominator = 1;
      for (std::size_t m = 0, degree = 0; m < kNodes; ++m) {
        if (m == j) continue;
        const long double node = chebyshev_node(m, kNodes);
        denominator *= chebyshev_node(j, kNodes) - node;
        for (std::size_t power = ++degree; power > 0; --power)
          product[power] = product[power - 1] - node * product[power];
        product[0] *= -node;
      }
      for (std::size_t power = 0; power < kNodes; ++power) basis[j][power] = product[power] / denominator;
    }
    return basis;
  }();
  std::array<double, kNodes> coefficients{};
  for (std::size_t power = 0; power < kNodes; ++power) {
    long double sum = 0;
    for (std::size_t j = 0; j < kNodes; ++j) sum += kBasis[j][power] * static_cast<long double>(values[j]);
    coefficients[power] = static_cast<double>(sum);
  }
  return coefficients;
}

/// Rewrites a polynomial in s as one in t, where s = t - shift.
void recentre(std::array<double, kNodes>& coefficients, double shift) {
  for (std::size_t first = 0; first < kNodes - 1; ++first) {
    for (std::size_t power = kNodes - 1; power-- > first;) coefficients[power] -= shift * coefficients[power + 1];
  }
}

/// The quantile as a function of the distance from one end, cheap in the tail: exact calls near the middle,
/// Chebyshev interpolation over octaves of log2(distance) beyond. `end` is where the half ends.
class HalfQuantile {
 public:
  HalfQuantile(const Distribution& distribution, bool upper, double end)
      : distribution_(distribution), upper_(upper), smooth_below_(std::min(0x1p-4, end / 2)) {}

  double operator()(double distance) {
    // An octave that the split cuts would be interpolated across a kink.
    if (distance >= smooth_below_) return exact(distance);
    const int octave = -std::ilogb(distance);
    const Panel& interpolation = panel(octave);
    return interpolation.form == Form::exact ? exact(distance)
                                             : interpolation.value(std::log2(distance) + octave - 0.5);
  }

 private:
  static constexpr std::size_t kPanelNodes = 16;
  static constexpr double kPanelGoal = 1e-13;
  enum class Form { unknown, plain, logarithmic, exact };

  /// One octave: values (or their logarithms) at Chebyshev nodes of log2(distance).
  struct Panel {
    std::array<double, kPanelNodes> values{};
    Form form = Form::unknown;

    /// At `position` in [-1/2, 1/2] of the octave, by the barycentric formula.
    [[nodiscard]] double value(double position) const {
      static const auto kPlaces = table([](std::size_t k) { return chebyshev_node(k, kPanelNodes); });
      static const auto kWeights = table([](std::size_t k) {
        return (k % 2 == 1 ? -1 : 1) * std::sin((static_cast<double>(k) + 0.5) * std::numbers::pi / kPanelNodes);
      });
      double numerator = 0, denominator = 0;
      for (std::size_t k = 0; k < kPanelNodes; ++k) {
        const double difference = 2 * position - kPlaces[k];
        if (difference == 0) return form == Form::logarithmic ? std::exp(values[k]) : values[k];
        numerator += kWeights[k] / difference * values[k];
        denominator += kWeights[k] / difference;
      }
      const double result = numerator / denominator;
      return form == Form::logarithmic ? std::exp(result) : result;
    }

    template <class Function>
    static std::array<double, kPanelNodes> table(Function function) {
      std::array<double, kPanelNodes> result{};
      for (std::size_t k = 0; k < kPanelNodes; ++k) result[k] = function(k);
      return result;
    }
  };

  [[nodiscard]] double exact(double distance) const {
    return upper_ ? quantile_upper(distribution_, distance) : tcosim::quantile(distribution_, distance);
  }

  /// Power laws want logarithms, quantiles that pass zero must not have them: each octave takes the form that
  /// meets two exact values between the nodes, or none.
  const Panel& panel(int octave) {
    Panel& result = panels_[static_cast<std::size_t>(octave)];
    if (result.form != Form::unknown) return result;
    const auto at = [&](double position) { return exact(std::exp2(position + 0.5 - octave)); };
    result.values = Panel::table([&](std::size_t k) { return at(0.5 * chebyshev_node(k, kPanelNodes)); });
    constexpr std::array<double, 2> kProbes{-0.42, 0.07};
    const std::array<double, 2> truth{at(kProbes[0]), at(kProbes[1])};
    const auto fits = [&] {
      for (std::size_t i = 0; i < kProbes.size(); ++i)
        if (!(std::abs(result.value(kProbes[i]) - truth[i]) <= kPanelGoal * std::abs(truth[i]))) return false;
      return true;
    };
    result.form = Form::plain;
    if (fits()) return result;
    if (*std::ranges::min_element(result.values) > std::numeric_limits<double>::min()) {
      std::ranges::transform(result.values, result.values.begin(), [](double x) { return std::log(x); });
      result.form = Form::logarithmic;
      if (fits()) return result;
    }
    result.form = Form::exact;
    return result;
  }

  const Distribution& distribution_;
  bool upper_;
  double smooth_below_;
  std::array<Panel, kOctaves + 2> panels_{};
};

}  // namespace

std::size_t QuantileTable::segments_per_half() const {
  return static_cast<std::size_t>(kOctaves) << index_bits_;
}

QuantileTable::QuantileTable(const Distribution& distribution) {
  if (const std::vector<double> found = kinks(distribution); !found.empty()) split_ = found.front();
  // Four bits suit every ordinary shape; violent ones (gamma with shape 0.05) get finer segments.
  for (index_bits_ = 4;; ++index_bits_) {
    segments_ = std::make_unique<Segment[]>(2 * segments_per_half());
    fit_half(distribution, false);
    fit_half(distribution, true);
    if (index_bits_ == kMostIndexBits || worst_error(distribution) <= kErrorGoal) return;
  }
}

void QuantileTable::fit_half(const Distribution& distribution, bool upper) {
  const double end = upper ? 1 - split_ : split_;
  HalfQuantile function(distribution, upper, end);
  Segment* segment = segments_.get() + (upper ? segments_per_half() : 0);
  for (int octave = kOctaves; octave >= 1; --octave) {
    const double width = std::ldexp(1.0, -octave - index_bits_);
    for (int part = 0; part < (1 << index_bits_); ++part, ++segment) {
      const double start = std::ldexp(1.0, -octave) + part * width;
      if (start > end) {  // never looked up; a copy keeps the table finite
        *segment = segment == segments_.get() ? Segment{} : segment[-1];
        continue;
      }
      // A segment that the split cuts is fitted on a window of full width that ends at the split.
      const double middle = start + width / 2;
      const double window_middle = std::min(middle, end - width / 2);
      std::array<double, kNodes> values{};
      for (std::size_t k = 0; k < kNodes; ++k)
        values[k] = function(window_middle + 0.5 * width * chebyshev_node(k, kNodes));
      auto coefficients = interpolate(values);
      if (window_middle != middle) recentre(coefficients, (window_middle - middle) / (width / 2));
      // The kernel measures t in [1, 2) mantissa steps: rescale, exactly, by powers of two.
      for (std::size_t power = 0; power < kNodes; ++power)
        segment->coefficient[power] = std::ldexp(coefficients[power], static_cast<int>(power) * (index_bits_ + 1));
    }
  }
}

double QuantileTable::worst_error(const Distribution& distribution) const {
  double worst = 0;
  for (const bool upper : {false, true}) {
    const auto tail_at = [&](double x) { return upper ? survival(distribution, x) : cdf(distribution, x); };
    for (int octave = 1; octave < kOctaves; octave += octave < 8 ? 1 : 9) {
      for (const double place : {1.003, 1.0605, 1.41, 1.9395}) {
        const double distance = std::ldexp(place, -octave - 1);
        const double u = upper ? 1 - distance : distance;
        const double tail = upper ? 1 - u : u;
        if ((u < split_) == upper) continue;
        const double x = quantile(u);
        // Next to the bound of a support neighbouring doubles are far apart in probability: no fault of the table.
        const double ulps = 16 * std::abs(x) * std::numeric_limits<double>::epsilon();
        const double one = tail_at(x - ulps), other = tail_at(x + ulps);
        const double error = std::max({0.0, std::min(one, other) - tail, tail - std::max(one, other)});
        if (std::isfinite(error)) worst = std::max(worst, error / tail);
      }
    }
  }
  return worst;
}

double QuantileTable::quantile(double u) const {
  const bool lower = u < split_;
  const double tail = std::max(lower ? u : 1 - u, 0x1p-53);
  const auto bits = std::bit_cast<std::uint64_t>(tail);
  const int shift = 52 - index_bits_;
  const std::uint64_t index =
      (bits >> shift) - (std::uint64_t{1023 - 53} << index_bits_) + (lower ? 0 : segments_per_half());
  const double t = std::bit_cast<double>((bits & ((std::uint64_t{1} << shift) - 1)) | 0x3FF0000000000000) -
                   (1 + 1.0 / static_cast<double>(std::uint64_t{2} << index_bits_));
  const double* c = segments_[index].coefficient;
  double x = c[7];
  for (std::size_t power = kNodes - 1; power-- > 0;) x = std::fma(x, t, c[power]);
  return x;
}

kernel::QuantileSegments QuantileTable::segments(double location, double scale) const {
  return {segments_[0].coefficient, segments_per_half(), index_bits_, split_, location, scale};
}

void QuantileTable::quantiles(std::span<const double> u, std::span<double> x, double location, double scale) const {
  kernel::quantiles(segments(location, scale), u.data(), u.size(), x.data());
}

void QuantileTable::draws(Stream stream, std::uint64_t first, std::span<double> x, double location,
                          double scale) const {
  while (!x.empty()) {
    const std::size_t skipped = first % kStreamSegment;
    const std::span<double> part = x.first(std::min(x.size(), kStreamSegment - skipped));
    if (skipped == 0 && part.size() % kStreamLanes == 0) {
      kernel::keyed_quantiles({stream.key, first / kStreamSegment, stream.replicate}, part.size() / kStreamLanes,
                              segments(location, scale), part.data());
    } else {
      fill_uniforms(stream, first, part);
      quantiles(part, part, location, scale);
    }
    first += part.size();
    x = x.subspan(part.size());
  }
}

}  // namespace tcosim
