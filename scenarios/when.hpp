// Periods: which months of the horizon a line's `when` means, how long they are, how money spreads over them.
// From the scenario format. Months count from 1; the last one of a horizon such as 200 days is a part of a month.
// Promises shares that add up to 1 and lengths that are exact for whole months.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

struct YearMonth {
  int year = 0, month = 1;
};

/// "2026-01"; nothing when it is none.
[[nodiscard]] std::optional<YearMonth> parse_year_month(std::string_view text);

struct Calendar {
  double horizon_months = 0;  ///< 0: the file has no horizon
  std::optional<YearMonth> start;
};

/// Whole and part months, counted up; 0 without a horizon.
[[nodiscard]] int month_count(double horizon_months);

struct Months {
  int first = 1, last = 1;
};

struct WhenError {
  std::string message, suggestion;
};

/// `month 3`, `months 2 to 5`, `months 2 to end`, `end`, `2026-03 to 2026-08`. Outside the horizon is an error.
[[nodiscard]] Expected<Months, WhenError> parse_when(std::string_view text, const Calendar& calendar);

/// In months; the last month of the horizon may count as a part.
[[nodiscard]] double length_in_months(const Months& months, double horizon_months);

/// Even spending over `months`, but at most over their first `life` months: by month of the horizon.
[[nodiscard]] std::vector<double> even_share(const Months& months, double horizon_months, double life);

}  // namespace tcosim
