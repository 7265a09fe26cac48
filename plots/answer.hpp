// The answer of a run in one sentence: what to budget, and what of it is contingency.
// Opens the terminal's report, the workbook and the page alike, so that all say the same.
// Money in round figures; made from Result alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace tcosim::text {

/// Of fewer draws swings say nothing: two in each of the ten slices of an input.
inline constexpr std::uint64_t kLeastSwingDraws = 20;

/// The row of the headline target; nullptr where the result has none.
[[nodiscard]] const ContingencyRow* headline_row(const Result& result);

/// The entry called "P80"; nullptr where the list has none of that name.
[[nodiscard]] const PercentileValue* percentile_row(const Distributed& distributed, std::string_view name);

/// "To be 80% sure, budget 25,200 USD: ..."; empty without a headline.
[[nodiscard]] std::string answer_sentence(const Result& result);

/// "80%" of the target "P80".
[[nodiscard]] std::string sureness(const std::string& target);

/// "16.6%" of a share in per cent; "-" where there is none.
[[nodiscard]] std::string percent_of_base(const std::optional<double>& value);

}  // namespace tcosim::text
