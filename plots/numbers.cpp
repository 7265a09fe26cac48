#include "plots/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace tcosim::text {
namespace {

constexpr double kCentLimit = 1e6;

std::string with_separators(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

bool only_zeros(std::string_view text) {
  return text.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  if (std::abs(value) >= 1e15) return fmt::format("{:.3e}", value);
  const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string sign = value < 0 && !only_zeros(digits) ? "-" : "";
  return sign + with_separators(std::string_view(digits).substr(0, point)) + digits.substr(point);
}

std::string significant(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size >= 1e15 || size < 1e-5) return fmt::format("{:.{}g}", value, digits);
  const int exponent = static_cast<int>(std::floor(std::log10(size)));
  std::string text = grouped(value, std::clamp(digits - 1 - exponent, 0, 12));
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

int decimals_for(double scale) {
  const double size = std::abs(scale);
  if (!std::isfinite(size) || size >= 1000 || size == 0) return 0;
  if (size >= 1) return 2;
  return std::min(12, 2 - static_cast<int>(std::floor(std::log10(size))));
}

std::string exact_amount(double value) {
  return grouped(value, exact_decimals({value}));
}

int exact_decimals(std::initializer_list<double> values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  if (largest >= kCentLimit) return 0;
  return largest > 0 && largest < 1 ? decimals_for(largest) : 2;
}

std::string percent(double fraction) {
  if (!std::isfinite(fraction)) return "-";
  const double value = fraction * 100;
  if (fraction <= 0 || fraction >= 1) return grouped(value, 0) + "%";
  if (value < 0.01) return "<0.01%";
  if (value > 99.99) return ">99.99%";
  const double end = std::min(value, 100 - value);
  const int decimals = end < 0.095 ? 2 : end < 0.95 ? 1 : 0;
  return grouped(value, decimals) + "%";
}

std::string count(std::uint64_t value) {
  return with_separators(fmt::format("{}", value));
}

std::string with_unit(const std::string& amount, const std::string& unit) {
  return unit.empty() ? amount : amount + " " + unit;
}

}  // namespace tcosim::text
