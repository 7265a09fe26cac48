// How a cell looks, as a value: two cells of one look share one format of the file.
// Number formats follow the size of the amounts, as the terminal's decimals do.
// Internal to the workbook.
#pragma once

#include <compare>
#include <string>

namespace tcosim::workbook {

// Colours that colour-blind people can tell apart: Okabe and Ito (2008), "Color universal design".
inline constexpr unsigned kInk = 0x1F2A37, kMuted = 0x6B7280, kPaper = 0xFFFFFF, kHeader = 0x1F3A5F, kRule = 0xD0D5DD,
                          kTyped = 0xFFF7D6, kBlue = 0x0072B2, kSky = 0x56B4E9, kOrange = 0xE69F00, kGreen = 0x009E73,
                          kVermilion = 0xD55E00, kPurple = 0xCC79A7;

struct Look {
  std::string number;  ///< Excel's number format; "" is General
  double size = 10;    ///< of the letters, points
  unsigned ink = kInk, fill = kPaper;
  bool bold = false, wrap = false, left = false, right = false, rule = false, boxed = false, indent = false;

  auto operator<=>(const Look&) const = default;
};

/// The same look with another number format.
[[nodiscard]] inline Look with_number(Look look, std::string number) {
  look.number = std::move(number);
  return look;
}

/// "#,##0.00" with as many decimals; a power of ten from 1e15 on.
[[nodiscard]] std::string number_format(double scale, int decimals);

/// Decimals for amounts of this size, and the currency's code behind them: `#,##0 "USD"`; no unit where it is empty.
[[nodiscard]] std::string money_format(double scale, const std::string& currency);

inline constexpr const char* kPercent = "0%";
inline constexpr const char* kPercentTenths = "0.0%";
inline constexpr const char* kCount = "#,##0";

}  // namespace tcosim::workbook
