// Reads back what --samples writes, by the rules of NumPy's format rather than by the code under test.
// A column by its name, in the order of the draws.
// Only version 1 headers of little-endian doubles, which every scenario here has.
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace tcosim::samples_support {

struct Samples {
  std::vector<std::string> names;
  std::map<std::string, std::vector<double>> columns;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

inline Samples read_npy(const std::filesystem::path& path) {
  const std::string bytes = bytes_of(path);
  if (bytes.substr(0, 8) != std::string("\x93NUMPY\x01\x00", 8)) throw std::runtime_error("no .npy of version 1");
  const std::size_t length =
      static_cast<unsigned char>(bytes[8]) + std::size_t{256} * static_cast<unsigned char>(bytes[9]);
  const std::string header = bytes.substr(10, length);
  Samples samples;
  for (std::size_t at = header.find("('"); at != std::string::npos; at = header.find("('", at + 1)) {
    const std::size_t end = header.find('\'', at + 2);
    samples.names.push_back(header.substr(at + 2, end - at - 2));
    if (header.substr(end, 9) != "', '<f8')") throw std::runtime_error("no double: " + header);
  }
  const std::size_t rows = std::stoul(header.substr(header.find("'shape': (") + 10));
  std::size_t at = 10 + length;
  if (bytes.size() != at + rows * samples.names.size() * sizeof(double)) throw std::runtime_error("wrong size");
  for (std::size_t row = 0; row < rows; ++row) {
    for (const std::string& name : samples.names) {
      double value = 0;
      std::memcpy(&value, bytes.data() + at, sizeof value);
      samples.columns[name].push_back(value);
      at += sizeof value;
    }
  }
  return samples;
}

}  // namespace tcosim::samples_support
