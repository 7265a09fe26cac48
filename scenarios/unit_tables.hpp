// The units that are known without a declaration, as data.
// Time, data and energy by definition (SI, IEC 80000-13; a year is 365 days and a month its twelfth, as
// clouds bill), currencies from ISO 4217, counts from the vocabulary of people who run models.
// Tables only; unit_system.cpp gives them to UDUNITS.
#pragma once

#include <span>
#include <string_view>

namespace tcosim {

/// ISO 4217 codes, sorted.
[[nodiscard]] std::span<const std::string_view> currency_codes();
[[nodiscard]] bool is_currency_code(std::string_view code);

enum class Prefixes {
  none,
  decimal,  ///< k M G T P
  data      ///< these, K and Ki Mi Gi Ti Pi
};

/// A measured unit: `size` times the unit `of` (an earlier row's name); a base unit where `of` is empty, a
/// plain number where it is "1".
struct MeasureRow {
  std::string_view names;    ///< the name and other words, separated by blanks: any case, with plurals
  std::string_view symbols;  ///< case-sensitive
  double size = 1;
  std::string_view of;
  Prefixes prefixes = Prefixes::none;
};
[[nodiscard]] std::span<const MeasureRow> measure_rows();

/// Names of things that are counted, in the singular.
[[nodiscard]] std::span<const std::string_view> count_names();

struct Prefix {
  std::string_view symbol, name;
  double size = 1;
  bool data_only = false;
};
/// Longest symbols first.
[[nodiscard]] std::span<const Prefix> unit_prefixes();

/// "dollars" is USD: for suggestions. Empty where nothing fits.
[[nodiscard]] std::string_view currency_of_word(std::string_view folded_word);

}  // namespace tcosim
