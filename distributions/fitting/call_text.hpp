// A distribution as a call that makes it again: "lognormal(mean=2.51, sd=0.48)".
// Own design: the family's own signatures are tried until one gives the distribution back.
// Promises the fewest digits, four or more, that cost the data at most 1e-4 of log likelihood.
#pragma once

#include <span>
#include <string>

#include "distributions/distribution.hpp"

namespace tcosim::fitting {

/// In the words of `family`, which made it (a rayleigh is a weibull). Data in ascending order; "" where no signature of
/// numbers makes it.
[[nodiscard]] std::string call_text(const Family& family, const Distribution& d, std::span<const double> data);

}  // namespace tcosim::fitting
