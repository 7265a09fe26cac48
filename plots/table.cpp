#include "plots/table.hpp"

#include <algorithm>

namespace tcosim::text {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kElasticComfort = 24;  // a name is clipped to this before columns are left out
constexpr std::size_t kElasticLeast = 6;

std::vector<std::size_t> natural_widths(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::size_t width = text_width(columns[i].header);
    for (const Row& row : rows) {
      if (i < row.size()) width = std::max(width, text_width(row[i].text));
    }
    widths.push_back(width);
  }
  return widths;
}

std::size_t total_width(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths) sum += width + kGap;
  return sum;
}

void shrink(std::vector<std::size_t>& widths, const std::vector<Column>& columns, std::size_t limit,
            std::size_t least) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t used = total_width(widths);
    if (used <= limit || !columns[i].elastic || widths[i] <= least) continue;
    widths[i] = std::max(least, widths[i] - std::min(widths[i], used - limit));
  }
}

void leave_out(std::size_t index, std::vector<Column>& columns, std::vector<Row>& rows) {
  columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(index));
  for (Row& row : rows) {
    if (index < row.size()) row.erase(row.begin() + static_cast<std::ptrdiff_t>(index));
  }
}

/// Leaves out what there is no room for; the widths of the rest, which may be too wide still.
std::vector<std::size_t> fit(std::vector<Column>& columns, std::vector<Row>& rows, std::size_t limit) {
  std::vector<std::size_t> widths = natural_widths(columns, rows);
  shrink(widths, columns, limit, kElasticComfort);
  while (total_width(widths) > limit) {
    const auto first = std::max_element(columns.begin(), columns.end(),
                                        [](const Column& a, const Column& b) { return a.drop < b.drop; });
    if (first == columns.end() || first->drop == 0) break;
    leave_out(static_cast<std::size_t>(first - columns.begin()), columns, rows);
    widths = natural_widths(columns, rows);
    shrink(widths, columns, limit, kElasticComfort);
  }
  return widths;
}

std::string render_line(const Row& row, const std::vector<Column>& columns, const std::vector<std::size_t>& widths,
                        const TerminalStyle& style) {
  std::string line;
  std::size_t blanks = kGap;
  for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i) {
    const std::string text = clip(row[i].text, widths[i], style);
    const std::size_t used = text_width(text);
    const std::size_t spare = widths[i] - used;
    // Blanks are owed, not written, so that no line ends in one.
    if (used > 0) {
      line += std::string(blanks + (columns[i].right ? spare : 0), ' ') + paint(text, row[i].ink, style);
      blanks = kGap + (columns[i].right ? 0 : spare);
    } else {
      blanks += kGap + widths[i];
    }
  }
  return line + '\n';
}

}  // namespace

std::string render_table(std::vector<Column> columns, std::vector<Row> rows, const TerminalStyle& style) {
  const auto limit = static_cast<std::size_t>(style.width);
  std::vector<std::size_t> widths = fit(columns, rows, limit);
  shrink(widths, columns, limit, kElasticLeast);
  if (const std::size_t used = total_width(widths); used > limit) {
    widths.back() -= std::min(widths.back(), used - limit);
  }

  // Lines
  std::string out;
  const auto titled = [](const Column& column) { return !column.header.empty(); };
  if (std::any_of(columns.begin(), columns.end(), titled)) {
    Row header;
    for (const Column& column : columns) header.push_back({column.header, Ink::muted});
    out += render_line(header, columns, widths, style);
  }
  for (const Row& row : rows) out += render_line(row, columns, widths, style);
  return out;
}

std::vector<std::string> shown_headers(std::vector<Column> columns, std::vector<Row> rows, const TerminalStyle& style) {
  fit(columns, rows, static_cast<std::size_t>(style.width));
  std::vector<std::string> headers;
  for (const Column& column : columns) headers.push_back(column.header);
  return headers;
}

}  // namespace tcosim::text
