// Any bytes as a scenario file: the reader answers with a scenario or with at least one error, and never crashes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenarios/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const tcosim::ReadResult read = tcosim::read_scenario_text(text, "fuzz.yaml");
  if (!read.scenario && read.diagnostics.empty()) std::abort();
  return 0;
}
