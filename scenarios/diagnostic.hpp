// What is wrong in a scenario, where, and what would be right.
// The one shape in which every reader, checker and resolver of scenarios/ reports; errors are collected,
// never thrown, so that a run shows all of a file's errors at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcosim {

/// A stretch of a source text. Lines and columns count from 1, columns in characters (not bytes);
/// line 0 means the file as a whole.
struct Span {
  std::string file;  ///< the path as the user gave it, or "--set gpu_rate"
  int line = 0;
  int column = 0;
  int length = 1;
};

enum class Severity { error, warning, note };

struct Diagnostic {
  Severity severity = Severity::error;
  Span span;
  std::string message;      ///< "unknown input 'gpu_rat'"
  std::string suggestion;   ///< "did you mean 'gpu_rate'?"; may be empty
  std::string source_line;  ///< the line the caret stands under; empty when there is none
};

/// `FILE:LINE:COLUMN: error: WHAT`, the line, a caret, the suggestion. No trailing newline, no colour.
[[nodiscard]] std::string format(const Diagnostic& diagnostic);

[[nodiscard]] bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// The candidate closest to `word` (Damerau-Levenshtein distance, case aside, at most a third of its length),
/// or "".
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tcosim
