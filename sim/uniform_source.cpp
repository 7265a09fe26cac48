#include "sim/uniform_source.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include "distributions/latin_hypercube.hpp"

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
    if (!added) {
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

std::optional<Stream> UniformSource::stream(std::size_t variable) const {
  return sampling_ == Sampling::monte_carlo ? std::optional(Stream{keys_[variable], 0}) : std::nullopt;
}

void UniformSource::fill(std::size_t variable, std::uint64_t first, std::span<double> out) const {
  if (sampling_ == Sampling::monte_carlo) return fill_uniforms({keys_[variable], 0}, first, out);
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
