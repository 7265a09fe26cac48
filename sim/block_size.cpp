#include "distributions/sampler.hpp"
#include "sim/program.hpp"

#ifndef TCOSIM_BLOCK
#define TCOSIM_BLOCK 2048
#endif

namespace tcosim {

static_assert(TCOSIM_BLOCK >= 1 && TCOSIM_BLOCK <= Sampler::kMostDraws);

const std::size_t kBlock = TCOSIM_BLOCK;

}  // namespace tcosim
