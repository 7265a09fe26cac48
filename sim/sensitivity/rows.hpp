// The methods' rows, each defined in the file of its name. Internal to sim/sensitivity.
// methods.cpp lists them.
#pragma once

#include "sim/sensitivity/method.hpp"

namespace tcosim::sensitivity {

extern const SensitivityMethod kSwing, kOneAtATime, kSpearman, kRegression, kSobol, kGivenData, kShapley, kDelta, kPawn,
    kSpider, kScenario;

}  // namespace tcosim::sensitivity
