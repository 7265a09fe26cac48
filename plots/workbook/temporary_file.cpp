#include "plots/workbook/temporary_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace tcosim::workbook {

TemporaryFile::TemporaryFile() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  path_ = (folder / "tcosim-XXXXXX").string();
  const int file = error ? -1 : ::mkstemp(path_.data());
  if (file >= 0) {
    ::close(file);
    return;
  }
  reason_ = "the workbook needs a temporary file in '" + folder.string() +
            "', and none can be made: " + (error ? error.message() : std::strerror(errno));
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;  // a file left behind is no reason to fail
  if (made()) std::filesystem::remove(path_, ignored);
}

Expected<std::string, std::string> TemporaryFile::read() const {
  std::ifstream in(path_, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in || bytes.empty())
    return Unexpected{std::string("the workbook's temporary file '" + path_ + "' cannot be read")};
  return bytes;
}

}  // namespace tcosim::workbook
