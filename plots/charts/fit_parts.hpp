// Names, colours and words of the charts of a fit.
// The first fits of a page are drawn: those of FitPage::fits, or of FitPage::metalogs where there are no others.
// Promises printable text, whatever the file and its columns are called.
#pragma once

#include <string>

#include "plots/charts/parts.hpp"
#include "plots/fit_text.hpp"

namespace tcosim::chart {

/// "1 lognormal(mean=2.5, sd=0.5)"
[[nodiscard]] std::string fit_name(const FitPage& page, std::size_t fit);
[[nodiscard]] std::string fit_color(std::size_t fit);
[[nodiscard]] std::string fit_dash(std::size_t fit);

/// The column as an axis is named: "price".
[[nodiscard]] std::string column_words(const FitPage& page);
/// "price in prices.csv where gpu=L4"
[[nodiscard]] std::string data_words(const FitPage& page);

/// The key above the plot, a row a name, and its room in pixels.
[[nodiscard]] Json fit_key(const Json& names);
[[nodiscard]] int fit_key_room(const FitPage& page);

}  // namespace tcosim::chart
