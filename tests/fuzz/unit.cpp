// Any bytes as a unit: an answer, or an error inside the text; what was read can be written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scenarios/units.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tcosim::UnitSystem system;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto unit = system.parse(text);
  if (!unit) {
    const auto& error = unit.error();
    const auto end = static_cast<std::size_t>(error.offset) + static_cast<std::size_t>(error.length);
    if (error.message.empty() || error.offset < 0 || error.length < 0 || end > size + 1) std::abort();
    return 0;
  }
  const tcosim::Unit square = system.multiply(*unit, *unit);
  if (!system.power(square, 0.5)) return 0;
  const std::string written = unit->text();
  if (!written.empty() && written.find('^') == std::string::npos && !system.parse(written)) std::abort();
  return 0;
}
