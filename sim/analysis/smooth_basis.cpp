#include "sim/analysis/smooth_basis.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>
#include <utility>

namespace tcosim {
namespace {

constexpr std::size_t kKnots = 16;
constexpr double kDrawsBeyond = 100;  // the outer knots, where that is between the two shares
constexpr double kLeastBeyond = 0.0013;
constexpr double kMostBeyond = 0.02;
constexpr std::size_t kLeastAtom = 20;   // draws that share a value
constexpr std::size_t kAtomShare = 200;  // or one in as many, if that is more
constexpr std::size_t kDrawsForAKnot = 100;
constexpr std::size_t kOffAtoms = 50;  // of a discrete input, one draw in as many may have a value of its own

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Values {
  std::vector<double> atoms;  ///< ascending
  std::vector<double> rest;   ///< draws that are no atoms, ascending
};

Values split(std::span<const double> column) {
  std::vector<double> sorted(column.begin(), column.end());
  std::ranges::sort(sorted);
  const std::size_t least = std::max(kLeastAtom, sorted.size() / kAtomShare);
  Values values;
  for (auto run = sorted.begin(); run != sorted.end();) {
    const auto end = std::upper_bound(run, sorted.end(), *run);
    if (static_cast<std::size_t>(end - run) >= least) {
      values.atoms.push_back(*run);
    } else {
      values.rest.insert(values.rest.end(), run, end);
    }
    run = end;
  }
  return values;
}

/// Different quantiles of ascending values; fewer than three of them make a straight line. Evenly spaced as normal
/// scores: ten evenly spaced percentiles from P2 to P98 miss x^2 of a normal x by 5% of its sd, these by 0.4%.
std::vector<double> knots(const std::vector<double>& sorted) {
  const std::size_t wanted = std::min(kKnots, sorted.size() / kDrawsForAKnot);
  std::vector<double> result;
  if (wanted < 3) return result;
  const boost::math::normal_distribution<double> normal;
  const auto last = static_cast<double>(sorted.size() - 1);
  const double reach = -quantile(normal, std::clamp(kDrawsBeyond / (last + 1), kLeastBeyond, kMostBeyond));
  for (std::size_t k = 0; k < wanted; ++k) {
    const double score = reach * (2 * static_cast<double>(k) / static_cast<double>(wanted - 1) - 1);
    const double knot = sorted[static_cast<std::size_t>(cdf(normal, score) * last)];
    if (result.empty() || knot > result.back()) result.push_back(knot);
  }
  if (result.size() < 3) result.clear();
  return result;
}

double cube_above(double t, double knot) {
  const double x = std::max(0.0, t - knot);
  return x * x * x;
}

/// Columns of functions, one below the other.
class Functions {
 public:
  explicit Functions(std::size_t draws) : draws_(draws) {}

  void add(std::span<const double> column) {
    const Values values = split(column);
    for (const double atom : values.atoms) {
      const Target target = next();
      for (std::size_t i = 0; i < draws_; ++i) target[i] = column[i] == atom ? 1 : 0;
    }
    if (!values.rest.empty()) add_spline(column, values);
  }

  /// Orthonormal columns that span the same functions.
  [[nodiscard]] SmoothBasis orthonormal() {
    const auto rows = static_cast<Eigen::Index>(draws_), columns = static_cast<Eigen::Index>(count_);
    Eigen::Map<Eigen::MatrixXd> all(values_.data(), rows, columns);
    for (Eigen::Index c = 0; c < columns; ++c)
      if (const double length = all.col(c).norm(); length > 0) all.col(c) /= length;
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(all);
    qr.setThreshold(1e-9);
    const Eigen::Index rank = qr.rank();
    Eigen::MatrixXd kept = (all * qr.colsPermutation()).leftCols(rank);
    qr.matrixR().topLeftCorner(rank, rank).triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(kept);
    SmoothBasis basis{draws_, static_cast<std::size_t>(rank), {}};
    basis.values.resize(basis.draws * basis.functions);
    Eigen::Map<RowMajor>(basis.values.data(), rows, rank) = kept;
    return basis;
  }

 private:
  using Target = double*;

  Target next() {
    values_.resize(values_.size() + draws_);
    ++count_;
    return values_.data() + (count_ - 1) * draws_;
  }

  void add_spline(std::span<const double> column, const Values& values) {
    const std::vector<double> at = knots(values.rest);
    const double low = values.rest.front(), width = values.rest.back() - low;
    const double origin = at.empty() ? low : at.front();
    const double scale = at.empty() ? (width > 0 ? width : 1) : at.back() - at.front();
    std::vector<char> in_rest(draws_, 1);
    if (!values.atoms.empty())
      for (std::size_t i = 0; i < draws_; ++i) in_rest[i] = std::ranges::binary_search(values.atoms, column[i]) ? 0 : 1;
    const auto add_function = [&](const auto& function) {
      const Target target = next();
      for (std::size_t i = 0; i < draws_; ++i) target[i] = in_rest[i] != 0 ? function((column[i] - origin) / scale) : 0;
    };
    add_function([](double) { return 1.0; });
    add_function([](double t) { return t; });
    if (at.empty()) return;
    const auto last = at.size() - 1;
    std::vector<double> t(at.size());
    for (std::size_t k = 0; k <= last; ++k) t[k] = (at[k] - origin) / scale;
    const auto d = [&](std::size_t k, double x) {
      return (cube_above(x, t[k]) - cube_above(x, t[last])) / (t[last] - t[k]);
    };
    for (std::size_t k = 0; k + 1 < last; ++k) add_function([&](double x) { return d(k, x) - d(last - 1, x); });
  }

  std::size_t draws_, count_ = 0;
  std::vector<double> values_;
};

}  // namespace

SmoothBasis smooth_basis(Columns inputs) {
  assert(!inputs.empty() && !inputs[0].empty());
  Functions functions(inputs[0].size());
  bool discrete = true;
  for (const std::span<const double> input : inputs) {
    functions.add(input);
    discrete = discrete && split(input).rest.size() * kOffAtoms <= input.size();
  }
  SmoothBasis basis = functions.orthonormal();
  basis.discrete = discrete;
  return basis;
}

}  // namespace tcosim
