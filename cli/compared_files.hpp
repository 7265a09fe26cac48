// The scenarios that `compare` and its charts set side by side: files, and variants of the first one.
// Read as typed: FILES, --with and --set make a column each, --horizon and --budget hold for all.
// Promises that whatever is wrong with files and options is said before anything is computed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/sampling_options.hpp"
#include "sim/compare/compare.hpp"

namespace tcosim {

struct CompareArguments {
  std::vector<std::string> files, set, with, budgets;
  std::optional<std::string> horizon;
  SamplingOptions sampling;
  bool quiet = false;
};

/// Throws UsageError where the options are wrong, whatever the files hold.
void check_compare(const CompareArguments& arguments);

struct ComparedFiles {
  std::vector<CompareEntry> entries;
  RunOptions options;
};
/// Nothing where a file has errors, which are printed then. Throws UsageError.
[[nodiscard]] std::optional<ComparedFiles> read_compared_files(const CompareArguments& arguments,
                                                               const Console& console);

/// With progress on a terminal, unless `quiet`. Throws RunFailure.
[[nodiscard]] CompareResult compare_files(const ComparedFiles& files, bool quiet, const Console& console);

}  // namespace tcosim
