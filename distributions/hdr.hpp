// The HDR 2.0 generator of SIPmath: uniforms by trial that every tool which reads the library agrees on.
// Hubbard, "A Multi-Dimensional, Counter-Based Pseudo Random Number Generator", 2019; SIPmath 3.0 standard.
// Promises the published integers exactly: a pure function of the key and the trial, with 64-bit arithmetic.
#pragma once

#include <cstdint>
#include <span>

namespace tcosim {

struct HdrKey {
  std::uint64_t entity = 0, variable = 0, seed3 = 0, seed4 = 0;
  friend bool operator==(const HdrKey&, const HdrKey&) = default;
};

/// The uniform of one trial, counted from 1, in (0, 1).
[[nodiscard]] double hdr_uniform(const HdrKey& key, std::uint64_t trial);

/// Trials first + 1, first + 2, ...: draw i of a run is trial i + 1.
void fill_hdr(const HdrKey& key, std::uint64_t first, std::span<double> out);

}  // namespace tcosim
