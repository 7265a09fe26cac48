#include "sim/samples_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <utility>

namespace tcosim {
namespace {

constexpr const char* kPartSuffix = ".part";

bool ends_with_any_case(std::string_view text, std::string_view lower_end) {
  if (text.size() <= lower_end.size()) return false;
  text.remove_prefix(text.size() - lower_end.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower_end[i]) return false;
  }
  return true;
}

std::string npy_header(std::span<const std::string> names, std::uint64_t draws) {
  const char* type = std::endian::native == std::endian::little ? "<f8" : ">f8";
  std::string fields;
  for (const std::string& name : names) fields += fmt::format("('{}', '{}'), ", name, type);
  std::string text = fmt::format("{{'descr': [{}], 'fortran_order': False, 'shape': ({},), }}", fields, draws);

  // Version 2 has four bytes for the length in place of two. Rows start at a multiple of 64.
  const bool large = text.size() + 128 > 0xffff;
  const std::size_t before = large ? 12 : 10;
  const std::size_t length = (before + text.size() + 1 + 63) / 64 * 64 - before;
  text.resize(length - 1, ' ');
  std::string header = "\x93NUMPY";
  header += large ? '\2' : '\1';
  header += '\0';
  for (std::size_t byte = 0; byte < before - 8; ++byte) header += static_cast<char>(length >> (8 * byte) & 0xff);
  return header + text + '\n';
}

void append_npy_rows(std::span<const double* const> columns, std::size_t count, std::string& bytes) {
  const std::size_t start = bytes.size(), width = columns.size() * sizeof(double);
  bytes.resize(start + count * width);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    char* to = bytes.data() + start + c * sizeof(double);
    for (std::size_t i = 0; i < count; ++i, to += width) std::memcpy(to, columns[c] + i, sizeof(double));
  }
}

// A cell and the character after it. Whole numbers are by far the quickest and shortest as such: a risk that did not
// happen is 0.0. Zeros after the point cost pandas' reader digits at the end (1e-13 of 0.0001...): an exponent does
// not. Beyond 1e15 the shortest text may be digits alone, which would read as an integer.
void append_cell(double x, char after, std::string& bytes) {
  constexpr double kWhole = 1e15, kSmall = 0.01;
  std::array<char, 40> cell;
  char* end = nullptr;
  if (std::abs(x) < kWhole && x == std::trunc(x)) {
    end = std::to_chars(cell.begin(), cell.end(), static_cast<long long>(x)).ptr;
    *end++ = '.';
    *end++ = '0';
  } else {
    const bool fixed = std::abs(x) >= kSmall && std::abs(x) < kWhole;
    end = fixed ? std::to_chars(cell.begin(), cell.end(), x).ptr
                : std::to_chars(cell.begin(), cell.end(), x, std::chars_format::scientific).ptr;
  }
  *end++ = after;
  bytes.append(cell.data(), static_cast<std::size_t>(end - cell.data()));
}

void append_csv_rows(std::span<const double* const> columns, std::size_t count, std::string& bytes) {
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t c = 0; c < columns.size(); ++c)
      append_cell(columns[c][i], c + 1 < columns.size() ? ',' : '\n', bytes);
}

/// pwrite until all is written; 0 or errno.
int write_all(int descriptor, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

std::string cannot_write(const std::string& path, int error) {
  return fmt::format("cannot write '{}': {}", path, std::strerror(error));
}

}  // namespace

std::optional<SamplesFormat> samples_format(std::string_view path) {
  if (ends_with_any_case(path, ".npy")) return SamplesFormat::npy;
  if (ends_with_any_case(path, ".csv")) return SamplesFormat::csv;
  return std::nullopt;
}

std::string samples_header(SamplesFormat format, std::span<const std::string> names, std::uint64_t draws) {
  if (format == SamplesFormat::npy) return npy_header(names, draws);
  return fmt::format("{}\n", fmt::join(names, ","));
}

void append_rows(SamplesFormat format, std::span<const double* const> columns, std::size_t count, std::string& bytes) {
  format == SamplesFormat::npy ? append_npy_rows(columns, count, bytes) : append_csv_rows(columns, count, bytes);
}

Expected<SamplesFile, std::string> SamplesFile::create(const std::string& path) {
  const auto format = samples_format(path);
  if (!format) return Unexpected{fmt::format("cannot write '{}': its name must end in .npy or .csv", path)};
  const int descriptor = ::open((path + kPartSuffix).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return Unexpected{cannot_write(path, errno)};
  return SamplesFile(descriptor, path, *format);
}

SamplesFile::SamplesFile(SamplesFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      format_(other.format_),
      error_(other.error_) {}

SamplesFile::~SamplesFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink((path_ + kPartSuffix).c_str());
}

void SamplesFile::write(std::uint64_t offset, std::string_view bytes) {
  const int error = write_all(descriptor_, bytes, offset);
  int none = 0;
  if (error != 0) std::atomic_ref<int>(error_).compare_exchange_strong(none, error);
}

bool SamplesFile::failed() const {
  return std::atomic_ref<int>(error_).load() != 0;
}

std::optional<std::string> SamplesFile::close() {
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (error_ == 0 && closed != 0) error_ = errno;
  if (error_ == 0 && std::rename((path_ + kPartSuffix).c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ == 0) return std::nullopt;
  ::unlink((path_ + kPartSuffix).c_str());
  return cannot_write(path_, error_);
}

}  // namespace tcosim
