#include "sim/details/spider.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "sim/parallel.hpp"
#include "sim/sensitivity/subject_moves.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kCandidates = 40, kLines = 10;

double range(const SpiderLine& line) {
  const auto [least, greatest] = std::ranges::minmax(line.values);
  return greatest - least;
}

}  // namespace

Spider base_spider(const Scenario& scenario, std::span<const Sampler> samplers, const BaseEstimate& base,
                   std::span<const SensitivityRow> tornado, std::uint64_t seed, int threads) {
  std::vector<Subject> candidates;
  const std::vector<Subject> all = subjects(scenario, RankBy::inputs);
  for (const SensitivityRow& row : tornado) {
    const auto subject = std::ranges::find(all, row.name, &Subject::name);
    if (subject != all.end() && candidates.size() < kCandidates) candidates.push_back(*subject);
  }

  SensitivityOptions options;
  options.seed = seed;
  const SensitivityProblem problem{scenario, options, samplers, candidates, std::nullopt, base, nullptr};
  std::vector<Percentile> percentiles;
  for (int p = 5; p <= 95; p += 5) percentiles.push_back({p});
  std::vector<SpiderLine> lines(candidates.size());
  for_each_piece(candidates.size(), threads, [&](std::size_t s, std::size_t) {
    lines[s] = {candidates[s].name, candidates[s].label, {}};
    for (const Estimate& value : sensitivity::explained_at(problem, s, percentiles, {}))
      lines[s].values.push_back(value.value);
  });

  std::erase_if(lines, [](const SpiderLine& line) { return !(range(line) > 0) || !std::isfinite(range(line)); });
  std::ranges::stable_sort(lines, [](const SpiderLine& a, const SpiderLine& b) { return range(a) > range(b); });
  if (lines.size() > kLines) lines.resize(kLines);
  Spider spider{{}, std::move(lines), base.total};
  for (const Percentile percentile : percentiles) spider.at.push_back(percentile.probability());
  return spider;
}

}  // namespace tcosim
