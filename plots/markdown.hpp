// Text for pages of documentation in Markdown.
// After CommonMark 0.30, section 2.4.
// Promises that the text shows as it is.
#pragma once

#include <string>

namespace tcosim {

/// Text that Markdown must not read: in tables a bar ends the cell.
[[nodiscard]] std::string markdown_plain(const std::string& text);

}  // namespace tcosim
