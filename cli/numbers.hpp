// Numbers as people type them in options: 1e6, 1_000_000, 2M, 10k, 0.5%.
// The option library refuses 1e6 for a count, so that all options arrive as text and are read here.
// Errors are sentences that quote what was typed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "distributions/expected.hpp"
#include "sim/typed_number.hpp"

namespace tcosim {

/// --draws: whole, 1 to 1e10.
[[nodiscard]] Expected<std::uint64_t, std::string> parse_draws(std::string_view text);

/// --seed: whole, 0 to 2^64-1, exactly.
[[nodiscard]] Expected<std::uint64_t, std::string> parse_seed(std::string_view text);

/// --threads: whole, 1 to 1024.
[[nodiscard]] Expected<int, std::string> parse_threads(std::string_view text);

/// --until: a relative precision such as 0.5% or 0.005; above 0 and under 1.
[[nodiscard]] Expected<double, std::string> parse_until(std::string_view text);

}  // namespace tcosim
