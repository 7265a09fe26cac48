#include "distributions/kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "distributions/stream_kernel.cpp"
#include <hwy/foreach_target.h>

#include "distributions/xoshiro-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {

void uniforms(const SegmentKey& key, std::size_t steps, double* HWY_RESTRICT out) {
  for_each_uniform(key, steps, [out](std::size_t place, Double u) HWY_ATTR { hn::StoreU(u, Doubles(), out + place); });
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tcosim::kernel {
HWY_EXPORT(uniforms);
void uniforms(const SegmentKey& key, std::size_t steps, double* out) {
  HWY_DYNAMIC_DISPATCH(uniforms)(key, steps, out);
}
}  // namespace tcosim::kernel
#endif
