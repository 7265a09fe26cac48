// What charts of a run have in common: words for how it was drawn, its leaf lines, names that stay apart.
// From a run's result; nothing is computed but places in a picture.
// Promises names that differ where their things do.
#pragma once

#include <string>
#include <vector>

#include "plots/charts/parts.hpp"
#include "sim/result.hpp"

namespace tcosim::chart {

/// "1,000,000 draws (Monte Carlo, seed 1)".
[[nodiscard]] std::string draws_words(const RunInfo& run);

/// The budget at the headline, "P80".
[[nodiscard]] double headline_budget(const Result& result);

/// Lines, items and risks that add up to the total: not the parents of items.
[[nodiscard]] std::vector<BreakdownRow> leaf_lines(const Result& result);

/// Labels as shown; where two of them are the same, each has its name in brackets.
template <typename Row>
[[nodiscard]] std::vector<std::string> distinct_labels(const std::vector<Row>& rows) {
  std::vector<std::string> labels;
  for (const Row& row : rows) {
    const std::string label = shown(row.label, row.name);
    bool twice = false;
    for (const Row& other : rows) twice = twice || (&other != &row && shown(other.label, other.name) == label);
    labels.push_back(twice && !row.label.empty() ? label + " (" + row.name + ")" : label);
  }
  return labels;
}

/// A chart of a row that makes one: its words, and the option as text.
[[nodiscard]] std::vector<Chart> one_chart(std::string name, std::string title, std::string method, std::string summary,
                                           int height, const Json& option);

/// A name as a part of a file's: letters, digits, points, dashes and underscores.
[[nodiscard]] std::string file_part(const std::string& name);

/// "3 more inputs are not shown.": what a picture leaves out; empty for none.
[[nodiscard]] std::string left_out(std::size_t count, const std::string& what);

}  // namespace tcosim::chart
