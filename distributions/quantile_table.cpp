#include "distributions/quantile_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "distributions/kernels.hpp"
#include "distributions/quantile_shape.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kNodes = 8;
using Polynomial = std::array<double, kNodes>;

// Ordinary shapes: four bits, and every octave of a uniform of 53 bits. Others: more bits, but fewer octaves.
constexpr int kUsualBits = 4, kUsualOctaves = 53;
constexpr int kMostIndexBits = 8, kFineOctaves = 12;
constexpr double kLeastDistance = 0x1p-54;  // half of what the least uniform has
constexpr double kMostHoles = 0.008;        // a draw from a hole takes as long as fifteen others
constexpr double kErrorGoal = 5e-13;        // half the promise: the check sees three points a segment
constexpr double kLeastWidth = 1e-13;       // of a piece, relative: within it any value keeps the promise
constexpr double kResolution = 1e-15;       // of u
constexpr double kNoise = 1e-11;            // of some special functions of Boost.Math at extreme shapes
constexpr std::size_t kMostPieces = 400;    // of one stretch of a hole
constexpr std::size_t kMostInAll = 8192;    // of a table: where rounding makes it all holes, halving finds no end

double node(std::size_t k) {
  static const auto kPlaces = [] {
    Polynomial places{};
    for (std::size_t i = 0; i < kNodes; ++i) places[i] = chebyshev_node(i, kNodes);
    return places;
  }();
  return kPlaces[k];
}

/// Power-basis coefficients on [-1, 1] of the polynomial through the Chebyshev nodes.
Polynomial interpolate(const Polynomial& values) {
  // Row j: what value j contributes to every power; Lagrange basis multiplied out, in long double.
  static const auto kBasis = [] {
    std::array<std::array<long double, kNodes>, kNodes> basis{};
    for (std::size_t j = 0; j < kNodes; ++j) {
      std::array<long double, kNodes> product{1};
      long double denominator = 1;
      for (std::size_t m = 0, degree = 0; m < kNodes; ++m) {
        if (m == j) continue;
        const long double place = node(m);
        denominator *= node(j) - place;
        for (std::size_t power = ++degree; power > 0; --power)
          product[power] = product[power - 1] - place * product[power];
        product[0] *= -place;
      }
      for (std::size_t power = 0; power < kNodes; ++power) basis[j][power] = product[power] / denominator;
    }
    return basis;
  }();
  Polynomial coefficients{};
  for (std::size_t power = 0; power < kNodes; ++power) {
    long double sum = 0;
    for (std::size_t j = 0; j < kNodes; ++j) sum += kBasis[j][power] * static_cast<long double>(values[j]);
    coefficients[power] = static_cast<double>(sum);
  }
  return coefficients;
}

/// Rewrites a polynomial in s as one in t, where s = t - shift.
void recentre(Polynomial& coefficients, double shift) {
  for (std::size_t first = 0; first < kNodes - 1; ++first) {
    for (std::size_t power = kNodes - 1; power-- > first;) coefficients[power] -= shift * coefficients[power + 1];
  }
}

double evaluate(const Polynomial& coefficients, double t) {
  double x = coefficients[kNodes - 1];
  for (std::size_t power = kNodes - 1; power-- > 0;) x = std::fma(x, t, coefficients[power]);
  return x;
}

double slope(const Polynomial& coefficients, double t) {
  double x = 0;
  for (std::size_t power = kNodes; power-- > 1;) x = x * t + static_cast<double>(power) * coefficients[power];
  return x;
}

template <class Function>
Polynomial fit(Function&& function, double middle, double half_width) {
  Polynomial values{};
  for (std::size_t k = 0; k < kNodes; ++k) values[k] = function(middle + half_width * node(k));
  // An atom keeps its value to the last bit.
  if (std::ranges::all_of(values, [&](double x) { return x == values[0]; })) return {values[0]};
  return interpolate(values);
}

