#include "plots/charts/labels.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "plots/text.hpp"

namespace tcosim::chart {
namespace {

constexpr double kLetter = 6.8, kLine = 15, kGap = 8;  // pixels
constexpr double kLittle = 4;                          // between the points of a curve that is looked at

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
};

bool meet(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// Of a point: to its right and lower, to its right and higher, to its left and higher, to its left and lower.
enum class Side { right, above, left, lower };

const char* name_of(Side side) {
  switch (side) {
    case Side::right:
      return "right";
    case Side::above:
      return "above";
    case Side::left:
      return "left";
    case Side::lower:
      return "lower";
  }
  return "right";
}

class Placing {
 public:
  Placing(const std::vector<Polyline>& curves, const PlotArea& area) : area_(area) {
    for (const Polyline& curve : curves) add_curve(curve);
  }

  /// Pixels from the left and the top.
  [[nodiscard]] std::pair<double, double> at(const std::pair<double, double>& point) const {
    const double across = area_.right > area_.left ? area_.right - area_.left : 1,
                 up = area_.top > area_.bottom ? area_.top - area_.bottom : 1;
    return {(point.first - area_.left) / across * area_.width, (area_.top - point.second) / up * area_.height};
  }

  [[nodiscard]] Box box(const std::pair<double, double>& point, const std::string& words, Side side) const {
    const auto [x, y] = at(point);
    const double width = kLetter * static_cast<double>(text::text_width(words));
    if (side == Side::left) return {x - kGap - width, y - 3 - kLine, x - kGap, y - 3};
    if (side == Side::lower) return {x - kGap - width, y + 3, x - kGap, y + 3 + kLine};
    if (side == Side::above) return {x + kGap, y - 3 - kLine, x + kGap + width, y - 3};
    return {x + kGap, y + 3, x + kGap + width, y + 3 + kLine};
  }

  [[nodiscard]] bool is_free(const Box& box) const {
    if (box.left < 0 || box.right > area_.width || box.top < 0 || box.bottom > area_.height) return false;
    if (std::ranges::any_of(taken_, [&](const Box& other) { return meet(box, other); })) return false;
    return std::ranges::none_of(points_, [&](const auto& p) {
      return p.first > box.left - 3 && p.first < box.right + 3 && p.second > box.top && p.second < box.bottom;
    });
  }

  void take(const Box& box) { taken_.push_back(box); }

 private:
  void add_curve(const Polyline& curve) {
    if (curve.size() == 1) points_.push_back(at(curve.front()));
    for (std::size_t i = 1; i < curve.size(); ++i) {
      const auto [x, y] = at(curve[i - 1]);
      const auto [to_x, to_y] = at(curve[i]);
      const int steps = 1 + static_cast<int>(std::min(std::hypot(to_x - x, to_y - y), 2000.0) / kLittle);
      for (int k = 0; k <= steps; ++k) {
        const double part = static_cast<double>(k) / steps;
        points_.emplace_back(x + part * (to_x - x), y + part * (to_y - y));
      }
    }
  }

  PlotArea area_;
  std::vector<std::pair<double, double>> points_;
  std::vector<Box> taken_;
};

struct Place {
  std::pair<double, double> point;
  Side side = Side::right;
};

std::optional<Place> place_of(const Note& note, Placing& placing) {
  for (const auto& point : note.places) {
    for (const Side side : {Side::above, Side::right, Side::left, Side::lower}) {
      if (side == Side::lower && !note.always) continue;  // many names on either side of a curve hide it
      const Box box = placing.box(point, note.words, side);
      if (!placing.is_free(box)) continue;
      placing.take(box);
      return Place{point, side};
    }
  }
  if (!note.always || note.places.empty()) return std::nullopt;
  const bool room = placing.box(note.places.front(), note.words, Side::left).left >= 0;
  return Place{note.places.front(), room ? Side::left : Side::above};
}

}  // namespace

Json notes_series(const std::vector<Note>& notes, const std::vector<Polyline>& curves, const PlotArea& area) {
  Placing placing(curves, area);
  Json data = Json::array();
  for (const Note& note : notes) {
    const std::optional<Place> place = place_of(note, placing);
    if (!place) continue;
    data.push_back({{"value", {place->point.first, place->point.second}},
                    {"words", note.words},
                    {"side", name_of(place->side)},
                    {"color", note.color},
                    {"always", note.always}});
  }
  return {{"type", "custom"}, {"renderItem", "note"},           {"color", "@background"}, {"silent", true},
          {"z", 5},           {"encode", {{"x", 0}, {"y", 1}}}, {"data", std::move(data)}};
}

}  // namespace tcosim::chart
