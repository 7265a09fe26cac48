#include "plots/fit_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kRows = 8;
constexpr std::size_t kShownFits = 10;

std::string p_value(const std::optional<double>& p) {
  if (!p) return "";
  return *p < 0.01 ? fmt::format("{:.3f}", *p) : fmt::format("{:.2f}", *p);
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + printable(word);
  return out;
}

std::string render_data(const FitPage& page, const TerminalStyle& style) {
  std::string out = heading(printable(page.column), "", style);
  std::string where = listed(page.where);
  out += wrap(
      fmt::format(
          "{}{}: {} values{}{}, {} different.", printable(page.file),
          where.empty() ? "" : fmt::format(" where {}", where), count(page.count),
          page.matching < page.rows ? fmt::format(" from {} of {} rows", count(page.matching), count(page.rows)) : "",
          page.missing > 0 ? fmt::format(", {} empty", count(page.missing)) : "", count(page.distinct)),
      "", style);
  return out + wrap(fmt::format("mean {}, sd {}, least {}, quartiles {}, {}, {}, greatest {}",
                                significant(page.mean, 5), significant(page.sd), significant(page.least, 5),
                                significant(page.lower_quartile, 5), significant(page.median, 5),
                                significant(page.upper_quartile, 5), significant(page.greatest, 5)),
                    "", style);
}

std::string render_ranking(const FitPage& page, const TerminalStyle& style) {
  if (page.fits.empty()) return "";
  std::vector<Row> rows;
  for (std::size_t i = 0; i < std::min(page.fits.size(), kShownFits); ++i) {
    const FitRow& fit = page.fits[i];
    rows.push_back({{fmt::format("{}", i + 1), Ink::muted},
                    {printable(fit.family), i == 0 ? Ink::heading : Ink::plain},
                    {fmt::format("{:.1f}", fit.aicc)},
                    {fmt::format("{:.1f}", fit.bic)},
                    {significant(fit.anderson_darling, 3)},
                    {p_value(fit.anderson_darling_p)},
                    {significant(fit.kolmogorov_smirnov, 3)},
                    {p_value(fit.kolmogorov_smirnov_p)},
                    {printable(fit.remark), Ink::caution}});
  }
  std::string out =
      heading(fmt::format("Fits, best by {} first", page.sorted_by), "", style) + render_table({{"", true},
                                                                                                {"", false, 0, true},
                                                                                                {"AICc"},
                                                                                                {"BIC", true, 2},
                                                                                                {"A-D", true, 1},
                                                                                                {"p", true, 1},
                                                                                                {"K-S", true, 3},
                                                                                                {"p", true, 3},
                                                                                                {"", false, 4}},
                                                                                               std::move(rows), style);
  std::vector<std::string> worse;
  for (std::size_t i = kShownFits; i < page.fits.size(); ++i) worse.push_back(page.fits[i].family);
  if (!worse.empty()) out += wrap("Worse: " + listed(worse) + ".", "  ", style);
  if (!page.without_mean.empty()) {
    out += wrap("Left out, since the fit has no finite mean (--family takes it all the same): " +
                    listed(page.without_mean) + ".",
                "  ", style);
  }
  if (!page.not_fitting.empty()) {
    out += wrap("Cannot describe these values, or have no greatest likelihood: " + listed(page.not_fitting) + ".", "  ",
                style);
  }
  if (page.bootstrap == 0) return out;
  return out + wrap(fmt::format("p: how often data from the fitted distribution lie as far from their own fit ({} "
                                "replicates); under 0.05 the distribution is not the data's.",
                                page.bootstrap),
                    "  ", style);
}

std::string render_metalogs(const FitPage& page, const TerminalStyle& style) {
  if (page.metalogs.empty()) return "";
  std::vector<Row> rows;
  for (const FitRow& fit : page.metalogs) {
    rows.push_back({{fmt::format("{} terms", fit.parameters)},
                    {significant(fit.anderson_darling, 3)},
                    {significant(fit.kolmogorov_smirnov, 3)},
                    {significant(fit.p10)},
                    {significant(fit.p50)},
                    {significant(fit.p90)},
                    {printable(fit.remark), Ink::caution}});
  }
  return heading("Metalogs, by least squares on " + printable(page.metalog_points), "", style) +
         render_table({{"", false}, {"A-D"}, {"K-S"}, {"P10"}, {"P50"}, {"P90"}, {"", false, 1}}, std::move(rows),
                      style);
}