/// The greatest u-error, relative to the nearer end, at three points between `low` and `high` (within [-1, 1]) where
/// the error of an interpolation is largest; rounding of x does not count.
template <class Function>
double worst_error(Function&& function, const Polynomial& polynomial, double middle, double half_width, double low,
                   double high) {
  double worst = 0;
  for (const double place : {-0.9239, 0.0, 0.7071}) {
    const double t = 0.5 * (low + high) + 0.5 * (high - low) * place;
    const double distance = middle + half_width * t;
    const double truth = function(distance);
    const double error =
        std::abs(evaluate(polynomial, t) - truth) - 12 * std::numeric_limits<double>::epsilon() * std::abs(truth);
    if (error <= 0) continue;
    const double rise = std::abs(slope(polynomial, t)) / half_width * std::min(distance, 1 - distance);
    if (!(error < rise)) return 1;
    worst = std::max(worst, error / rise);
  }
  return worst;
}

/// A stretch of a hole with its polynomial on [-1, 1].
struct FittedPart {
  double start = 0, end = 0;
  Polynomial polynomial{};
  double error = 0;
};

template <class Function>
FittedPart fitted_part(Function&& function, double start, double end) {
  const double middle = start + (end - start) / 2, half_width = (end - start) / 2;
  FittedPart part{start, end, fit(function, middle, half_width), 0};
  part.error = worst_error(function, part.polynomial, middle, half_width, -1, 1);
  return part;
}

/// Whether the error is the rounding of the exact function, which does not shrink with the width.
bool is_noise(double error, const FittedPart& left, const FittedPart& right) {
  const bool small = error < kNoise || error * std::min(right.end, 1 - left.start) < kResolution;
  return small && std::min(left.error, right.error) > error / 8;
}

/// Halves a part until it fits, down to what the promise resolves, into `most` parts or few more.
template <class Function>
void refine(const Function& function, const FittedPart& part, std::size_t most, std::vector<FittedPart>& parts) {
  const double width = part.end - part.start;
  const double least = kLeastWidth * std::min(part.end, 1 - part.start);
  if (part.error <= kErrorGoal || width <= least || parts.size() >= most) {
    parts.push_back(part);
    return;
  }
  const double middle = part.start + width / 2;
  const FittedPart left = fitted_part(function, part.start, middle), right = fitted_part(function, middle, part.end);
  if (is_noise(part.error, left, right)) {
    parts.push_back(part);
    return;
  }
  refine(function, left, most, parts);
  refine(function, right, most, parts);
}

/// Between two cuts of a half: by its own interpolation, but exactly in an octave with a break.
std::vector<FittedPart> fitted_parts(HalfQuantile& half, double start, double end, std::size_t most) {
  std::vector<FittedPart> parts;
  const double octave = std::ldexp(1.0, std::ilogb(end - (end - start) / 2));
  const auto fit_by = [&](const auto& function) { refine(function, fitted_part(function, start, end), most, parts); };
  if (half.breaks_between(octave / 2, 2 * octave).empty()) {
    fit_by([&](double distance) { return half(distance); });
  } else {
    const std::size_t stretch = half.shape().stretch(start + (end - start) / 2, half.upper());
    fit_by([&](double distance) { return half(stretch, distance); });
  }
  return parts;
}

}  // namespace

QuantileTable::QuantileTable(const Distribution& distribution) {
  const QuantileShape shape(distribution);
  // At a break, or in the middle where that leaves fewer holes: a far tail wants to be measured from its own end.
  std::vector<double> splits{shape.split()};
  if (splits[0] != 0.5) splits.push_back(0.5);
  std::vector<std::array<HalfQuantile, 2>> halves;
  halves.reserve(splits.size());
  for (const double split : splits) {
    halves.push_back({HalfQuantile(shape, false, split), HalfQuantile(shape, true, 1 - split)});
  }
  const auto try_both = [&](int bits, int octaves, double most_holes) {
    for (std::size_t i = 0; i < splits.size(); ++i) {
      split_ = splits[i];
      if (lay(bits, octaves, halves[i][0], halves[i][1], most_holes)) return true;
    }
    return false;
  };
  if (try_both(kUsualBits, kUsualOctaves, kMostHoles)) return;
  for (auto& pair : halves) {
    for (HalfQuantile& half : pair) half.refine();
  }
  for (int bits = kUsualBits; bits < kMostIndexBits; ++bits) {
    if (try_both(bits, kFineOctaves, kMostHoles)) return;
  }
  try_both(kMostIndexBits, kFineOctaves, 1);
}

