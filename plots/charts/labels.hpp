// Names that stand beside their curves and points: where there is room for each, so that none hides another or a curve.
// Greedy, in the order given; positions are those of a plot of an image's width (a narrower one leaves names out).
// A view alone: it says where, not what.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plots/charts/parts.hpp"

namespace tcosim::chart {

using Polyline = std::vector<std::pair<double, double>>;

struct PlotArea {
  double left = 0, right = 1, bottom = 0, top = 1;  ///< in the units of the axes
  double width = 820, height = 300;                 ///< in pixels
};

/// A name, its colour, and the points beside which it may stand, the best first.
struct Note {
  std::string words, color;
  Polyline places;
  bool always = false;  ///< where nothing is free, at its first place all the same
};

/// A series of those names that have a place; no text of `notes` covers another or a point of `curves`.
[[nodiscard]] Json notes_series(const std::vector<Note>& notes, const std::vector<Polyline>& curves,
                                const PlotArea& area);

}  // namespace tcosim::chart
