// Any bytes as a data file: a table whose columns can be asked for, or an error, and never a crash.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scenarios/data_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = tcosim::read_data_text({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
  if (!file) {
    if (file.error().message.empty()) std::abort();
    return 0;
  }
  if (tcosim::describe_columns(*file).size() != file->columns().size()) std::abort();
  for (const std::string& column : file->columns()) {
    tcosim::DataQuery query;
    query.column = column;
    const auto selected = tcosim::select_values(*file, query);
    if (selected ? selected->values.size() + selected->missing > file->rows() : selected.error().message.empty())
      std::abort();
  }
  return 0;
}
