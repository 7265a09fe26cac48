// Runs a fuzz target without a fuzzer: on each file under the folders given, on each line of it, on the
// file cut short at eight places, and on every example of the catalogue. Passes when nothing crashes and something ran.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include "distributions/catalogue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

int runs = 0;

void run(std::string_view text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  ++runs;
}

void run_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  run(text);
  for (std::size_t eighth = 1; eighth < 8; ++eighth) run(std::string_view(text).substr(0, text.size() * eighth / 8));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) run(line);
}

}  // namespace

int main(int count, char** arguments) {
  run("");
  for (const tcosim::Family* family : tcosim::catalogue()) {
    for (const std::string_view example : family->examples) run(example);
  }
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
      if (entry.is_regular_file()) run_file(entry.path());
    }
  }
  std::printf("%d inputs\n", runs);
  return runs > 100 ? 0 : 1;
}
