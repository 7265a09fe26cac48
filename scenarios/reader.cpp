#include "scenarios/reader.hpp"

#include "scenarios/variants.hpp"

namespace tcosim {

ReadResult read_scenario(const std::string& path, const ReadOptions& options) {
  return ScenarioVariants::read(path, options).resolve();
}

ReadResult read_scenario_text(std::string_view text, const std::string& file, const ReadOptions& options) {
  return ScenarioVariants::read_text(text, file, options).resolve();
}

}  // namespace tcosim
