// One sensitivity method on a scenario's text or file, its rows by name.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "scenario_texts.hpp"
#include "sim/sensitivity/sensitivity.hpp"

namespace tcosim::testing_support {

inline MethodTable table_of(const Scenario& scenario, const std::string& method,
                            const SensitivityOptions& options = {}) {
  SensitivityQuestions questions;
  questions.methods = {method};
  auto result = analyse_sensitivity(scenario, questions, options);
  if (!result) throw std::runtime_error("the method refused");
  return result.value().methods.at(0);
}

inline const SubjectRow& row_named(const MethodTable& table, const std::string& name) {
  const auto found = std::ranges::find(table.rows, name, &SubjectRow::name);
  if (found == table.rows.end()) throw std::runtime_error("no row " + name);
  return *found;
}

/// The row's value in the column of a key.
inline const Estimate& value(const MethodTable& table, const std::string& row, const std::string& key) {
  const auto column = std::ranges::find(table.columns, key, &Measure::key);
  if (column == table.columns.end()) throw std::runtime_error("no column " + key);
  return row_named(table, row).values.at(static_cast<std::size_t>(column - table.columns.begin()));
}

inline bool covers(const Estimate& estimate, double truth) {
  return estimate.low && estimate.high && *estimate.low <= truth && truth <= *estimate.high;
}

inline bool notes_hold(const MethodTable& table, const std::string& words) {
  return std::ranges::any_of(table.notes,
                             [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

inline SensitivityOptions with_draws(std::uint64_t draws) {
  SensitivityOptions options;
  options.draws = draws;
  return options;
}

}  // namespace tcosim::testing_support
