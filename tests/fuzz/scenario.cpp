// Any bytes as a scenario file: the reader answers with a scenario or with at least one error, and never crashes; so it
// does with the first of its levers pulled.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenarios/variants.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto variants = tcosim::ScenarioVariants::read_text(text, "fuzz.yaml");
  for (const tcosim::ReadResult& read : {variants.resolve(), variants.resolve({1, {}})})
    if (!read.scenario && read.diagnostics.empty()) std::abort();
  return 0;
}
