#include "scenarios/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tcosim {
namespace {

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::optional<int> parse_int(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

WhenError unknown_form(std::string_view text) {
  return {fmt::format("'{}' is no period", text),
          "write 'month 3', 'months 2 to 5', 'months 2 to end', 'end' or '2026-03 to 2026-08'"};
}

Expected<int, WhenError> parse_month(std::string_view word, const Calendar& calendar) {
  if (word == "end") return month_count(calendar.horizon_months);
  if (const std::optional<YearMonth> date = parse_year_month(word)) {
    if (!calendar.start) {
      return Unexpected{WhenError{fmt::format("'{}' is a date, but the file has no 'start:'", word),
                                  "give the first month: 'start: 2026-01'"}};
    }
    return (date->year - calendar.start->year) * 12 + date->month - calendar.start->month + 1;
  }
  if (const std::optional<int> number = parse_int(word)) return *number;
  return Unexpected{unknown_form(word)};
}

// The length of each month of the horizon: 1, and a part for the last.
double month_length(int month, double horizon_months) {
  return std::min(1.0, horizon_months - (month - 1));
}

}  // namespace

std::optional<YearMonth> parse_year_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = parse_int(text.substr(0, 4)), month = parse_int(text.substr(5));
  if (!year || !month || *year < 1 || *month < 1 || *month > 12) return std::nullopt;
  return YearMonth{*year, *month};
}

int month_count(double horizon_months) {
  return static_cast<int>(std::ceil(horizon_months - 1e-9));
}

Expected<Months, WhenError> parse_when(std::string_view text, const Calendar& calendar) {
  std::vector<std::string_view> words = split_words(text);
  if (!words.empty() && (words[0] == "month" || words[0] == "months")) words.erase(words.begin());
  if (words.size() != 1 && (words.size() != 3 || words[1] != "to")) return Unexpected{unknown_form(text)};
  if (calendar.horizon_months <= 0)
    return Unexpected{WhenError{"a 'when' needs the file's 'horizon:'", "for example 'horizon: 6 months'"}};
  const Expected<int, WhenError> first = parse_month(words.front(), calendar);
  const Expected<int, WhenError> last = parse_month(words.back(), calendar);
  if (!first) return Unexpected{first.error()};
  if (!last) return Unexpected{last.error()};
  const int months = month_count(calendar.horizon_months);
  if (*first < 1) {
    return Unexpected{
        WhenError{fmt::format("'{}' is before the horizon", words.front()),
                  parse_year_month(words.front())
                      ? fmt::format("the file has 'start: {:04}-{:02}'", calendar.start->year, calendar.start->month)
                      : "months count from 1"}};
  }
  if (*last > months || *first > months) {
    return Unexpected{WhenError{fmt::format("'{}' is beyond the horizon, which ends with month {}",
                                            *first > months ? words.front() : words.back(), months),
                                ""}};
  }
  if (*last < *first) return Unexpected{WhenError{fmt::format("'{}' ends before it begins", text), ""}};
  return Months{*first, *last};
}

double length_in_months(const Months& months, double horizon_months) {
  return months.last - months.first + month_length(months.last, horizon_months);
}

std::vector<double> even_share(const Months& months, double horizon_months, double life) {
  std::vector<double> share(static_cast<std::size_t>(month_count(horizon_months)), 0.0);
  const double length = std::min(life, length_in_months(months, horizon_months));
  double left = length;
  for (int month = months.first; month <= months.last && left > 0; ++month) {
    const double part = std::min(left, 1.0);
    share[static_cast<std::size_t>(month - 1)] = part / length;
    left -= part;
  }
  return share;
}

}  // namespace tcosim
