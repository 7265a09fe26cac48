// What `check` prints: every input resolved, every line with how it is spent.
// Plain strings and the summaries of sim/input_summary.hpp in, text out.
// Fits any width from 60 columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plots/text.hpp"
#include "sim/input_summary.hpp"

namespace tcosim {

struct CheckedLine {
  std::string name, label, kind;  ///< kind as in BreakdownRow
  std::string category, parent;
  std::string text;   ///< the formula or impact as written; empty for a parent of items
  std::string spend;  ///< "once", "recurs: 25 USD/month x 6 months"
  double base = 0;    ///< in the currency, over the horizon
};

struct CheckedOutput {
  std::string name, unit, text;
  double base = 0;
};

struct CheckedDiagnostic {
  std::string severity, file, message, suggestion;
  int line = 0, column = 0;
};

struct CheckedLever {
  struct Change {
    std::string input, value;  ///< as written
  };
  std::string name, label;
  bool pulled = false;
  std::vector<Change> sets, scales;
  std::vector<std::string> adds, removes;
  std::string cost;  ///< as written; "" without one
  std::vector<std::string> needs, excludes;
};

struct CheckedGroup {
  std::string name;
  std::vector<std::string> members;  ///< inputs, then risks
};

struct CheckReport {
  std::string file, title, currency, horizon;
  std::uint64_t draws = 0, seed = 1;
  double seconds = 0;
  double base = 0;  ///< of the total
  std::vector<InputSummary> inputs;
  std::vector<CheckedLine> lines;
  std::vector<CheckedOutput> outputs;
  std::vector<CorrelationSummary> correlations;
  std::vector<CheckedDiagnostic> diagnostics;  ///< warnings and notes; with an error there is no report
  std::vector<CheckedGroup> groups{};
  std::vector<CheckedLever> levers{};
};

[[nodiscard]] std::string render_check(const CheckReport& report, const TerminalStyle& style);

}  // namespace tcosim
