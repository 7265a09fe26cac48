#include "plots/workbook/look.hpp"

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"

namespace tcosim::workbook {

std::string number_format(double scale, int decimals) {
  if (std::abs(scale) >= 1e15) return "0.000E+00";
  std::string format = "#,##0";
  if (decimals > 0) format += '.' + std::string(static_cast<std::size_t>(decimals), '0');
  return format;
}

std::string money_format(double scale, const std::string& currency) {
  const std::string number = number_format(scale, text::decimals_for(scale));
  // Only what cannot end the quotation; the scenario's reader lets nothing else through.
  const bool plain = !currency.empty() && std::ranges::all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; });
  return plain ? number + " \"" + currency + "\"" : number;
}

}  // namespace tcosim::workbook
