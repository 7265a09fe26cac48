// The hash by which a Content-Security-Policy knows an inline script or style sheet.
// CSP Level 3, section 2.3.1: SHA-256 of the element's text in Base64; computed by GLib, which comes with librsvg.
// Promises a source expression ready for the policy, with its quotes.
#pragma once

#include <string>
#include <string_view>

namespace tcosim::report {

/// 'sha256-...'
[[nodiscard]] std::string content_hash(std::string_view content);

}  // namespace tcosim::report
