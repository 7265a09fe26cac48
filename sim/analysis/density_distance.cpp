#include "sim/analysis/density_distance.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "sim/analysis/classes.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kFolds = 5;

/// Draws by class of x (rows) and cell of y (columns).
struct Table {
  std::size_t rows = 0, columns = 0;
  std::vector<double> counts;
  Table(std::size_t r, std::size_t c) : rows(r), columns(c), counts(r * c, 0.0) {}
  [[nodiscard]] double& at(std::size_t r, std::size_t c) { return counts[r * columns + c]; }
  [[nodiscard]] double at(std::size_t r, std::size_t c) const { return counts[r * columns + c]; }
};
using Folds = std::array<Table, kFolds>;

Folds folds_of(std::size_t rows, std::size_t columns) {
  const Table empty(rows, columns);
  return {empty, empty, empty, empty, empty};
}

Folds counted(std::span<const double> ranks, std::span<const double> y_ranks, std::size_t rows, std::size_t columns) {
  Folds folds = folds_of(rows, columns);
  for (std::size_t i = 0; i < ranks.size(); ++i)
    folds[i % kFolds].at(class_of(ranks[i], rows), class_of(y_ranks[i], columns)) += 1;
  return folds;
}

/// Neighbouring classes and cells put together.
Folds merged(const Folds& fine, std::size_t rows, std::size_t columns) {
  Folds coarse = folds_of(rows, columns);
  for (std::size_t f = 0; f < kFolds; ++f)
    for (std::size_t r = 0; r < fine[f].rows; ++r)
      for (std::size_t c = 0; c < fine[f].columns; ++c)
        coarse[f].at(r * rows / fine[f].rows, c * columns / fine[f].columns) += fine[f].at(r, c);
  return coarse;
}

Table sum(const Folds& folds) {
  Table all = folds[0];
  for (std::size_t f = 1; f < kFolds; ++f)
    for (std::size_t i = 0; i < all.counts.size(); ++i) all.counts[i] += folds[f].counts[i];
  return all;
}

Table difference(Table all, const Table& part) {
  for (std::size_t i = 0; i < all.counts.size(); ++i) all.counts[i] -= part.counts[i];
  return all;
}

struct Margins {
  std::vector<double> rows, columns;
  double all = 0;
};

Margins margins(const Table& table) {
  Margins result{std::vector<double>(table.rows, 0.0), std::vector<double>(table.columns, 0.0), 0};
  for (std::size_t r = 0; r < table.rows; ++r)
    for (std::size_t c = 0; c < table.columns; ++c) {
      result.rows[r] += table.at(r, c);
      result.columns[c] += table.at(r, c);
    }
  for (const double row : result.rows) result.all += row;
  return result;
}

/// Shares less what they would be if x and y were independent.
Table excess(const Table& table) {
  const Margins margin = margins(table);
  Table result(table.rows, table.columns);
  if (!(margin.all > 0)) return result;
  for (std::size_t r = 0; r < table.rows; ++r)
    for (std::size_t c = 0; c < table.columns; ++c)
      result.at(r, c) = (table.at(r, c) - margin.rows[r] * margin.columns[c] / margin.all) / margin.all;
  return result;
}

/// Each value with a quarter of both neighbours, along classes and along cells: the sign of a weak difference shows
/// only in the company of its neighbours.
void smooth(Table& table) {
  const auto pass = [&](std::size_t lines, std::size_t length, std::size_t line_step, std::size_t step) {
    for (std::size_t line = 0; line < lines; ++line) {
      double* values = table.counts.data() + line * line_step;
      double before = values[0];
      for (std::size_t i = 0; i < length; ++i) {
        const double here = values[i * step], after = i + 1 < length ? values[(i + 1) * step] : here;
        values[i * step] = 0.25 * before + 0.5 * here + 0.25 * after;
        before = here;
      }
    }
  };
  pass(table.columns, table.rows, 1, table.columns);
  pass(table.rows, table.columns, table.columns, 1);
}

Table signs(const Table& table, int passes) {
  Table result = excess(table);
  for (int i = 0; i < passes; ++i) smooth(result);
  for (double& value : result.counts) value = value < 0 ? -1 : 1;
  return result;
}

/// Half the sum of the excess, each cell with its sign; the signs are of the other folds.
double delta_of(const Folds& folds, const Table& all, int passes) {
  double sum = 0, draws = 0;
  for (const Table& fold : folds) {
    const Table sign = signs(difference(all, fold), passes), shares = excess(fold);
    double area = 0, count = 0;
    for (std::size_t i = 0; i < shares.counts.size(); ++i) {
      area += sign.counts[i] * shares.counts[i];
      count += fold.counts[i];
    }
    sum += count * area / 2;
    draws += count;
  }
  return sum / draws;
}

/// By the influence of each draw on the sum: its own cell's sign less the means over its class and over its cell of y.
double delta_error(const Table& all, int passes) {
  const Table sign = signs(all, passes);
  const Margins margin = margins(all);
  std::vector<double> row_means(all.rows, 0.0), column_means(all.columns, 0.0);
  double centre = 0;
  for (std::size_t r = 0; r < all.rows; ++r)
    for (std::size_t c = 0; c < all.columns; ++c) {
      row_means[r] += sign.at(r, c) * margin.columns[c] / margin.all;
      column_means[c] += sign.at(r, c) * margin.rows[r] / margin.all;
      centre += sign.at(r, c) * margin.rows[r] * margin.columns[c] / (margin.all * margin.all);
    }
  double mean = 0, squares = 0;
  for (std::size_t r = 0; r < all.rows; ++r)
    for (std::size_t c = 0; c < all.columns; ++c) {
      const double influence = (sign.at(r, c) - row_means[r] - column_means[c] + centre) / 2;
      mean += influence * all.at(r, c) / margin.all;
      squares += influence * influence * all.at(r, c) / margin.all;
    }
  return std::sqrt(std::max(0.0, squares - mean * mean) / margin.all);
}