// Columns of the data, with the number of a fit where its expectation lies.
std::string render_picture(const FitPage& page, const TerminalStyle& style) {
  if (page.shares.empty()) return "";
  double highest = *std::max_element(page.shares.begin(), page.shares.end());
  if (!page.expected.empty())
    highest = std::max(highest, *std::max_element(page.expected[0].begin(), page.expected[0].end()));
  if (!(highest > 0)) return "";
  const std::size_t room = std::min<std::size_t>(static_cast<std::size_t>(style.width) - 4, 76);
  const std::size_t wide = std::max<std::size_t>(room / page.shares.size(), 1);

  // Cells, column by column
  std::vector<std::vector<std::string>> cells(kRows);
  for (std::size_t bin = 0; bin < page.shares.size(); ++bin) {
    const std::vector<std::string> glyphs = column_chart({page.shares[bin] / highest}, kRows, style);
    for (std::size_t row = 0; row < kRows; ++row)
      cells[row].insert(cells[row].end(), wide, paint(glyphs[row] == " " ? "" : glyphs[row], Ink::accent, style));
    for (std::size_t fit = page.expected.size(); fit-- > 0;) {
      const double height = page.expected[fit][bin] / highest * static_cast<double>(kRows);
      const auto row = std::min(static_cast<std::size_t>(height), kRows - 1);
      if (height > 0.05) cells[kRows - 1 - row][bin * wide + wide / 2] = fmt::format("{}", fit + 1);
    }
  }

  // Lines
  std::string out = heading("Data and fits", "", style);
  for (const std::vector<std::string>& row : cells) {
    std::string line;
    std::size_t blanks = 2;
    for (const std::string& cell : row) {
      if (cell.empty()) {
        ++blanks;
      } else {
        line += std::string(blanks, ' ') + cell;
        blanks = 0;
      }
    }
    out += line + '\n';
  }
  const std::size_t width = wide * page.shares.size();
  const std::string low = significant(page.low);
  out += "  " + repeat(style.unicode ? "─" : "-", width) + '\n';
  out += "  " + low + pad_left(significant(page.high), width > low.size() ? width - low.size() : 0) + '\n';
  std::string key;
  for (std::size_t fit = 0; fit < page.expected.size() && fit < page.fits.size(); ++fit)
    key += fmt::format("{}{} {}", fit > 0 ? ", " : "", fit + 1, page.fits[fit].family);
  return key.empty() ? out : out + wrap("Columns: the data. Figures: " + key + ".", "  ", style);
}

std::string render_warnings(const FitPage& page, const TerminalStyle& style) {
  if (page.warnings.empty()) return "";
  std::string out = heading("Before you trust it", "", style);
  for (const std::string& warning : page.warnings) {
    const std::string wrapped = wrap(printable(warning), "  ", style);
    out += style.unicode ? "•" + wrapped.substr(1) : "-" + wrapped.substr(1);
  }
  return out;
}

std::string render_paste(const FitPage& page, const TerminalStyle& style) {
  if (page.paste.empty()) return "";
  std::string out = heading("For a scenario, with the unit behind it", "", style);
  for (const std::string& line : page.paste) out += "  " + printable(line) + '\n';
  return out;
}

}  // namespace
}  // namespace tcosim::text

namespace tcosim {

std::string render_fit(const FitPage& page, const TerminalStyle& style) {
  std::string out;
  for (const auto& section : {text::render_data, text::render_ranking, text::render_metalogs, text::render_picture,
                              text::render_warnings, text::render_paste}) {
    const std::string shown = section(page, style);
    if (!shown.empty()) out += (out.empty() ? "" : "\n") + shown;
  }
  return out;
}

std::string render_columns(const ColumnsPage& page, const TerminalStyle& style) {
  std::vector<text::Row> rows;
  for (const ColumnEntry& column : page.columns) {
    rows.push_back({{text::printable(column.name)},
                    {column.numeric ? "numbers" : "text", column.numeric ? text::Ink::good : text::Ink::muted},
                    {column.distinct >= 1000 ? "1,000 or more" : text::count(column.distinct)},
                    {column.missing > 0 ? text::count(column.missing) : ""},
                    {text::listed(column.samples), text::Ink::muted}});
  }
  return text::heading(text::printable(page.file) + ": " + text::count(page.rows) + " rows", "", style) +
         text::render_table(
             {{"", false}, {"", false}, {"Different"}, {"Empty", true, 2}, {"For example", false, 1, true}},
             std::move(rows), style) +
         text::wrap("Choose one: --column NAME, or a formula over columns such as --column \"a / b\".", "", style);
}

}  // namespace tcosim
