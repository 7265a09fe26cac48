#include "sim/uniform_source.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>
#include <utility>

#include "distributions/latin_hypercube.hpp"
#include "distributions/sampler.hpp"

namespace tcosim {

Expected<UniformSource, std::string> UniformSource::make(Sampling sampling, std::uint64_t seed, std::uint64_t draws,
                                                         const std::vector<std::string>& streams) {
  UniformSource source;
  source.sampling_ = sampling;
  source.seed_ = seed;
  source.draws_ = draws;
  std::unordered_map<std::uint64_t, std::string> owner;
  for (const std::string& name : streams) {
    const std::uint64_t key = make_stream(seed, name).key;
    const auto [entry, added] = owner.try_emplace(key, name);
    if (!added && entry->second != name) {
      return Unexpected{"'" + entry->second + "' and '" + name +
                        "' would share their random numbers (their hashes collide): rename one of them"};
    }
    source.keys_.push_back(key);
  }
  if (sampling == Sampling::monte_carlo) return source;

  source.replicates_ = kReplicates;
  std::uint64_t each = std::max<std::uint64_t>(2, (draws + kReplicates - 1) / kReplicates);
  if (sampling == Sampling::sobol) {
    each = std::bit_ceil(each);
    if (each > std::uint64_t{1} << 32) return Unexpected{std::string("sobol has at most 2^36 draws: use mc")};
    auto directions = sobol_directions(streams.size());
    if (!directions) return Unexpected{directions.error()};
    source.directions_ = std::make_shared<const SobolDirections>(*std::move(directions));
  }
  source.draws_ = each * kReplicates;
  return source;
}

Expected<UniformSource, std::string> UniformSource::for_scenario(Sampling sampling, std::uint64_t seed,
                                                                 std::uint64_t draws, const Scenario& scenario) {
  std::vector<std::string> names = streams(scenario);
  for (const CorrelationGroup& group : scenario.correlation_groups) {
    if (group.copula.kind == CopulaKind::student_t) names.push_back("copula/" + names[group.variables[0]]);
  }
  auto source = make(sampling, seed, draws, names);
  if (!source) return Unexpected{source.error()};
  UniformSource result = *std::move(source);
  result.add_groups(scenario);
  return result;
}

void UniformSource::add_groups(const Scenario& scenario) {
  if (std::ranges::any_of(scenario.variables, [](const Variable& v) { return v.hdr.has_value(); })) {
    for (const Variable& variable : scenario.variables) {
      hdr_.push_back(variable.hdr);
      // A library's own trials are those of seed 1.
      if (hdr_.back()) hdr_.back()->seed4 += seed_ - 1;
    }
  }
  if (scenario.correlation_groups.empty()) return;
  memberships_.resize(keys_.size());
  std::size_t scale_variable = scenario.variables.size();
  for (const CorrelationGroup& group : scenario.correlation_groups) {
    for (std::size_t m = 0; m < group.variables.size(); ++m)
      memberships_[group.variables[m]] = {static_cast<std::uint32_t>(groups_.size()), static_cast<std::uint32_t>(m)};
    groups_.push_back({group.variables, std::make_shared<const CopulaTransform>(group.copula), scale_variable});
    if (groups_.back().copula->takes_scale()) ++scale_variable;
  }
}

bool UniformSource::has_stream(std::size_t variable) const {
  return sampling_ == Sampling::monte_carlo && (hdr_.empty() || variable >= hdr_.size() || !hdr_[variable]);
}

std::optional<Stream> UniformSource::stream(std::size_t variable) const {
  return has_stream(variable) && !membership(variable) ? std::optional(Stream{keys_[variable], 0}) : std::nullopt;
}

std::optional<UniformSource::Membership> UniformSource::membership(std::size_t variable) const {
  return memberships_.empty() ? std::nullopt : memberships_[variable];
}

void UniformSource::fill(std::size_t variable, std::uint64_t first, std::span<double> out) const {
  const std::optional<Membership> place = membership(variable);
  if (!place) return fill_own(variable, first, out);
  constexpr std::size_t kPart = kStreamSegment;
  const std::size_t size = group_size(place->group);
  std::vector<char> wanted(size, 0);
  wanted[place->member] = 1;
  std::vector<double> columns(size * std::min(kPart, out.size()));
  while (!out.empty()) {
    const std::size_t count = std::min<std::size_t>(out.size(), kPart - first % kPart);
    const DrawColumns part{columns.data(), count, count};
    fill_group(place->group, first, part, wanted);
    std::ranges::copy(part[place->member], out.begin());
    first += count;
    out = out.subspan(count);
  }
}

void UniformSource::fill_group(std::size_t group, std::uint64_t first, const DrawColumns& columns,
                               std::span<const char> wanted) const {
  const Group& members = groups_[group];
  const CopulaTransform& copula = *members.copula;
  const std::vector<char> needed = copula.needed(wanted);
  for (std::size_t m = 0; m < needed.size(); ++m) {
    if (needed[m] == 0) continue;
    const std::uint32_t variable = members.variables[m];
    const std::span<double> column = columns[m];
    if (m > 0 && copula.takes_normals() && has_stream(variable)) {
      copula.normals(Stream{keys_[variable], 0}, first, column);
    } else {
      fill_own(variable, first, column);
      if (m > 0 && copula.takes_normals()) copula.normals(column, column);
    }
  }
  std::array<double, Sampler::kMostDraws> scale;
  const std::span<double> shared(scale.data(), copula.takes_scale() ? columns.count : 0);
  if (!shared.empty()) fill_own(members.scale_variable, first, shared);
  copula.join(columns, wanted, shared);
}

void UniformSource::fill_own(std::size_t variable, std::uint64_t first, std::span<double> out) const {
  if (has_stream(variable)) return fill_uniforms({keys_[variable], 0}, first, out);
  if (sampling_ == Sampling::monte_carlo) return fill_hdr(*hdr_[variable], first, out);
  const std::uint64_t each = draws_ / static_cast<std::uint64_t>(replicates_);
  while (!out.empty()) {
    const std::uint64_t replicate = first / each, within = first % each;
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), each - within));
    const std::uint64_t key = mix64(keys_[variable] + mix64(replicate + 1));
    if (sampling_ == Sampling::latin_hypercube) {
      fill_latin_hypercube(key, each, within, out.first(count));
    } else {
      fill_sobol(*directions_, variable, key, within, out.first(count));
    }
    first += count;
    out = out.subspan(count);
  }
}

}  // namespace tcosim
