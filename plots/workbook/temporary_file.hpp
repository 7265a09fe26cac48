// A file for what a library can only write to a path; gone when its value is.
// In the system's folder for temporary files (TMPDIR), readable by its owner alone.
// Internal to the workbook.
#pragma once

#include <string>

#include "distributions/expected.hpp"

namespace tcosim::workbook {

class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Whether there is a file; else `reason` is a sentence.
  [[nodiscard]] bool made() const { return reason_.empty(); }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// All of its bytes, or a sentence.
  [[nodiscard]] Expected<std::string, std::string> read() const;

 private:
  std::string path_, reason_;
};

}  // namespace tcosim::workbook
