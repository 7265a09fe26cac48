#include "scenarios/correlation_links.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tcosim {

std::pair<std::size_t, bool> CorrelationCache::intern(const Distribution& distribution, const Formula& formula) {
  const auto known = std::ranges::find_if(
      shapes, [&](const Shape& shape) { return shape.distribution == distribution && shape.formula == formula; });
  const auto index = static_cast<std::size_t>(known - shapes.begin());
  if (known != shapes.end()) return {index, false};
  shapes.push_back({distribution, formula});
  return {index, true};
}

std::optional<double> CorrelationLink::copula_correlation(double correlation) const {
  if (pair_ == nullptr) return std::clamp(gaussian_correlation(correlation), -1.0, 1.0);
  return correlation == 0 && pair_->correlation(0) == 0 ? 0 : pair_->solve(correlation);
}

double CorrelationLink::correlation(double copula_correlation) const {
  return pair_ == nullptr ? 6 / std::numbers::pi * std::asin(copula_correlation / 2)
                          : pair_->correlation(copula_correlation);
}

Interval CorrelationLink::attainable() const {
  return pair_ == nullptr ? Interval{-1, 1} : pair_->attainable();
}

CorrelationLink CorrelationLinks::link(const Correlated& a, const Correlated& b, bool pearson) {
  const bool untied = !pearson && !a.tied && !b.tied;
  if (untied && !freedom_) return CorrelationLink(nullptr);
  if (untied && untied_pair_ != nullptr) return CorrelationLink(untied_pair_);
  auto pair = std::make_shared<const EllipticalPair>(*score(a, pearson), *score(b, pearson));
  if (untied) untied_pair_ = pair;
  return CorrelationLink(std::move(pair));
}

std::shared_ptr<const EllipticalScore> CorrelationLinks::score(const Correlated& subject, bool pearson) {
  if (!pearson && !subject.tied) {
    if (untied_ == nullptr) untied_ = std::make_shared<const EllipticalScore>(uniform_score(), freedom_);
    return untied_;
  }
  std::shared_ptr<const EllipticalScore>& known = scores_[{subject.variable, pearson}];
  if (known == nullptr) {
    known = std::make_shared<const EllipticalScore>(pearson ? value_score(subject.value) : rank_score(subject.value),
                                                    freedom_);
  }
  return known;
}

Score coarse_score(const Correlated& subject, bool pearson) {
  if (pearson) return value_score(subject.value, kCoarseCells);
  return subject.tied ? rank_score(subject.value, kCoarseCells) : uniform_score(kCoarseCells);
}

}  // namespace tcosim
