// Any bytes as one scalar: the parser answers with a tree or an error inside the text, and never crashes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenarios/expression.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = tcosim::parse_expression(text);
  if (!parsed) {
    const auto& error = parsed.error();
    const auto end = static_cast<std::size_t>(error.range.offset) + static_cast<std::size_t>(error.range.length);
    if (error.message.empty() || error.range.offset < 0 || error.range.length < 0 || end > size + 1) std::abort();
  }
  return 0;
}
