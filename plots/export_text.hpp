// What `export --sipmath` prints: what each variable of the library is, and what its metalog loses.
// Plain figures in, text out.
// Fits any width from 60 columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plots/text.hpp"

namespace tcosim {

struct ExportedVariable {
  std::string name, unit;
  bool from_draws = false;
  std::size_t terms = 0;
  std::optional<double> low, high;  ///< bounds of the metalog
  bool exact = false;               ///< a metalog from the start
  bool rounded = false;             ///< whole numbers: `error` is one of chances, else of quantiles, in sd
  double error = 0;
};

struct ExportReport {
  std::string scenario, file;  ///< as the user named them
  std::uint64_t entity = 0;
  std::uint64_t draws = 0;  ///< behind the variables that are from draws
  std::vector<ExportedVariable> variables;
  std::vector<std::string> notes;  ///< sentences
};

[[nodiscard]] std::string render_export(const ExportReport& report, const TerminalStyle& style);

}  // namespace tcosim