/// Fits all segments, from the middle to the tails; gives up when the holes hold more than `most_holes`.
bool QuantileTable::lay(int index_bits, int octaves, HalfQuantile& lower, HalfQuantile& upper, double most_holes) {
  index_bits_ = index_bits;
  octaves_ = octaves;
  segments_ = std::make_unique<Segment[]>(2 * segments_per_half());
  struct Hole {
    HalfQuantile* function;
    double start, end;
    Segment* segment;
  };
  std::vector<Hole> holes;
  hole_share_ = 0;
  const std::size_t parts = std::size_t{1} << index_bits;
  for (int octave = 1; octave <= octaves; ++octave) {
    const double width = std::ldexp(1.0, -octave - index_bits);
    for (HalfQuantile* function : {&lower, &upper}) {
      const double end = function->upper() ? 1 - split_ : split_;
      Segment* segment = segments_.get() + (function->upper() ? segments_per_half() : 0) +
                         static_cast<std::size_t>(octaves - octave) * parts;
      for (std::size_t part = 0; part < parts; ++part, ++segment) {
        const double start = std::ldexp(1.0, -octave) + static_cast<double>(part) * width;
        const bool rest = octaves < kUsualOctaves && octave == octaves && part == 0;  // holds the tail beyond it too
        if (start > end || (!rest && fit_segment(*function, start, width, end, *segment))) continue;
        holes.push_back({function, rest ? kLeastDistance : start, std::min(start + width, end), segment});
        hole_share_ += holes.back().end - holes.back().start;
        if (hole_share_ > most_holes) return false;
      }
    }
  }
  for (const Hole& hole : holes) dig_hole(*hole.function, hole.start, hole.end, *hole.segment);
  return true;
}

/// False where no polynomial fits.
bool QuantileTable::fit_segment(HalfQuantile& function, double start, double width, double end,
                                Segment& segment) const {
  // A segment that the split cuts is fitted on a window of full width that ends at the split.
  const double middle = start + width / 2;
  const double window_middle = std::min(middle, end - width / 2);
  if (!function.breaks_between(window_middle - width / 2, window_middle + width / 2).empty()) return false;
  Polynomial coefficients = fit(function, window_middle, width / 2);
  const double shift = (window_middle - middle) / (width / 2);
  if (shift != 0) recentre(coefficients, shift);
  const double error = worst_error(function, coefficients, middle, width / 2, -1, 1 + 2 * std::min(shift, 0.0));
  if (error > kErrorGoal && (shift != 0 || !is_noise(error, fitted_part(function, start, middle),
                                                     fitted_part(function, middle, start + width)))) {
    return false;
  }
  // The kernel measures t in [1, 2) mantissa steps: rescale, exactly, by powers of two.
  for (std::size_t power = 0; power < kNodes; ++power)
    segment.coefficient[power] = std::ldexp(coefficients[power], static_cast<int>(power) * (index_bits_ + 1));
  return true;
}

/// The pieces of a hole: between breaks and powers of two, each halved until its polynomial fits.
void QuantileTable::dig_hole(HalfQuantile& function, double start, double end, Segment& segment) {
  const std::span<const double> breaks = function.breaks_between(start, end);
  std::vector<double> cuts(breaks.begin(), breaks.end());
  for (double octave = 0.25; octave > start; octave /= 2) {
    if (octave < end) cuts.push_back(octave);
  }
  cuts.push_back(end);
  std::ranges::sort(cuts);

  const std::size_t first = pieces_.size();
  for (const double cut : cuts) {
    if (!(cut > start)) continue;
    const std::size_t most = std::min(kMostPieces, kMostInAll - std::min(kMostInAll, pieces_.size()));
    for (const FittedPart& part : fitted_parts(function, start, cut, most)) {
      const double width = part.end - part.start;
      // The upper side's breaks belong to the piece that they begin, the lower side's to the one that they end.
      starts_.push_back(function.upper() ? part.start : std::nextafter(part.start, 1.0));
      pieces_.push_back({part.start + width / 2, 2 / width, part.polynomial});
    }
    start = cut;
  }
  segment.coefficient = {std::numeric_limits<double>::quiet_NaN(), static_cast<double>(first),
                         static_cast<double>(pieces_.size() - first)};
}

