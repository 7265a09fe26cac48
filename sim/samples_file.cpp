#include "sim/samples_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace tcosim {
namespace {

constexpr std::size_t kHeaderBytes = 128;
constexpr const char* kPartSuffix = ".part";

std::string npy_header(std::uint64_t draws) {
  std::string text = fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({},), }}", draws);
  std::string header("\x93NUMPY\x01\x00", 8);
  const std::size_t length = kHeaderBytes - 10;
  header += static_cast<char>(length & 0xff);
  header += static_cast<char>(length >> 8);
  text.resize(length - 1, ' ');
  return header + text + '\n';
}

/// pwrite until all is written; 0 or errno.
int write_all(int descriptor, const char* data, std::size_t size, std::uint64_t offset) {
  while (size > 0) {
    const ssize_t written = ::pwrite(descriptor, data, size, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    data += written;
    size -= static_cast<std::size_t>(written);
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

}  // namespace

Expected<SamplesFile, std::string> SamplesFile::create(const std::string& path, std::uint64_t draws) {
  const std::string part = path + kPartSuffix;
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return Unexpected{fmt::format("cannot write {}: {}", path, std::strerror(errno))};
  SamplesFile file(descriptor, path);
  const std::string header = npy_header(draws);
  if (const int error = write_all(descriptor, header.data(), header.size(), 0); error != 0)
    return Unexpected{fmt::format("cannot write {}: {}", path, std::strerror(error))};
  return file;
}

SamplesFile::SamplesFile(SamplesFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)), error_(other.error_) {}

SamplesFile::~SamplesFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink((path_ + kPartSuffix).c_str());
}

void SamplesFile::write(std::uint64_t first, std::span<const double> draws) {
  const int error = write_all(descriptor_, reinterpret_cast<const char*>(draws.data()), draws.size_bytes(),
                              kHeaderBytes + first * sizeof(double));
  if (error != 0) std::atomic_ref<int>(error_).store(error);
}

std::optional<std::string> SamplesFile::close() {
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (error_ == 0 && closed != 0) error_ = errno;
  if (error_ == 0 && std::rename((path_ + kPartSuffix).c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ == 0) return std::nullopt;
  ::unlink((path_ + kPartSuffix).c_str());
  return fmt::format("cannot write {}: {}", path_, std::strerror(error_));
}

}  // namespace tcosim