struct Distance {
  double value = 0, variance = 0, weight = 0;
};

/// The distance of one class: where it is greatest on the other folds, measured on this one.
double held_out_distance(const Table& others, const Margins& others_margin, const Table& fold,
                         const Margins& fold_margin, std::size_t row) {
  const auto walk = [row](const Table& table, const Margins& margin, auto&& visit) {
    if (!(margin.rows[row] > 0)) return;
    double own = 0, every = 0;
    for (std::size_t c = 0; c + 1 < table.columns; ++c) {
      own += table.at(row, c);
      every += margin.columns[c];
      visit(c, own / margin.rows[row] - every / margin.all);
    }
  };
  std::size_t where = 0;
  double greatest = 0, measured = 0;
  walk(others, others_margin, [&](std::size_t c, double gap) {
    if (std::abs(gap) > std::abs(greatest)) {
      greatest = gap;
      where = c;
    }
  });
  walk(fold, fold_margin, [&](std::size_t c, double gap) {
    if (c == where) measured = greatest < 0 ? -gap : gap;
  });
  return measured;
}

/// The variance of F_k - F where it is greatest over all draws.
double distance_variance(const Table& all, const Margins& margin, std::size_t row) {
  double own = 0, every = 0, greatest = -1, variance = 0;
  const double count = margin.rows[row], rest = margin.all - count;
  if (!(count > 0) || !(rest > 0)) return 0;
  for (std::size_t c = 0; c + 1 < all.columns; ++c) {
    own += all.at(row, c);
    every += margin.columns[c];
    const double inside = own / count, outside = (every - own) / rest;
    if (std::abs(inside - outside) <= greatest) continue;
    greatest = std::abs(inside - outside);
    const double share = rest / margin.all;
    variance = share * share * (inside * (1 - inside) / count + outside * (1 - outside) / rest);
  }
  return variance;
}

/// The value that half of the draws are in classes at or under; the mean of two where it falls between them.
IndexEstimate weighted_median(std::vector<Distance> distances) {
  std::ranges::sort(distances, {}, &Distance::value);
  constexpr double kTolerance = 0.01;  // classes of equal count differ by a draw
  double below = 0;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const Distance& here = distances[i];
    below += here.weight;
    if (below < 0.5 - kTolerance) continue;
    if (below > 0.5 + kTolerance || i + 1 == distances.size()) return {here.value, std::sqrt(here.variance)};
    const Distance& next = distances[i + 1];
    return {(here.value + next.value) / 2, std::sqrt(here.variance + next.variance) / 2};
  }
  return {};
}

}  // namespace

std::size_t density_classes(std::size_t draws) {
  const auto n = static_cast<double>(draws);
  const double classes = std::ceil(std::pow(n, 2 / (7 + std::tanh((1500 - n) / 500))));
  return static_cast<std::size_t>(std::clamp(classes, 3.0, 48.0));
}

DeltaEstimate borgonovo_delta(std::span<const double> ranks, std::span<const double> y_ranks) {
  assert(ranks.size() == y_ranks.size());
  const std::size_t finest = density_classes(ranks.size());
  const Folds fine = counted(ranks, y_ranks, finest, 2 * finest);
  if (ranks.size() < 2 * kFolds) return {};

  struct Candidate {
    std::size_t rows, columns;
    int passes;
    double value;
  };
  std::vector<Candidate> candidates;
  for (std::size_t rows = finest; rows >= 3; rows /= 2)
    for (const std::size_t columns : {2 * rows, rows}) {
      const Folds folds = merged(fine, rows, columns);
      const Table all = sum(folds);
      for (const int passes : {0, 2}) candidates.push_back({rows, columns, passes, delta_of(folds, all, passes)});
    }
  const Candidate best = *std::ranges::max_element(candidates, {}, &Candidate::value);
  DeltaEstimate estimate;
  estimate.value = best.value;
  estimate.standard_error = delta_error(sum(merged(fine, best.rows, best.columns)), best.passes);
  if (best.rows == finest)
    for (const Candidate& other : candidates)
      if (other.rows == finest / 2 && other.columns == best.columns / 2 && other.passes == best.passes)
        estimate.width_allowance = std::max(0.0, best.value - other.value);
  return estimate;
}

PawnEstimate pawn(std::span<const double> ranks, std::span<const double> y_ranks, std::size_t classes) {
  assert(ranks.size() == y_ranks.size() && classes > 1);
  constexpr std::size_t kCells = 256;
  if (ranks.size() < 2 * kFolds) return {};
  const Folds folds = counted(ranks, y_ranks, classes, kCells);
  const Table all = sum(folds);
  const Margins margin = margins(all);
  std::vector<Distance> distances;
  for (std::size_t row = 0; row < classes; ++row)
    if (margin.rows[row] > 0)
      distances.push_back({0, distance_variance(all, margin, row), margin.rows[row] / margin.all});
  for (const Table& fold : folds) {
    const Table others = difference(all, fold);
    const Margins own = margins(fold), rest = margins(others);
    std::size_t next = 0;
    for (std::size_t row = 0; row < classes; ++row)
      if (margin.rows[row] > 0)
        distances[next++].value += own.rows[row] / margin.rows[row] * held_out_distance(others, rest, fold, own, row);
  }
  if (distances.empty()) return {};
  const Distance greatest = *std::ranges::max_element(distances, {}, &Distance::value);
  return {weighted_median(distances), {greatest.value, std::sqrt(greatest.variance)}};
}

}  // namespace tcosim
