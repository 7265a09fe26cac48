// libxlsxwriter behind values: a workbook in the making, its sheets, cells and tables.
// Every error code is looked at; the first becomes the sentence that finish() returns.
// Promises that no number that is not finite reaches the file: such a cell stays empty. Internal to the workbook.
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <ctime>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "distributions/expected.hpp"
#include "plots/workbook/look.hpp"

namespace tcosim::workbook {

/// Text, a number, or a formula with the number that it has now; empty without any of them.
struct Cell {
  std::string text;
  std::optional<double> number{};
  std::string formula{};
  Look look{};
};

[[nodiscard]] Cell words(std::string text, Look look = {});
[[nodiscard]] Cell wrapped(std::string text);
[[nodiscard]] Cell figure(double value, std::string number_format, Look look = {});
[[nodiscard]] Cell figure(const std::optional<double>& value, std::string number_format, Look look = {});
[[nodiscard]] Cell formula(std::string formula, double value, std::string number_format, Look look = {});

struct Heading {
  std::string text;
  bool number = true;  ///< its column is right-aligned
};

/// Rows and columns count from 0; a table's rows are those under its heading.
struct Place {
  std::uint32_t row = 0;
  std::uint16_t column = 0;
};

struct Area {
  Place first, last;
};

class Sheet;

class Book {
 public:
  /// `path` is where finish() writes.
  explicit Book(const std::string& path);

  /// `name` is one of ours: at most 31 characters that Excel allows.
  [[nodiscard]] Sheet add_sheet(const std::string& name, unsigned tab_colour);

  void set_properties(const std::string& title, const std::string& comments, std::time_t created);
  void define_name(const std::string& name, const std::string& formula);

  [[nodiscard]] lxw_format* format(const Look& look);
  [[nodiscard]] lxw_chart* add_chart(std::uint8_t type);

  /// Keeps the first error, in words.
  void check(lxw_error error);

  /// Writes the file and lets go of the memory. What went wrong, or nothing.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };
  std::unique_ptr<lxw_workbook, Free> book_;
  std::map<Look, lxw_format*> formats_;
  std::optional<std::string> error_;
};

class Sheet {
 public:
  Sheet(Book& book, lxw_worksheet* sheet, std::string name) : book_(&book), sheet_(sheet), name_(std::move(name)) {}

  void put(Place place, const Cell& cell);
  void put_row(Place first, const std::vector<Cell>& cells);

  /// One cell over several columns of one row.
  void put_across(Place first, std::uint16_t columns, const Cell& cell);

  /// A table that sorts and filters, `cells` row by row; the area of its rows. Only the heading where there are none.
  Area put_table(Place first, const std::string& name, const std::vector<Heading>& headings,
                 const std::vector<std::vector<Cell>>& rows);

  /// Before tables are put: their rows are as high as wrapped text needs.
  void set_widths(const std::vector<double>& characters);
  void set_height(std::uint32_t row, double points);
  void freeze(Place place);
  void insert(lxw_chart* chart, Place place, double width_pixels, double height_pixels, const std::string& description);

  /// Landscape on A4, one page wide, page numbers at the foot, `repeated` rows on top of each page.
  void set_print(std::uint32_t repeated);

  /// Refuses what is not a number from `low` to `high`, with a hint.
  void accept_between(Place place, double low, double high, const std::string& hint);
  void accept_numbers(Place place, const std::string& hint);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] lxw_worksheet* raw() { return sheet_; }

 private:
  /// A row high enough for the wrapped ones among its cells.
  void fit_height(Place first, const std::vector<Cell>& cells);

  void accept(Place place, lxw_data_validation rule, const std::string& hint);

  Book* book_;
  lxw_worksheet* sheet_;
  std::string name_;
  std::vector<double> widths_;
};

/// "Percentiles!$C$5:$C$103".
[[nodiscard]] std::string range(const std::string& sheet, const Area& area);
[[nodiscard]] std::string address(const Place& place);

/// "C5", for formulas within a row of a table: sorting moves such a reference with its row.
[[nodiscard]] std::string relative_address(const Place& place);

/// One column of a table's rows.
[[nodiscard]] inline Area column(const Area& rows, std::uint16_t index) {
  const auto at = static_cast<std::uint16_t>(rows.first.column + index);
  return {{rows.first.row, at}, {rows.last.row, at}};
}

}  // namespace tcosim::workbook
