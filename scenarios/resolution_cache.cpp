#include "scenarios/resolution_cache.hpp"

#include <algorithm>

namespace tcosim {

Expected<Distribution, BindError> compound_of(Distribution frequency, Distribution severity, ResolutionCache& cache) {
  for (const ResolutionCache::Compound& known : cache.compounds)
    if (known.frequency == frequency && known.severity == severity) return known.sum;
  Expected<Distribution, BindError> sum = compound(frequency, severity);
  if (sum) cache.compounds.push_back({std::move(frequency), std::move(severity), *sum});
  return sum;
}

Expected<Distribution, BindError> bind_once(const Family& family, const std::vector<NamedArgument>& arguments,
                                            ResolutionCache& cache) {
  const bool simple = std::ranges::none_of(
      arguments, [](const NamedArgument& argument) { return std::holds_alternative<Distribution>(argument.value); });
  if (simple) return tcosim::bind(family, arguments);
  const auto same = [](const NamedArgument& a, const NamedArgument& b) {
    return a.name == b.name && a.value == b.value;
  };
  for (const ResolutionCache::Call& known : cache.calls)
    if (known.family == &family && std::ranges::equal(known.arguments, arguments, same)) return known.distribution;
  Expected<Distribution, BindError> bound = tcosim::bind(family, arguments);
  if (bound) cache.calls.push_back({&family, arguments, *bound});
  return bound;
}

}  // namespace tcosim
