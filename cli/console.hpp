// Where a command prints: styles of standard output and error, checked writing, messages.
// Colour and block elements only where a terminal shows them (isatty, NO_COLOR, TERM, the locale).
// No write fails in silence: a full disk or a closed pipe is a RunFailure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plots/csv.hpp"
#include "plots/text.hpp"
#include "scenarios/diagnostic.hpp"

namespace tcosim {

struct Console {
  TerminalStyle out, err;
  bool err_is_terminal = false;
};

/// Looks at the terminals and the environment.
[[nodiscard]] Console detect_console();

/// Writes all of `text` to standard output and flushes. Throws RunFailure.
void print(std::string_view text);

/// Replaces the file at `path` by `content`. Throws RunFailure with the path and the system's reason.
void write_file(const std::string& path, std::string_view content);

/// A file for each table, in a folder that exists; all of them are written before the first has its name. Throws
/// RunFailure.
void write_tables(const std::string& folder, const std::vector<CsvTable>& tables);

/// Throws RunFailure where `path` cannot become a file: no such folder, or a folder itself. To be called
/// before a long run.
void require_writable_place(const std::string& path);

/// Makes the folder where it is missing; its parent must be there. Throws RunFailure, and UsageError where the path is
/// empty or standard output. To be called before a long run.
void require_folder(const std::string& path);

/// An option and the file that it names; standard output is no file.
struct OutputPlace {
  const char* option;
  std::optional<std::string> path;
};

/// Throws UsageError where two options name one file, or one of them names the file that is read.
void require_different_places(const std::vector<OutputPlace>& places, const std::optional<std::string>& read);

/// "tcosim: error: WHAT" on standard error. Control characters in WHAT become visible escapes, but for newlines.
void print_error(std::string_view message, const Console& console);

/// A line of plain text on standard error, escaped in the same way.
void print_message(std::string_view message);

/// Diagnostics of at least the given severity on standard error.
void print_diagnostics(const std::vector<Diagnostic>& diagnostics, Severity least, const Console& console);

}  // namespace tcosim
