#include "plots/workbook/workbook.hpp"

#include <algorithm>
#include <cmath>

#include "plots/workbook/sheets.hpp"
#include "plots/workbook/temporary_file.hpp"

namespace tcosim {
namespace workbook {

const std::string& shown(const std::string& name, const std::string& label) {
  return label.empty() ? name : label;
}

Look heading_of_section() {
  Look look;
  look.size = 12;
  look.bold = look.rule = true;
  look.ink = kHeader;
  return look;
}

Look muted(bool wrap) {
  Look look;
  look.ink = kMuted;
  look.wrap = wrap;
  return look;
}

void put_title(Sheet& sheet, const std::string& title, const std::string& remark) {
  Look look;
  look.size = 16;
  look.bold = true;
  sheet.put({0, 0}, words(title, look));
  sheet.set_height(0, 26);
  sheet.put({1, 0}, words(remark, muted()));
}

}  // namespace workbook

Expected<std::string, std::string> to_workbook(const Result& result, const WorkbookOptions& options) {
  using namespace workbook;
  const TemporaryFile file;
  if (!file.made()) return Unexpected{file.reason()};
  Book book(file.path());
  book.set_properties(result.title.empty() ? "Budget" : result.title, "Made by tcosim " + options.version,
                      options.created);
  const double scale = std::max(std::abs(result.total.mean), result.total.sd);
  const Frame frame{result, options, book, money_format(scale, result.currency)};

  Sheet summary = book.add_sheet("Summary", kHeader);
  Tables tables;
  tables.percentiles = add_percentiles(frame);
  tables.histogram = add_histogram(frame);
  add_lines(frame);
  tables.sensitivity = add_sensitivity(frame);
  add_months(frame);
  add_assumptions(frame);
  fill_summary(frame, summary, tables);

  if (const auto error = book.finish()) return Unexpected{*error};
  return file.read();
}

}  // namespace tcosim
