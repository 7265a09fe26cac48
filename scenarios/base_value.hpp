// One more formula at the point of a base estimate, for texts such as "recurs: 25 USD/month x 6 months".
// Own design; see base.cpp for the estimate itself.
// Promises the same values of variables, inputs and lines as the estimate used.
#pragma once

#include "scenarios/scenario.hpp"

namespace tcosim {

/// The formula under BaseRule::declared; `base` is base_estimate(scenario, BaseRule::declared).
[[nodiscard]] double base_value(const Scenario& scenario, const Formula& formula, const BaseEstimate& base);

}  // namespace tcosim
