#include "sim/typed_number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "scenarios/units.hpp"

namespace tcosim {
namespace {

double suffix_factor(char c) {
  switch (c) {
    case 'k':
      return 1e3;
    case 'M':
      return 1e6;
    case 'B':
      return 1e9;
    default:
      return 0;
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string without_underscores(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !digit(text[i - 1]) || !digit(text[i + 1])) {
      return "";
    }
  }
  return out;
}

Expected<TypedNumber, std::string> parse_number(std::string_view text) {
  std::string_view rest = text;
  TypedNumber number;
  if (rest.ends_with('%')) {
    number.percent = true;
    rest.remove_suffix(1);
  }
  double factor = number.percent ? 0.01 : 1;
  if (!rest.empty() && suffix_factor(rest.back()) > 0) {
    factor *= suffix_factor(rest.back());
    rest.remove_suffix(1);
  }
  const std::string digits = without_underscores(rest);
  const char* begin = digits.data() + (digits.starts_with('+') ? 1 : 0);
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(begin, end, number.value);
  number.value *= factor;
  if (error != std::errc{} || stop != end || !std::isfinite(number.value)) {
    return Unexpected<std::string>{
        fmt::format("a number such as 30000, 1e6, 1_000_000, 30k or 2M is expected, not '{}'", text)};
  }
  return number;
}

Expected<TypedQuantity, std::string> parse_quantity(std::string_view text) {
  text = trim(text);
  const std::size_t blank = text.find(' ');
  const auto number = parse_number(text.substr(0, blank));
  if (!number) return Unexpected<std::string>{number.error()};
  TypedQuantity quantity{*number, ""};
  if (blank != std::string_view::npos) quantity.unit = trim(text.substr(blank));
  if (quantity.unit == "%" && !quantity.number.percent) {
    quantity.number.percent = true;
    quantity.number.value *= 0.01;
    quantity.unit.clear();
  }
  return quantity;
}

Expected<double, std::string> in_unit(const TypedQuantity& quantity, const std::string& unit) {
  if (quantity.unit.empty() || quantity.unit == unit) return quantity.number.value;
  const UnitSystem units;
  const auto from = units.parse(quantity.unit);
  if (unit.empty()) return Unexpected<std::string>{fmt::format("it is a plain number, without '{}'", quantity.unit)};
  const auto to = units.parse(unit);
  const auto factor = from && to ? units.factor(*from, *to) : std::nullopt;
  if (!factor) return Unexpected<std::string>{fmt::format("it is in {}, not in '{}'", unit, quantity.unit)};
  return quantity.number.value * *factor;
}

}  // namespace tcosim
