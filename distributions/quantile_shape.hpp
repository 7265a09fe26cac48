// The exact quantile function in stretches that are smooth, as the builder of a QuantileTable sees it: cut at the
// kinks of a continuous distribution and between the pieces of a mixed one. Internal.
// Every point is reached from the end that is nearer, so that both tails keep their own precision.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim {

class QuantileShape {
 public:
  explicit QuantileShape(const Distribution& d);

  /// Where it is cut, strictly within (0, 1), ascending.
  [[nodiscard]] std::span<const double> breaks() const { return breaks_; }
  /// The break nearest to 1/2, where a table is best split; 1/2 itself when there is none, or only next to an end.
  [[nodiscard]] double split() const;

  /// The stretch that holds u, or the point at that distance from 1.
  [[nodiscard]] std::size_t stretch(double distance, bool upper) const;
  /// The quantile of u = distance, or of 1 - distance when `upper`; of a stretch also a hair beyond its ends.
  [[nodiscard]] double at(double distance, bool upper) const { return at(stretch(distance, upper), distance, upper); }
  [[nodiscard]] double at(std::size_t stretch, double distance, bool upper) const;

  /// The breaks as distances from one end, ascending.
  [[nodiscard]] std::vector<double> distances(bool upper) const;

 private:
  /// A part of a law that itself fills `probability` from `low` on, with `above` left beyond it; or an atom.
  struct Stretch {
    double low = 0, above = 0, probability = 1;
    std::optional<double> atom;
    std::shared_ptr<const Distribution> law;
  };
  void add(const Distribution& d, double low, double above, double probability);
  void add(double end, Stretch stretch);

  std::vector<Stretch> stretches_;
  std::vector<double> breaks_;
};

/// A QuantileShape from one of its ends, cheap in the tail: exact calls near the middle, Chebyshev interpolation
/// over octaves of log2(distance) beyond, where an octave allows it; after refine() over eighths of octaves.
class HalfQuantile {
 public:
  /// `end` is where the half ends: an octave that it cuts would be interpolated across a kink.
  HalfQuantile(const QuantileShape& shape, bool upper, double end);

  [[nodiscard]] double operator()(double distance);
  /// From now on interpolates over narrower panels too, near the middle as well: for tables of many segments.
  void refine() { narrow_.resize(kPanels); }
  /// The same on a stretch that is known, exactly.
  [[nodiscard]] double operator()(std::size_t stretch, double distance) const {
    return shape_.at(stretch, distance, upper_);
  }

  [[nodiscard]] const QuantileShape& shape() const { return shape_; }
  [[nodiscard]] bool upper() const { return upper_; }
  /// The breaks strictly between two distances.
  [[nodiscard]] std::span<const double> breaks_between(double low, double high) const;

  static constexpr std::size_t kPanelNodes = 16;
  static constexpr int kOctaves = 53;

 private:
  enum class Form { unknown, plain, logarithmic, exact };
  /// Values (or their logarithms) at Chebyshev nodes of log2(distance), over [low, low + width].
  struct Panel {
    double low = 0, width = 1;
    Form form = Form::unknown;
    std::array<double, kPanelNodes> values{};
    [[nodiscard]] double value(double position) const;
  };
  static constexpr int kParts = 8;
  static constexpr std::size_t kPanels = std::size_t{kOctaves + 2} * kParts;

  void prepare(Panel& panel, double low, double width) const;
  [[nodiscard]] bool fits(const Panel& panel) const;
  [[nodiscard]] double exact(double distance) const { return shape_.at(distance, upper_); }

  const QuantileShape& shape_;
  bool upper_;
  double end_, smooth_below_;
  std::vector<double> breaks_;
  std::array<Panel, kOctaves + 2> octaves_{};
  std::vector<Panel> narrow_;
};

/// The k-th of `count` Chebyshev nodes on (-1, 1), ascending.
[[nodiscard]] double chebyshev_node(std::size_t k, std::size_t count);

}  // namespace tcosim
