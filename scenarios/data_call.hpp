// Calls that read a data file: fit("prices.csv", column="price") and empirical("prices.csv", column="price").
// Contract: paths relative to the file in which the call stands; see scenarios/data_file.hpp for conditions.
// Internal to the reader.
#pragma once

#include "scenarios/expression.hpp"

namespace tcosim {

/// True of every fit(...), and of an empirical(...) that names a file rather than a list.
[[nodiscard]] bool is_data_call(const Syntax& syntax);

}  // namespace tcosim
