// The lever study that `levers` and its charts show: a file, its draws, what is to be low.
// As typed: FILE and its options; --budget is what adoption may cost, --with what is pulled already.
// Promises that whatever is wrong with the file and options is said before anything is computed.
#pragma once

#include <optional>
#include <string>

#include "cli/console.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "sim/levers/study.hpp"

namespace tcosim {

struct LeversArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  std::optional<std::string> objective;
};

/// Throws UsageError where the options are wrong, whatever the file holds.
void check_levers(const LeversArguments& arguments);

/// Nothing where the file has errors, which are printed then. Throws UsageError and RunFailure.
/// `read`, where it is given, becomes the scenario of the file.
[[nodiscard]] std::optional<LeversResult> study_file(const LeversArguments& arguments, const Console& console,
                                                     std::optional<Scenario>* read = nullptr);

}  // namespace tcosim
