#include "scenarios/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "scenarios/when.hpp"

namespace tcosim {

std::string name(LineKind kind) {
  switch (kind) {
    case LineKind::line:
      return "line";
    case LineKind::item:
      return "item";
    case LineKind::risk:
      return "risk";
  }
  return "";
}

std::string name(Sampling sampling) {
  switch (sampling) {
    case Sampling::monte_carlo:
      return "mc";
    case Sampling::latin_hypercube:
      return "lhs";
    case Sampling::sobol:
      return "sobol";
  }
  return "";
}

std::string name(const Percentile& percentile) {
  std::int64_t numerator = percentile.numerator * 100, denominator = percentile.denominator;
  std::string out = fmt::format("P{}", numerator / denominator);
  numerator %= denominator;
  if (numerator != 0) out += '.';
  for (; numerator != 0; numerator %= denominator) {
    numerator *= 10;
    out += static_cast<char>('0' + numerator / denominator);
  }
  return out;
}

std::optional<Percentile> parse_percentile(std::string_view text) {
  if (!text.empty() && (text.front() == 'P' || text.front() == 'p')) {
    text.remove_prefix(1);
  } else if (!text.empty() && text.back() == '%') {
    text.remove_suffix(1);
  } else {
    return std::nullopt;
  }
  constexpr std::size_t kMostDigits = 15;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
  if (point != text.size()) digits += text.substr(point + 1);
  if (point == 0 || digits.size() > kMostDigits || (point != text.size() && decimals == 0)) return std::nullopt;
  Percentile out;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.numerator);
  if (error != std::errc() || end != digits.data() + digits.size() || digits[0] == '-') return std::nullopt;
  for (std::size_t i = 0; i < decimals; ++i) out.denominator *= 10;
  while (out.numerator % 10 == 0 && out.denominator > 100) {
    out.numerator /= 10;
    out.denominator /= 10;
  }
  if (out.numerator <= 0 || out.numerator >= out.denominator) return std::nullopt;
  return out;
}

std::vector<Distribution> distributions(const Scenario& scenario) {
  std::vector<Distribution> result;
  result.reserve(scenario.variables.size());
  for (const Variable& variable : scenario.variables) result.push_back(variable.distribution);
  return result;
}

std::vector<std::string> streams(const Scenario& scenario) {
  std::vector<std::string> result;
  result.reserve(scenario.variables.size());
  for (const Variable& variable : scenario.variables) result.push_back(variable.stream);
  return result;
}

std::vector<std::string> pulled_levers(const Scenario& scenario) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < scenario.levers.size(); ++i)
    if ((scenario.pulled >> i & 1U) != 0) names.push_back(scenario.levers[i].name);
  return names;
}

int month_count(const Scenario& scenario) {
  return month_count(scenario.horizon_months);
}

std::string month_name(const Scenario& scenario, int month) {
  if (!scenario.start_year || !scenario.start_month) return fmt::format("month {}", month);
  const int months = *scenario.start_year * 12 + *scenario.start_month - 1 + month - 1;
  return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

}  // namespace tcosim
