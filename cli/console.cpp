#include "cli/console.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "cli/errors.hpp"

namespace tcosim {
namespace {

constexpr int kNarrowest = 60;
constexpr int kWidest = 100;  // longer lines are harder to read, and wrap when pasted into a message

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The first of the three that is set decides, as in POSIX.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = environment(name);
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

// COLUMNS is a wish, as for git and man: shells set it for themselves and pass it on only where somebody exports it.
int columns_of(int descriptor) {
  const std::string wish = environment("COLUMNS");
  int columns = 0;
  const auto read = std::from_chars(wish.data(), wish.data() + wish.size(), columns);
  if (read.ec == std::errc() && read.ptr == wish.data() + wish.size() && columns > 0) return columns;
  winsize size{};
  if (isatty(descriptor) != 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0) return size.ws_col;
  return 0;
}

TerminalStyle style_of(int descriptor) {
  TerminalStyle style;
  if (const int columns = columns_of(descriptor); columns > 0) {
    style.width = std::clamp(columns, kNarrowest, kWidest);
    style.columns = columns;
  }
  if (isatty(descriptor) == 0) return style;
  const bool dumb = environment("TERM").empty() || environment("TERM") == "dumb";
  style.unicode = locale_is_utf8() && !dumb;
  style.colour = environment("NO_COLOR").empty() && !dumb;
  return style;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// What a file or an option says must not act on the terminal; its lines stay lines.
std::string printable_lines(std::string_view message) {
  std::string out;
  for (std::size_t start = 0; start <= message.size();) {
    const std::size_t end = std::min(message.find('\n', start), message.size());
    out += (start > 0 ? "\n" : "") + text::printable(message.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

/// 0, or errno.
int written_or_error(const std::string& path, std::string_view content) {
  errno = 0;
  std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wb"));
  if (!file) return errno;
  if (std::fwrite(content.data(), 1, content.size(), file.get()) != content.size()) return errno;
  // Some file systems report a full disk only on close.
  return std::fclose(file.release()) != 0 ? errno : 0;
}

[[noreturn]] void fail(const std::string& place, int reason) {
  throw RunFailure(fmt::format("cannot write {}: {}", place, std::strerror(reason)));
}

}  // namespace

Console detect_console() {
  return {style_of(STDOUT_FILENO), style_of(STDERR_FILENO), isatty(STDERR_FILENO) != 0};
}

void print(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  // `tcosim run ... | head` is no mistake to report: end as other tools do.
  if (errno == EPIPE) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  fail("to standard output", errno);
}

void write_file(const std::string& path, std::string_view content) {
  if (const int error = written_or_error(path, content); error != 0) fail("'" + path + "'", error);
}

void write_tables(const std::string& folder, const std::vector<CsvTable>& tables) {
  namespace fs = std::filesystem;
  const auto part = [&](const CsvTable& table) { return fs::path(folder) / (table.name + ".part"); };
  std::error_code error;
  try {
    for (const CsvTable& table : tables) {
      if (const int reason = written_or_error(part(table).string(), table.content); reason != 0)
        fail("'" + (fs::path(folder) / table.name).string() + "'", reason);
    }
    for (const CsvTable& table : tables) {
      fs::rename(part(table), fs::path(folder) / table.name, error);
      if (error) fail("'" + (fs::path(folder) / table.name).string() + "'", error.value());
    }
  } catch (const RunFailure&) {
    for (const CsvTable& table : tables) fs::remove(part(table), error);
    throw;
  }
}

void require_writable_place(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) throw RunFailure(fmt::format("cannot write '{}': it is a folder", path));
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty() && !fs::is_directory(parent, ignored)) {
    throw RunFailure(fmt::format("cannot write '{}': there is no folder '{}'", path, parent.string()));
  }
}

void require_folder(const std::string& path) {
  if (path.empty() || path == "-")
    throw UsageError(fmt::format("a folder is expected, not '{}': there are several files to write", path));
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error))
    throw RunFailure(fmt::format("cannot make the folder '{}': it is a file", path));
  std::filesystem::create_directory(path, error);
  if (error) throw RunFailure(fmt::format("cannot make the folder '{}': {}", path, error.message()));
}

void require_different_places(const std::vector<OutputPlace>& places, const std::optional<std::string>& read) {
  const auto same = [](const std::string& a, const std::string& b) {
    namespace fs = std::filesystem;
    std::error_code error;
    return !fs::is_other(a, error) &&  // /dev/null takes everything
           fs::weakly_canonical(fs::absolute(a, error), error) == fs::weakly_canonical(fs::absolute(b, error), error);
  };
  for (auto place = places.begin(); place != places.end(); ++place) {
    if (!place->path || *place->path == "-") continue;
    if (read && same(*place->path, *read))
      throw UsageError(
          fmt::format("{} '{}' is the scenario itself: give the result another name", place->option, *place->path));
    for (auto other = places.begin(); other != place; ++other)
      if (other->path && *other->path != "-" && same(*place->path, *other->path))
        throw UsageError(fmt::format("{} and {} name the same file, '{}': give each its own", other->option,
                                     place->option, *place->path));
  }
}

void print_error(std::string_view message, const Console& console) {
  fmt::print(stderr, "tcosim: {} {}\n", text::paint("error:", text::Ink::bad, console.err), printable_lines(message));
}

void print_message(std::string_view message) {
  fmt::print(stderr, "{}\n", printable_lines(message));
}

void print_diagnostics(const std::vector<Diagnostic>& diagnostics, Severity least, const Console& console) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity > least) continue;
    std::string text = format(diagnostic);
    const std::string word = diagnostic.severity == Severity::error     ? "error:"
                             : diagnostic.severity == Severity::warning ? "warning:"
                                                                        : "note:";
    const text::Ink ink = diagnostic.severity == Severity::error     ? text::Ink::bad
                          : diagnostic.severity == Severity::warning ? text::Ink::caution
                                                                     : text::Ink::accent;
    const std::size_t at = text.find(": " + word);
    if (at != std::string::npos) text.replace(at + 2, word.size(), text::paint(word, ink, console.err));
    fmt::print(stderr, "{}\n", text);
  }
}

}  // namespace tcosim
