#include "cli/numbers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace tcosim {
namespace {

constexpr double kMostDraws = 1e10;
constexpr int kMostThreads = 1024;

Unexpected<std::string> wrong(std::string_view what, std::string_view text) {
  return Unexpected<std::string>{fmt::format("{}, not '{}'", what, text)};
}

}  // namespace

Expected<std::uint64_t, std::string> parse_draws(std::string_view text) {
  constexpr std::string_view kExpected = "a whole number from 1 to 1e10, such as 1e6 or 2M, is expected";
  const auto number = parse_number(text);
  if (!number || number->percent) return wrong(kExpected, text);
  const double value = number->value;
  if (!(value >= 1 && value <= kMostDraws) || value != std::floor(value)) return wrong(kExpected, text);
  return static_cast<std::uint64_t>(value);
}

Expected<std::uint64_t, std::string> parse_seed(std::string_view text) {
  const std::string digits = without_underscores(text);
  std::uint64_t seed = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, seed);
  if (error == std::errc{} && stop == end) return seed;
  return wrong("a whole number from 0 to 18446744073709551615 is expected", text);
}

Expected<int, std::string> parse_threads(std::string_view text) {
  int threads = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, threads);
  if (error == std::errc{} && stop == end && threads >= 1 && threads <= kMostThreads) return threads;
  return wrong("a whole number from 1 to 1024 is expected", text);
}

Expected<double, std::string> parse_until(std::string_view text) {
  const auto number = parse_number(text);
  if (number && number->value > 0 && number->value < 1) return number->value;
  return wrong("a precision such as 0.5% (above 0, under 100%) is expected", text);
}

}  // namespace tcosim
