#include "plots/workbook/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plots/text.hpp"
#include "plots/workbook/cell_text.hpp"

namespace tcosim::workbook {
namespace {

std::string in_words(lxw_error error) {
  switch (error) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
      return "the workbook does not fit into the memory";
    case LXW_ERROR_CREATING_TMPFILE:
    case LXW_ERROR_READING_TMPFILE:
      return "the workbook needs temporary files, and none can be made; is the disk full, or TMPDIR wrong?";
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      return "the workbook cannot be written; is the disk full?";
    default:
      return fmt::format("the workbook cannot be made: {}", lxw_strerror(error));
  }
}

// The library takes char* for what it only reads.
char* unconst(const std::string& text) {
  return const_cast<char*>(text.c_str());
}

// 0 is A, 26 is AA.
std::string letters(int column) {
  std::string out;
  for (int n = column + 1; n > 0; n = (n - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

Look heading_look(bool number, bool first) {
  Look look;
  look.ink = kPaper;
  look.fill = kHeader;
  look.bold = look.wrap = true;
  look.right = number;
  look.indent = !number && !first;
  return look;
}

}  // namespace

Cell words(std::string text, Look look) {
  return {std::move(text), {}, {}, std::move(look)};
}

Cell wrapped(std::string text) {
  Look look;
  look.wrap = true;
  return words(std::move(text), std::move(look));
}

Cell figure(double value, std::string number_format, Look look) {
  return {{}, value, {}, with_number(std::move(look), std::move(number_format))};
}

Cell figure(const std::optional<double>& value, std::string number_format, Look look) {
  return {{}, value, {}, with_number(std::move(look), std::move(number_format))};
}

Cell formula(std::string formula, double value, std::string number_format, Look look) {
  return {{}, value, std::move(formula), with_number(std::move(look), std::move(number_format))};
}

Book::Book(const std::string& path) : book_(workbook_new(path.c_str())) {
  if (!book_) throw std::bad_alloc();
}

Sheet Book::add_sheet(const std::string& name, unsigned tab_colour) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), name.c_str());
  if (sheet == nullptr) throw std::logic_error("a sheet of the workbook has a name that Excel refuses: " + name);
  worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
  worksheet_set_tab_color(sheet, tab_colour);
  return {*this, sheet, name};
}

void Book::set_properties(const std::string& title, const std::string& comments, std::time_t created) {
  const std::string shown = cell_text(title), remark = cell_text(comments);
  lxw_doc_properties properties{};
  properties.title = unconst(shown);
  properties.comments = unconst(remark);
  properties.created = std::max<std::time_t>(created, 1);  // to libxlsxwriter 0 is now
  check(workbook_set_properties(book_.get(), &properties));
}

void Book::define_name(const std::string& name, const std::string& formula) {
  check(workbook_define_name(book_.get(), name.c_str(), ("=" + formula).c_str()));
}

lxw_format* Book::format(const Look& look) {
  lxw_format*& format = formats_[look];
  if (format != nullptr) return format;
  format = workbook_add_format(book_.get());
  if (format == nullptr) throw std::bad_alloc();
  if (!look.number.empty()) format_set_num_format(format, look.number.c_str());
  format_set_font_name(format, "Calibri");
  format_set_font_size(format, look.size);
  format_set_font_color(format, look.ink);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  if (look.fill != kPaper) format_set_bg_color(format, look.fill);
  if (look.bold) format_set_bold(format);
  if (look.wrap) format_set_text_wrap(format);
  if (look.left) format_set_align(format, LXW_ALIGN_LEFT);
  if (look.right) format_set_align(format, LXW_ALIGN_RIGHT);
  if (look.indent) format_set_indent(format, 1);
  if (look.rule) {
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, kRule);
  }
  if (look.boxed) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, kOrange);
  }
  return format;
}

lxw_chart* Book::add_chart(std::uint8_t type) {
  lxw_chart* chart = workbook_add_chart(book_.get(), type);
  if (chart == nullptr) throw std::bad_alloc();
  return chart;
}

void Book::check(lxw_error error) {
  if (error != LXW_NO_ERROR && !error_) error_ = in_words(error);
}

std::optional<std::string> Book::finish() {
  if (error_) return error_;
  check(workbook_close(book_.release()));  // which frees it
  return error_;
}

void Sheet::put(Place place, const Cell& cell) {
  lxw_format* format = book_->format(cell.look);
  if (cell.number && !std::isfinite(*cell.number)) {
    // libxlsxwriter writes NaN and infinity as cells that Excel cannot read.
    book_->check(worksheet_write_blank(sheet_, place.row, place.column, format));
  } else if (!cell.formula.empty()) {
    book_->check(worksheet_write_formula_num(sheet_, place.row, place.column, ("=" + cell.formula).c_str(), format,
                                             cell.number.value_or(0)));
  } else if (cell.number) {
    book_->check(worksheet_write_number(sheet_, place.row, place.column, *cell.number, format));
  } else {
    book_->check(worksheet_write_string(sheet_, place.row, place.column, cell_text(cell.text).c_str(), format));
  }
}

void Sheet::put_row(Place first, const std::vector<Cell>& cells) {
  for (const Cell& cell : cells) {
    put(first, cell);
    ++first.column;
  }
}