double QuantileTable::in_hole(const Segment& hole, double distance) const {
  // A binary search without branches: each would be mispredicted every second time.
  const double* start = starts_.data() + static_cast<std::size_t>(hole.coefficient[1]);
  for (auto left = static_cast<std::size_t>(hole.coefficient[2]); left > 1;) {
    const std::size_t half = left / 2;
    start += half & (~std::size_t{0} * static_cast<std::size_t>(start[half] <= distance));
    left -= half;
  }
  const Piece& piece = pieces_[static_cast<std::size_t>(start - starts_.data())];
  const double t = (distance - piece.middle) * piece.inverse;
  double x = piece.coefficient[kNodes - 1];
  for (std::size_t power = kNodes - 1; power-- > 0;) x = x * t + piece.coefficient[power];
  return x;
}

double QuantileTable::quantile(double u) const {
  const bool lower = u < split_;
  const double distance = lower ? u : 1 - u;
  const auto bits = std::bit_cast<std::uint64_t>(std::max(distance, std::ldexp(1.0, -octaves_)));
  const int shift = 52 - index_bits_;
  const std::uint64_t index = (bits >> shift) - (static_cast<std::uint64_t>(1023 - octaves_) << index_bits_) +
                              (lower ? 0 : segments_per_half());
  const double t = std::bit_cast<double>((bits & ((std::uint64_t{1} << shift) - 1)) | 0x3FF0000000000000) -
                   (1 + 1.0 / static_cast<double>(std::uint64_t{2} << index_bits_));
  const Segment& segment = segments_[index];
  return std::isnan(segment.coefficient[0]) ? in_hole(segment, distance) : evaluate(segment.coefficient, t);
}

std::size_t QuantileTable::bytes() const {
  return segments_per_half() * 2 * sizeof(Segment) + pieces_.size() * (sizeof(Piece) + sizeof(double));
}

kernel::QuantileSegments QuantileTable::segments(double location, double scale) const {
  return {segments_[0].coefficient.data(), segments_per_half(), index_bits_, split_, location, scale, octaves_};
}

void QuantileTable::fill(std::span<const kernel::Hole> holes, std::span<double> x, double location,
                         double scale) const {
  for (const kernel::Hole& hole : holes) x[hole.place] = quantile(hole.u) * scale + location;
}

void QuantileTable::quantiles(std::span<const double> u, std::span<double> x, double location, double scale) const {
  const kernel::QuantileSegments table = segments(location, scale);
  if (pieces_.empty()) {
    kernel::quantiles(table, u.data(), u.size(), x.data());
    return;
  }
  std::array<kernel::Hole, kStreamSegment> holes;
  for (std::size_t first = 0; first < u.size(); first += kStreamSegment) {
    const std::span<double> part = x.subspan(first, std::min(kStreamSegment, u.size() - first));
    const std::size_t count =
        kernel::quantiles_with_holes(table, u.data() + first, part.size(), part.data(), holes.data());
    fill({holes.data(), count}, part, location, scale);
  }
}

void QuantileTable::draws(Stream stream, std::uint64_t first, std::span<double> x, double location,
                          double scale) const {
  const kernel::QuantileSegments table = segments(location, scale);
  std::array<kernel::Hole, kStreamSegment> holes;
  while (!x.empty()) {
    const std::size_t skipped = first % kStreamSegment;
    const std::span<double> part = x.first(std::min(x.size(), kStreamSegment - skipped));
    const kernel::SegmentKey key{stream.key, first / kStreamSegment, stream.replicate};
    if (skipped != 0 || part.size() % kStreamLanes != 0) {
      fill_uniforms(stream, first, part);
      quantiles(part, part, location, scale);
    } else if (pieces_.empty()) {
      kernel::keyed_quantiles(key, part.size() / kStreamLanes, table, part.data());
    } else {
      const std::size_t count =
          kernel::keyed_quantiles_with_holes(key, part.size() / kStreamLanes, table, part.data(), holes.data());
      fill({holes.data(), count}, part, location, scale);
    }
    first += part.size();
    x = x.subspan(part.size());
  }
}

}  // namespace tcosim
