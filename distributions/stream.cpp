#include "distributions/stream.hpp"

#include <algorithm>

#include "distributions/kernels.hpp"
#include "distributions/philox.hpp"

namespace tcosim {

Xoshiro256pp lane_state(Stream stream, std::uint64_t segment, std::uint32_t lane) {
  const PhiloxKey key{static_cast<std::uint32_t>(stream.key), static_cast<std::uint32_t>(stream.key >> 32)};
  const auto half = [&](std::uint32_t index) {
    return philox4x32({static_cast<std::uint32_t>(segment), static_cast<std::uint32_t>(segment >> 32), stream.replicate,
                       2 * lane + index},
                      key);
  };
  const auto word = [](const PhiloxCounter& c, std::size_t i) { return (std::uint64_t{c[i + 1]} << 32) | c[i]; };
  const PhiloxCounter first = half(0), second = half(1);
  Xoshiro256pp engine{{word(first, 0), word(first, 2), word(second, 0), word(second, 2)}};
  // The one state that xoshiro never leaves; its probability is 2^-256.
  if (engine.state == decltype(engine.state){}) engine.state[0] = 1;
  return engine;
}

void fill_uniforms(Stream stream, std::uint64_t first, std::span<double> out) {
  alignas(64) std::array<double, kStreamSegment> segment_draws;
  while (!out.empty()) {
    const kernel::SegmentKey key{stream.key, first / kStreamSegment, stream.replicate};
    const std::size_t skipped = first % kStreamSegment;
    const std::size_t count = std::min(out.size(), kStreamSegment - skipped);
    if (skipped == 0 && count % kStreamLanes == 0) {
      kernel::uniforms(key, count / kStreamLanes, out.data());
    } else {
      kernel::uniforms(key, (skipped + count + kStreamLanes - 1) / kStreamLanes, segment_draws.data());
      std::copy_n(segment_draws.begin() + static_cast<std::ptrdiff_t>(skipped), count, out.begin());
    }
    first += count;
    out = out.subspan(count);
  }
}

StreamEngine::StreamEngine(Stream stream, std::uint64_t first) : stream_(stream), draw_(first) {
  if (first % kStreamSegment != 0) enter_segment();
}

void StreamEngine::enter_segment() {
  for (std::uint32_t lane = 0; lane < kStreamLanes; ++lane) {
    lanes_[lane] = lane_state(stream_, draw_ / kStreamSegment, lane);
    const std::size_t within = draw_ % kStreamSegment;
    const std::size_t steps = within / kStreamLanes + (lane < within % kStreamLanes ? 1 : 0);
    for (std::size_t step = 0; step < steps; ++step) lanes_[lane]();
  }
}

StreamEngine::result_type StreamEngine::operator()() {
  if (draw_ % kStreamSegment == 0) enter_segment();
  return lanes_[draw_++ % kStreamLanes]();
}

void StreamEngine::discard(std::uint64_t count) {
  draw_ += count;
  if (draw_ % kStreamSegment != 0) enter_segment();
}

}  // namespace tcosim
