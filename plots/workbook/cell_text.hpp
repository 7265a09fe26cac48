// Text of a scenario made fit for a cell: what Excel and XML cannot hold is replaced, never dropped in silence.
// Limits: Excel's "Specifications and limits"; XML 1.0, production Char; ECMA-376, 22.9.2.19 (ST_Xstring).
// Internal to the workbook.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tcosim::workbook {

inline constexpr std::size_t kLongestText = 32'767;  ///< UTF-16 units in a cell

/// Control characters, direction overrides and bytes that are not UTF-8 as visible escapes (newlines stay), `_x0041_`
/// as it is written rather than as the letter that Excel reads, and a note at the end of what was too long.
[[nodiscard]] std::string cell_text(std::string_view text);

}  // namespace tcosim::workbook
