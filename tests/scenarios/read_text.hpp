// Scenarios from a few lines of text, for the tests of the reader.
// Promises that a scenario which should be right is: its diagnostics end the test otherwise.
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "scenarios/reader.hpp"

namespace tcosim {

inline std::string messages(const ReadResult& result) {
  std::string out;
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity != Severity::note) out += format(diagnostic) + "\n";
  return out;
}

inline ReadResult read_text(const std::string& text, const ReadOptions& options = {}) {
  return read_scenario_text(text, "test.yaml", options);
}

/// The scenario of a text that has no errors.
inline Scenario scenario_of(const std::string& text, const ReadOptions& options = {}) {
  ReadResult result = read_text(text, options);
  if (!result.scenario) throw std::runtime_error(messages(result));
  return std::move(*result.scenario);
}

/// Six months in USD with the given sections.
inline std::string six_months(const std::string& sections) {
  return "tcosim: 1\ncurrency: USD\nhorizon: 6 months\n" + sections;
}

/// A file free of units.
inline std::string plain(const std::string& sections) {
  return "tcosim: 1\n" + sections;
}

inline double base_total(const std::string& text, const ReadOptions& options = {}) {
  return base_estimate(scenario_of(text, options), BaseRule::declared).total;
}

}  // namespace tcosim
