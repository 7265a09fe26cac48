#include "distributions/quantile_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace tcosim {
namespace {

constexpr double kNearestSplit = 0.001;
/// What a stretch may ask of a law next to its ends: never the ends themselves, which may be infinite.
constexpr double kLeastProbability = 0x1p-54;

}  // namespace

double chebyshev_node(std::size_t k, std::size_t count) {
  return -std::cos((static_cast<double>(k) + 0.5) * std::numbers::pi / static_cast<double>(count));
}

QuantileShape::QuantileShape(const Distribution& d) {
  add(d, 0, 0, 1);
  breaks_.pop_back();  // the end of the last stretch, which is 1
}

void QuantileShape::add(double end, Stretch stretch) {
  if (!breaks_.empty() && !(end > breaks_.back())) return;
  stretches_.push_back(std::move(stretch));
  breaks_.push_back(end);
}

void QuantileShape::add(const Distribution& d, double low, double above, double probability) {
  const double end = above == 0 ? 1 : low + probability;
  const auto atom = [&](double value) { return Stretch{low, above, probability, value, nullptr}; };
  switch (d.family->kind) {
    case Kind::discrete: {
      double below = 0;
      const std::vector<Atom> atoms = d.family->atoms(d);
      for (const Atom& each : atoms) {
        below += each.probability;
        add(&each == &atoms.back() ? end : low + probability * std::min(below, 1.0), atom(each.value));
      }
      return;
    }
    case Kind::mixed: {
      std::vector<Piece> pieces = d.family->pieces(d);
      std::vector<double> beyond(pieces.size());
      for (std::size_t i = pieces.size() - 1; i-- > 0;) beyond[i] = beyond[i + 1] + pieces[i + 1].probability;
      double below = 0;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        const double from = low + probability * below, share = probability * pieces[i].probability;
        const double left = above + probability * beyond[i];
        below += pieces[i].probability;
        if (pieces[i].atom) {
          add(left == 0 ? 1 : from + share, {from, left, share, pieces[i].atom, nullptr});
        } else {
          add(*pieces[i].distribution, from, left, share);
        }
      }
      return;
    }
    default:
      break;
  }
  const Stretch whole{low, above, probability, std::nullopt, std::make_shared<const Distribution>(d)};
  if (d.family->kind == Kind::tabulated) {
    const std::size_t points = d.parameters.size() / 2;
    for (std::size_t k = 0; k + 1 < points; ++k) add(low + probability * d.parameters[points + k], whole);
  }
  for (const double kink : kinks(d)) add(low + probability * kink, whole);
  add(end, whole);
}

double QuantileShape::split() const {
  double best = 0.5, room = kNearestSplit;
  for (const double at : breaks_) {
    if (std::min(at, 1 - at) < room) continue;
    room = std::min(at, 1 - at);
    best = at;
  }
  return best;
}

std::size_t QuantileShape::stretch(double distance, bool upper) const {
  // The quantile is continuous from the left: a break belongs to the stretch below it.
  const auto found =
      upper ? std::ranges::lower_bound(breaks_, 1 - distance) : std::ranges::lower_bound(breaks_, distance);
  return static_cast<std::size_t>(found - breaks_.begin());
}

double QuantileShape::at(std::size_t stretch, double distance, bool upper) const {
  const Stretch& s = stretches_[stretch];
  if (s.atom) return *s.atom;
  if (s.probability == 1) return upper ? quantile_upper(*s.law, distance) : quantile(*s.law, distance);
  const double from_near = std::max((distance - (upper ? s.above : s.low)) / s.probability, kLeastProbability);
  if (from_near <= 0.5) return upper ? quantile_upper(*s.law, from_near) : quantile(*s.law, from_near);
  const double end = upper ? 1 - s.low : 1 - s.above;
  const double from_far = std::max((end - distance) / s.probability, kLeastProbability);
  return upper ? quantile(*s.law, from_far) : quantile_upper(*s.law, from_far);
}

std::vector<double> QuantileShape::distances(bool upper) const {
  std::vector<double> result(breaks_);
  if (!upper) return result;
  std::ranges::reverse(result);
  for (double& at : result) at = 1 - at;
  return result;
}

