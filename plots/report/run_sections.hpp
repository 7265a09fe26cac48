// The parts of the page of `run`, each from Result alone; empty where it has nothing to show.
// Shared out over files by subject; run_report.cpp joins them.
// Internal to plots/report.
#pragma once

#include <string>

#include "plots/report/markup.hpp"
#include "plots/report/report.hpp"
#include "sim/result.hpp"

namespace tcosim::report {

/// How amounts of one result are written: all with the decimals that suit the total.
struct Money {
  int decimals = 0;
  std::string unit;

  explicit Money(const Result& result);
  [[nodiscard]] std::string amount(double value) const;
  [[nodiscard]] std::string operator()(double value) const;  ///< with the currency
};

/// ", USD" for captions; nothing without a currency.
[[nodiscard]] std::string in_currency(const std::string& currency);

// opening.cpp
[[nodiscard]] Markup opening(const Result& result);
/// For each point of Result::curve the words that the slider shows: a JSON array.
[[nodiscard]] std::string curve_words(const Result& result);

// budget_tables.cpp
[[nodiscard]] Markup contingency_table(const Result& result);
[[nodiscard]] Markup rules_table(const Result& result);  ///< base, flat rules and sums to test
[[nodiscard]] Markup percentiles_table(const Result& result);

// breakdown_tables.cpp
[[nodiscard]] Markup lines_table(const Result& result);
[[nodiscard]] Markup categories_table(const Result& result);
[[nodiscard]] Markup tags_table(const Result& result);
[[nodiscard]] Markup monthly_table(const Result& result);

// driver_tables.cpp
[[nodiscard]] Markup sensitivity_table(const Result& result);
[[nodiscard]] Markup outputs_table(const Result& result);

// assumptions.cpp
[[nodiscard]] Markup assumptions(const Result& result);

// method_notes.cpp
[[nodiscard]] Markup method_notes(const Result& result);

// reproduce.cpp
[[nodiscard]] Markup reproduce(const RunInfo& run, const ReportSource& source);

}  // namespace tcosim::report
