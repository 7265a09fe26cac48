// The draws of the total as a NumPy array file (.npy, format 1.0: little-endian doubles, one dimension),
// written in place by many threads, since every draw has its place in the file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "distributions/expected.hpp"

namespace tcosim {

class SamplesFile {
 public:
  /// Creates PATH.part with the header, or says why it cannot. Only close() gives it its name: a run that fails
  /// leaves nothing behind that looks like a result.
  static Expected<SamplesFile, std::string> create(const std::string& path, std::uint64_t draws);
  SamplesFile(SamplesFile&& other) noexcept;
  SamplesFile& operator=(SamplesFile&&) = delete;
  ~SamplesFile();

  /// Writes draws first, first + 1, ...; any thread. An error is kept for close().
  void write(std::uint64_t first, std::span<const double> draws);

  /// What went wrong in any write or in closing, or nothing.
  [[nodiscard]] std::optional<std::string> close();

 private:
  SamplesFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  int descriptor_ = -1;
  std::string path_;
  int error_ = 0;
};

}  // namespace tcosim
