// Draws as a file for other programs: one row a draw, one column a quantity, by the ending of its name.
// .npy is NumPy's array file with named columns (NEP 1, structured dtype); .csv has a header and numbers that read back
// to the same double.
// Promises that a file has its name only when it is whole: until close() it is PATH.part, which a failure removes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "distributions/expected.hpp"

namespace tcosim {

enum class SamplesFormat { npy, csv };

/// By the ending, in any case; nothing for other endings.
[[nodiscard]] std::optional<SamplesFormat> samples_format(std::string_view path);

/// What stands before the first row. Names are ASCII without quotes, as a scenario's names are.
[[nodiscard]] std::string samples_header(SamplesFormat format, std::span<const std::string> names, std::uint64_t draws);

/// Appends `count` rows, the values at `columns`. Numbers must be finite. Every number of a .csv has a point or an
/// exponent, so that a column of whole numbers reads as floating point too.
void append_rows(SamplesFormat format, std::span<const double* const> columns, std::size_t count, std::string& bytes);

class SamplesFile {
 public:
  /// Creates PATH.part, or says why it cannot.
  static Expected<SamplesFile, std::string> create(const std::string& path);
  SamplesFile(SamplesFile&& other) noexcept;
  SamplesFile& operator=(SamplesFile&&) = delete;
  ~SamplesFile();

  [[nodiscard]] SamplesFormat format() const { return format_; }

  /// Puts bytes at a place; any thread. The first error is kept for close().
  void write(std::uint64_t offset, std::string_view bytes);
  [[nodiscard]] bool failed() const;

  /// Gives the file its name. What went wrong in any write or in closing, or nothing.
  [[nodiscard]] std::optional<std::string> close();

 private:
  SamplesFile(int descriptor, std::string path, SamplesFormat format)
      : descriptor_(descriptor), path_(std::move(path)), format_(format) {}
  int descriptor_ = -1;
  std::string path_;
  SamplesFormat format_;
  mutable int error_ = 0;  ///< errno; atomic_ref of C++20 takes no const
};

}  // namespace tcosim
