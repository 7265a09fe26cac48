// One file, many scenarios: the same declarations resolved with levers pulled and inputs replaced.
// The file is read and parsed once; each variant is the scenario that the file would be with the changes written in.
// Promises that common random numbers hold: what a change does not touch has the same streams in every variant.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/reader.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

/// Whether these levers can be pulled together: what each needs is among them, and what it excludes is not.
[[nodiscard]] bool is_possible(const std::vector<Lever>& levers, LeverSet set);

/// What a variant changes, besides the options that the file was read with.
struct VariantChanges {
  LeverSet levers = 0;
  std::vector<std::pair<std::string, std::string>> set{};  ///< input and value as in the file, as of --set
};

class ScenarioVariants {
 public:
  /// As read_scenario and read_scenario_text read; what is wrong with the file comes with every variant.
  [[nodiscard]] static ScenarioVariants read(const std::string& path, const ReadOptions& options = {});
  [[nodiscard]] static ScenarioVariants read_text(std::string_view text, const std::string& file,
                                                  const ReadOptions& options = {});

  /// The file with the levers of ReadOptions::with pulled, which is what read_scenario gives. Also checks every lever
  /// of the file, pulled or not, and reports what is wrong with it.
  [[nodiscard]] ReadResult resolve() const;

  /// The file with the changes: these levers in place of ReadOptions::with, these settings after ReadOptions::set.
  /// An impossible set of levers is an error. Not to be called from several threads at once.
  [[nodiscard]] ReadResult resolve(const VariantChanges& changes) const;

 private:
  struct State;
  explicit ScenarioVariants(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace tcosim
