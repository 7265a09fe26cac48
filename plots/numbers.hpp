// Numbers as people read them: thousands separators, money, per cent, significant digits.
// Decimal point "." and separator "," whatever the locale, so that the same result reads the same.
// Rounding is for the eye only; JSON and CSV carry full precision.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace tcosim::text {

/// 1234567.891 with 2 decimals is "1,234,567.89"; from 1e15 on "1.235e+15". Never "-0".
[[nodiscard]] std::string grouped(double value, int decimals);

/// About `digits` significant digits, grouped, without trailing zeros: 0.02, 153.3, 10,000, 1.2e-07.
[[nodiscard]] std::string significant(double value, int digits = 4);

/// Decimals that suit amounts of this size: none from 1,000, two from 1, more below.
[[nodiscard]] int decimals_for(double scale);

/// An amount to the cent where it is under a million, else whole: what a person stated or owes.
[[nodiscard]] std::string exact_amount(double value);

/// Decimals for a column of exact amounts: cents unless one of them is a million or more.
[[nodiscard]] int exact_decimals(std::initializer_list<double> values);

/// A fraction as per cent: "43%", but "0.3%", "99.8%" and "<0.01%" near the ends.
[[nodiscard]] std::string percent(double fraction);

/// "1,000,000".
[[nodiscard]] std::string count(std::uint64_t value);

/// "18,000 USD", or the amount alone without a unit.
[[nodiscard]] std::string with_unit(const std::string& amount, const std::string& unit);

}  // namespace tcosim::text
