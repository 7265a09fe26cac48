// What reading a table and asking it have in common: the blanks around a text, and an error in words.
// Own design.
// Internal to data_file.cpp and data_query.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "scenarios/data_file.hpp"

namespace tcosim {

[[nodiscard]] inline std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

[[nodiscard]] inline Unexpected<DataError> data_error(std::string message, std::string suggestion = "") {
  return {{std::move(message), std::move(suggestion)}};
}

}  // namespace tcosim
