#include "distributions/kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "distributions/stream_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kLanes = 8;
using Words = hn::CappedTag<std::uint64_t, kLanes>;
using Doubles = hn::RebindToFloat<Words>;
using Word = hn::Vec<Words>;

template <int kBits>
HWY_INLINE Word rotate_left(Word w) {
  return hn::Or(hn::ShiftLeft<kBits>(w), hn::ShiftRight<64 - kBits>(w));
}

/// The lanes of one vector.
struct Lanes {
  Word s0, s1, s2, s3;
};

HWY_INLINE Lanes load(const std::uint64_t* HWY_RESTRICT state) {
  const Words d;
  return {hn::Load(d, state), hn::Load(d, state + kLanes), hn::Load(d, state + 2 * kLanes),
          hn::Load(d, state + 3 * kLanes)};
}

HWY_INLINE void step(Lanes& s, double* HWY_RESTRICT out) {
  const Words d;
  const Doubles df;
  const Word word = hn::Add(rotate_left<23>(hn::Add(s.s0, s.s3)), s.s0);
  const Word shifted = hn::ShiftLeft<17>(s.s1);
  s.s2 = hn::Xor(s.s2, s.s0);
  s.s3 = hn::Xor(s.s3, s.s1);
  s.s1 = hn::Xor(s.s1, s.s2);
  s.s0 = hn::Xor(s.s0, s.s3);
  s.s2 = hn::Xor(s.s2, shifted);
  s.s3 = rotate_left<45>(s.s3);
  const Word bits = hn::Or(hn::ShiftRight<12>(word), hn::Set(d, 0x3FF0000000000000));
  hn::StoreU(hn::Sub(hn::BitCast(df, bits), hn::Set(df, 1 - 0x1p-53)), df, out);
}

void xoshiro_uniforms(const std::uint64_t* HWY_RESTRICT state, std::size_t steps, double* HWY_RESTRICT out) {
  const std::size_t width = hn::Lanes(Words());
  if (width == kLanes) {
    Lanes all = load(state);
    for (std::size_t i = 0; i < steps; ++i) step(all, out + i * kLanes);
    return;
  }
  // Narrower vectors run two at a time: one alone would wait for its own latency.
  for (std::size_t lane = 0; lane < kLanes; lane += 2 * width) {
    Lanes a = load(state + lane), b = load(state + lane + width);
    for (std::size_t i = 0; i < steps; ++i) {
      step(a, out + i * kLanes + lane);
      step(b, out + i * kLanes + lane + width);
    }
  }
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tcosim::kernel {
HWY_EXPORT(xoshiro_uniforms);
void xoshiro_uniforms(const std::uint64_t* state, std::size_t steps, double* out) {
  HWY_DYNAMIC_DISPATCH(xoshiro_uniforms)(state, steps, out);
}
}  // namespace tcosim::kernel
#endif