void Sheet::put_across(Place first, std::uint16_t columns, const Cell& cell) {
  const auto last = static_cast<std::uint16_t>(first.column + columns - 1);
  book_->check(worksheet_merge_range(sheet_, first.row, first.column, first.row, last, "", book_->format(cell.look)));
  put(first, cell);
}

Area Sheet::put_table(Place first, const std::string& name, const std::vector<Heading>& headings,
                      const std::vector<std::vector<Cell>>& rows) {
  const Place top{first.row + 1, first.column};
  const auto last_row = static_cast<std::uint32_t>(first.row + rows.size());
  const Area area{top, {last_row, static_cast<std::uint16_t>(first.column + headings.size() - 1)}};
  if (rows.empty()) {
    for (std::size_t i = 0; i < headings.size(); ++i)
      put({first.row, static_cast<std::uint16_t>(first.column + i)},
          words(headings[i].text, heading_look(headings[i].number, i == 0)));
    return area;
  }

  // The table with its headings
  std::vector<lxw_table_column> columns(headings.size());
  std::vector<lxw_table_column*> pointers;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    columns[i].header = unconst(headings[i].text);
    columns[i].header_format = book_->format(heading_look(headings[i].number, i == 0));
    pointers.push_back(&columns[i]);
  }
  pointers.push_back(nullptr);
  lxw_table_options options{};
  options.name = unconst(name);
  options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
  options.style_type_number = 1;
  options.columns = pointers.data();
  book_->check(worksheet_add_table(sheet_, first.row, first.column, last_row, area.last.column, &options));

  // Its cells
  std::vector<Cell> heads;
  for (const Heading& heading : headings)
    heads.push_back(words(heading.text, heading_look(heading.number, heads.empty())));
  fit_height(first, heads);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Place place{static_cast<std::uint32_t>(top.row + i), first.column};
    std::vector<Cell> row = rows[i];
    // Kept off the number on its left
    for (std::size_t j = 1; j < row.size(); ++j) row[j].look.indent = !headings[j].number;
    put_row(place, row);
    fit_height(place, row);
  }
  return area;
}

// Excel fits rows itself when a file is opened, other programs do not.
void Sheet::fit_height(Place first, const std::vector<Cell>& cells) {
  constexpr double kLine = 13.5, kHighest = 400;  // points; Excel's limit is 409
  double most = 1;
  for (std::size_t i = 0; i < cells.size() && first.column + i < widths_.size(); ++i) {
    if (!cells[i].look.wrap) continue;
    const double letters = widths_[first.column + i];
    const auto breaks = static_cast<double>(std::ranges::count(cells[i].text, '\n'));
    most = std::max(most, breaks + std::ceil(static_cast<double>(text::text_width(cells[i].text)) / letters));
  }
  if (most > 1) set_height(first.row, std::min(kHighest, most * kLine + 3));
}

void Sheet::set_widths(const std::vector<double>& characters) {
  widths_ = characters;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    book_->check(worksheet_set_column(sheet_, column, column, characters[i], nullptr));
  }
}

void Sheet::set_height(std::uint32_t row, double points) {
  book_->check(worksheet_set_row(sheet_, row, points, nullptr));
}

void Sheet::freeze(Place place) {
  worksheet_freeze_panes(sheet_, place.row, place.column);
}

void Sheet::insert(lxw_chart* chart, Place place, double width_pixels, double height_pixels,
                   const std::string& description) {
  constexpr double kWidth = 480, kHeight = 288;  // of a chart at scale 1
  lxw_chart_options options{};
  options.x_scale = width_pixels / kWidth;
  options.y_scale = height_pixels / kHeight;
  options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
  options.description = unconst(description);
  book_->check(worksheet_insert_chart_opt(sheet_, place.row, place.column, chart, &options));
}

void Sheet::set_print(std::uint32_t repeated) {
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, kA4);
  worksheet_set_margins(sheet_, 0.4, 0.4, 0.5, 0.6);
  worksheet_fit_to_pages(sheet_, 1, 0);
  if (repeated > 0) book_->check(worksheet_repeat_rows(sheet_, 0, repeated - 1));
  book_->check(worksheet_set_footer(sheet_, "&L&8&A&R&8Page &P of &N"));
}

void Sheet::accept(Place place, lxw_data_validation rule, const std::string& hint) {
  const std::string title = "Type here", wrong = "Not possible";
  rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
  rule.ignore_blank = LXW_VALIDATION_OFF;
  rule.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
  rule.input_title = unconst(title);
  rule.input_message = unconst(hint);
  rule.error_title = unconst(wrong);
  rule.error_message = unconst(hint);
  book_->check(worksheet_data_validation_cell(sheet_, place.row, place.column, &rule));
}

void Sheet::accept_between(Place place, double low, double high, const std::string& hint) {
  lxw_data_validation rule{};
  rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  rule.minimum_number = low;
  rule.maximum_number = high;
  accept(place, rule, hint);
}

void Sheet::accept_numbers(Place place, const std::string& hint) {
  constexpr double kAny = 1e300;
  accept_between(place, -kAny, kAny, hint);
}

std::string address(const Place& place) {
  return fmt::format("${}${}", letters(place.column), place.row + 1);
}

std::string relative_address(const Place& place) {
  return fmt::format("{}{}", letters(place.column), place.row + 1);
}

std::string range(const std::string& sheet, const Area& area) {
  return fmt::format("{}!{}:{}", sheet, address(area.first), address(area.last));
}

}  // namespace tcosim::workbook
