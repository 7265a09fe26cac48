// One line of a CSV table (RFC 4180, CRLF), texts and numbers mixed.
// Numbers have round-trip precision; texts that a spreadsheet would run as a formula get an apostrophe in front (OWASP,
// CSV injection).
// Promises empty cells for what is not finite or not known.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tcosim::csv {

[[nodiscard]] inline std::string text_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

[[nodiscard]] inline std::string number_cell(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

[[nodiscard]] inline std::string number_cell(const std::optional<double>& value) {
  return value ? number_cell(*value) : "";
}

/// Cells that are ready, as a line.
[[nodiscard]] inline std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (&cell == &cells.front() ? "" : ",") + cell;
  return line + "\r\n";
}

/// Texts, whole numbers and others, as a line.
template <class... Cells>
[[nodiscard]] std::string record(const Cells&... cells) {
  const auto cell = [](const auto& value) -> std::string {
    if constexpr (std::is_convertible_v<decltype(value), std::string_view>) {
      return text_cell(value);
    } else if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>) {
      return fmt::format("{}", value);
    } else {
      return number_cell(value);
    }
  };
  return line_of({cell(cells)...});
}

}  // namespace tcosim::csv