HalfQuantile::HalfQuantile(const QuantileShape& shape, bool upper, double end)
    : shape_(shape),
      upper_(upper),
      end_(end),
      smooth_below_(std::min(0x1p-4, end / 2)),
      breaks_(shape.distances(upper)) {}

std::span<const double> HalfQuantile::breaks_between(double low, double high) const {
  const auto first = std::ranges::upper_bound(breaks_, low), last = std::ranges::lower_bound(breaks_, high);
  return first < last ? std::span(first, last) : std::span<const double>();
}

double HalfQuantile::operator()(double distance) {
  if (distance < 0x1p-53 || (distance >= smooth_below_ && narrow_.empty())) return exact(distance);
  const int octave = -std::ilogb(distance);
  const double place = std::log2(distance);
  if (distance < smooth_below_) {
    Panel& wide = octaves_[static_cast<std::size_t>(octave)];
    if (wide.form == Form::unknown) prepare(wide, -octave, 1);
    if (wide.form != Form::exact) return wide.value(place - wide.low - 0.5);
    if (narrow_.empty()) return exact(distance);
  }
  const int part = std::clamp(static_cast<int>((place + octave) * kParts), 0, kParts - 1);
  Panel& narrow = narrow_[static_cast<std::size_t>(octave) * kParts + static_cast<std::size_t>(part)];
  if (narrow.form == Form::unknown) prepare(narrow, static_cast<double>(part) / kParts - octave, 1.0 / kParts);
  return narrow.form == Form::exact ? exact(distance) : narrow.value((place - narrow.low) / narrow.width - 0.5);
}

namespace {

template <class Function>
std::array<double, HalfQuantile::kPanelNodes> at_nodes(Function function) {
  std::array<double, HalfQuantile::kPanelNodes> result{};
  for (std::size_t k = 0; k < result.size(); ++k) result[k] = function(k);
  return result;
}

}  // namespace

/// At `position` in [-1/2, 1/2] of the panel, by the barycentric formula.
double HalfQuantile::Panel::value(double position) const {
  static const auto kPlaces = at_nodes([](std::size_t k) { return chebyshev_node(k, kPanelNodes); });
  static const auto kWeights = at_nodes([](std::size_t k) {
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

/// Whether it meets two exact values between the nodes, in x and in u.
bool HalfQuantile::fits(const Panel& panel) const {
  constexpr double kGoalOfX = 1e-13, kGoalOfU = 3e-13;
  for (const double position : {-0.42, 0.07}) {
    const double truth = exact(std::exp2(panel.width * (position + 0.5) + panel.low));
    const double error = std::abs(panel.value(position) - truth);
    if (!(error <= kGoalOfX * std::abs(truth))) return false;
    const double slope =
        (panel.value(position + 0.01) - panel.value(position - 0.01)) / (0.02 * panel.width * std::numbers::ln2);
    if (!(error <= kGoalOfU * std::abs(slope) + 8 * std::numeric_limits<double>::epsilon() * std::abs(truth)))
      return false;
  }
  return true;
}

/// Power laws want logarithms, quantiles that pass zero must not have them: each panel takes the form that fits, or
/// none.
void HalfQuantile::prepare(Panel& panel, double low, double width) const {
  panel.low = low;
  panel.width = width;
  panel.form = Form::exact;
  const double start = std::exp2(low), end = std::exp2(low + width);
  if (end > end_ || !breaks_between(start, end).empty()) return;
  panel.values = at_nodes(
      [&](std::size_t k) { return exact(std::exp2(width * (0.5 * chebyshev_node(k, kPanelNodes) + 0.5) + low)); });
  // An atom keeps its value to the last bit, and costs nothing.
  if (std::ranges::all_of(panel.values, [&](double x) { return x == panel.values[0]; })) return;
  panel.form = Form::plain;
  if (fits(panel)) return;
  if (*std::ranges::min_element(panel.values) > std::numeric_limits<double>::min()) {
    std::ranges::transform(panel.values, panel.values.begin(), [](double x) { return std::log(x); });
    panel.form = Form::logarithmic;
    if (fits(panel)) return;
  }
  panel.form = Form::exact;
}

}  // namespace tcosim
