// Where a function of one number changes its sign: a grid, its turning points, and TOMS 748 in every cell.
// Alefeld, Potra & Shi (1995), ACM TOMS 21(3), as in Boost.Math; Brent (1973) for minima between grid points.
// Works on jumps too: what is found is a narrow bracket with both signs at its ends. A pair of crossings closer than
// the grid is found only where the function turns between them.
#pragma once

#include <functional>
#include <optional>
#include <vector>

namespace tcosim {

/// Never 0: a caller decides which side 0 is on. Nothing where the function has no value.
using SignedFunction = std::function<std::optional<double>(double x)>;

struct SignedPoint {
  double x = 0, f = 0;
};

struct SignBracket {
  SignedPoint low, high;  ///< low.x <= high.x, of opposite signs
};

/// `count` (2 or more) points from low to high: evenly spaced, or by equal ratios where both have one sign and lie
/// more than a factor 20 apart.
[[nodiscard]] std::vector<double> grid(double low, double high, int count);

/// Points between neighbours of equal sign at which the function turns to the other sign, each the least |f| or beyond
/// that some 20 evaluations find. `points` are ascending.
[[nodiscard]] std::vector<SignedPoint> turning_points(const SignedFunction& f, const std::vector<SignedPoint>& points);

/// The bracket narrowed to a width of `tolerance` at most, or to neighbouring numbers. Nothing where f has no value in
/// it.
[[nodiscard]] std::optional<SignBracket> narrow(const SignedFunction& f, SignBracket bracket, double tolerance);

/// The first bracket on the way from `start` by `step` (its sign is the direction), which doubles each time, until
/// `end` is reached; at most 60 evaluations. Nothing where the sign never changes.
[[nodiscard]] std::optional<SignBracket> step_out(const SignedFunction& f, SignedPoint start, double step, double end);

}  // namespace tcosim
