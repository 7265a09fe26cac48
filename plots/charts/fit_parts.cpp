#include "plots/charts/fit_parts.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "plots/charts/study_parts.hpp"

namespace tcosim::chart {
namespace {

constexpr int kKeyRow = 18;

}  // namespace

std::string fit_name(const FitPage& page, std::size_t fit) {
  const std::vector<FitRow>& rows = page.fits.empty() ? page.metalogs : page.fits;
  return fit < rows.size() ? fmt::format("{} {}", fit + 1, clipped(rows[fit].call, 90)) : std::to_string(fit + 1);
}

std::string fit_color(std::size_t fit) {
  constexpr std::array<const char*, 3> kColors{"@headline", "@total", "@p50"};
  return kColors[fit % kColors.size()];
}

std::string fit_dash(std::size_t fit) {
  constexpr std::array<const char*, 3> kDashes{"solid", "dashed", "dotted"};
  return kDashes[fit % kDashes.size()];
}

std::string column_words(const FitPage& page) {
  return clipped(page.column, 60);
}

std::string data_words(const FitPage& page) {
  std::string words =
      fmt::format("{} in {}", column_words(page), clipped(std::filesystem::path(page.file).filename().string(), 60));
  for (std::size_t i = 0; i < page.where.size(); ++i) words += (i == 0 ? " where " : ", ") + clipped(page.where[i], 60);
  return words;
}

Json fit_key(const Json& names) {
  return {{"orient", "vertical"}, {"left", 20},       {"top", 0},     {"itemGap", 4},
          {"itemWidth", 28},      {"itemHeight", 12}, {"data", names}};
}

int fit_key_room(const FitPage& page) {
  return kKeyRow * static_cast<int>(page.expected.size()) + 14;
}

}  // namespace tcosim::chart
