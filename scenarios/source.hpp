// Source texts, places in them, and the collector of what is wrong with them.
// Own design; every later stage of the reader points into these texts by byte offset.
// Promises columns in characters (not bytes) and diagnostics in the order of the files.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/diagnostic.hpp"
#include "scenarios/expression.hpp"

namespace tcosim {

/// One text that a person wrote: a file, or the value of an option.
struct SourceText {
  std::string file;  ///< as messages name it
  std::string text;
  bool is_option = false;                ///< "--set x": the text is one scalar, not YAML
  std::vector<std::size_t> line_starts;  ///< byte offsets
};

[[nodiscard]] SourceText make_source(std::string file, std::string text, bool is_option = false);

inline constexpr std::size_t kWholeFile = static_cast<std::size_t>(-1);

/// A stretch of a source in bytes; offset kWholeFile means the source as a whole.
struct Place {
  const SourceText* source = nullptr;
  std::size_t offset = 0, length = 1;
};

[[nodiscard]] Span to_span(const Place& place);
[[nodiscard]] std::string source_line(const Place& place);

/// A scalar and where it stands; `place` covers it with its quotes.
struct Scalar {
  std::string text;
  Place place;
  bool quoted = false;  ///< quoted or a block scalar: no comment can have cut it
};

/// The place of a range of the scalar's text. Quotes, escapes, folds and block scalars make the text differ
/// from the source, so the two are aligned character by character.
[[nodiscard]] Place locate(const Scalar& scalar, TextRange range);

/// Collects diagnostics; sources are ranked in the order in which they were added. Only the first 1000 are
/// kept, so that a hostile file cannot fill the memory with its own errors. Copies share the texts.
class Report {
 public:
  const SourceText& add_source(SourceText source);
  void error(const Place& place, std::string message, std::string suggestion = "");
  void warning(const Place& place, std::string message, std::string suggestion = "");
  void note(const Place& place, std::string message);
  /// What another reading of the same sources has found and this one has not. Notes are left out, and `context` follows
  /// the message, except of what stands within `part`, which speaks for itself.
  void add_new(const Report& other, const Place& part, const std::string& context);

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  /// Sorted by source, line and column; equal ones once.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  void add(Severity severity, const Place& place, std::string message, std::string suggestion);

  struct Entry {
    Severity severity = Severity::error;
    std::size_t rank = 0;
    Place place;
    std::string message, suggestion;
    std::string context{};  ///< "(with lever 'lora')", behind the message
  };
  std::vector<std::shared_ptr<const SourceText>> sources_;
  std::vector<Entry> entries_;
  std::size_t errors_ = 0;
};

}  // namespace tcosim
