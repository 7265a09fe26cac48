#include "scenarios/data_file.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "scenarios/data_cell.hpp"
#include "scenarios/diagnostic.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kLargestFile = 64'000'000;  // bytes
constexpr std::size_t kMostColumns = 1000;
constexpr std::size_t kMostCells = 10'000'000;

/// The separator that the header line has most often outside quotes.
char separator_of(std::string_view header) {
  constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
  std::array<int, 3> counts{};
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    for (std::size_t i = 0; i < kSeparators.size() && !quoted; ++i) counts[i] += c == kSeparators[i] ? 1 : 0;
  }
  return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

}  // namespace

/// Feeds libcsv line by line, since it does not count lines itself.
class DataFileReader {
 public:
  explicit DataFileReader(std::string name) { file_.name_ = std::move(name); }

  Expected<DataFile, DataError> read(std::string_view text) {
    if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
    if (text.find('\0') != std::string_view::npos) return data_error(file_.name_ + ": this is not a text file");
    file_.separator_ = separator_of(text.substr(0, text.find('\n')));
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) return data_error(file_.name_ + ": out of memory");
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser_, csv_free);
    csv_set_delim(&parser_, static_cast<unsigned char>(file_.separator_));

    for (std::size_t start = 0; start < text.size() && error_.empty();) {
      const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
      ++line_;
      const std::string_view line = text.substr(start, end - start);
      if (cells_ == 0 && parser_.pstate == 0) begin_row(line);
      if (csv_parse(&parser_, line.data(), line.size(), at_cell, at_row, this) != line.size()) return broken_quotes();
      start = end;
    }
    if (error_.empty() && csv_fini(&parser_, at_cell, at_row, this) != 0) return broken_quotes();
    if (!error_.empty()) return data_error(error_);
    if (file_.columns_.empty())
      return data_error(file_.name_ + ": the file is empty", "its first line names the columns");
    return std::move(file_);
  }

 private:
  Unexpected<DataError> broken_quotes() {
    return data_error(fmt::format("{}:{}: the quotation marks of this row do not match", file_.name_, row_line_),
                      "a mark inside a quoted value is written twice");
  }

  static void at_cell(void* cell, std::size_t size, void* self) {
    static_cast<DataFileReader*>(self)->add_cell({static_cast<const char*>(cell), size});
  }
  static void at_row(int, void* self) { static_cast<DataFileReader*>(self)->end_row(); }

  /// libcsv skips blank lines, which in a table of one column are rows without a value; not those after the last row.
  void begin_row(std::string_view line) {
    row_line_ = line_;
    if (!has_header_ || file_.columns_.size() > 1) return;
    if (without_blanks(line).empty()) {
      blank_lines_.push_back(line_);
      return;
    }
    for (const int blank : std::exchange(blank_lines_, {})) {
      row_line_ = blank;
      add_cell("");
      end_row();
    }
    row_line_ = line_;
  }

  void add_cell(std::string_view cell) {
    if (!error_.empty()) return;
    cell = without_blanks(cell);
    ++cells_;
    if (!has_header_) {
      file_.columns_.emplace_back(cell);
      if (cells_ > kMostColumns) error_ = fmt::format("{}:1: there are over {} columns", file_.name_, kMostColumns);
      return;
    }
    file_.text_ += cell;
    file_.ends_.push_back(static_cast<std::uint32_t>(file_.text_.size()));
    if (file_.ends_.size() > kMostCells) error_ = fmt::format("{}: there are over 10 million values", file_.name_);
  }

  void end_row() {
    if (!error_.empty()) return;
    if (!has_header_) {
      check_header();
    } else if (cells_ != file_.columns_.size()) {
      error_ =
          fmt::format("{}:{}: this row has {} value{}, and the header names {} column{}", file_.name_, row_line_,
                      cells_, cells_ == 1 ? "" : "s", file_.columns_.size(), file_.columns_.size() == 1 ? "" : "s");
    } else {
      file_.lines_.push_back(row_line_);
    }
    has_header_ = true;
    cells_ = 0;
    row_line_ = line_ + 1;
  }

  void check_header() {
    const auto& columns = file_.columns_;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].empty() && std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i),
                                           columns[i]) != columns.begin() + static_cast<std::ptrdiff_t>(i)) {
        error_ = fmt::format("{}:{}: two columns are named '{}'", file_.name_, row_line_, columns[i]);
      }
    }
    double number = 0;
    const bool numbers =
        std::all_of(columns.begin(), columns.end(), [&](const std::string& c) { return parse_cell(c, false, number); });
    if (numbers)
      error_ = fmt::format("{}:{}: the first line is to name the columns, and has numbers", file_.name_, row_line_);
  }

  DataFile file_;
  csv_parser parser_{};
  std::string error_;
  std::size_t cells_ = 0;  // of the row so far
  std::vector<int> blank_lines_;
  bool has_header_ = false;
  int line_ = 0, row_line_ = 1;
};

std::string_view DataFile::cell(std::size_t row, std::size_t column) const {
  const std::size_t at = row * columns_.size() + column;
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(text_).substr(begin, ends_[at] - begin);
}

bool is_missing(std::string_view cell) {
  static constexpr std::array<std::string_view, 9> kMissing{"",    "NULL", "null", "NA",  "N/A",
                                                            "n/a", "NaN",  "nan",  "#N/A"};
  return std::find(kMissing.begin(), kMissing.end(), cell) != kMissing.end();
}

bool parse_cell(std::string_view cell, bool decimal_comma, double& value) {
  cell = without_blanks(cell);
  if (!cell.empty() && cell[0] == '+') cell.remove_prefix(1);
  std::string with_point;
  if (decimal_comma && std::count(cell.begin(), cell.end(), ',') == 1 && cell.find('.') == std::string_view::npos) {
    with_point = cell;
    std::replace(with_point.begin(), with_point.end(), ',', '.');
    cell = with_point;
  }
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc() && end == cell.data() + cell.size() && !cell.empty() && std::isfinite(value);
}

Expected<DataFile, DataError> read_data_text(std::string_view text, const std::string& name) {
  return DataFileReader(name).read(text);
}

Expected<DataFile, DataError> read_data_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    std::vector<std::string> names;
    const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
      names.push_back(entry->path().filename().string());
    return data_error("there is no file '" + path + "'", did_you_mean(fs::path(path).filename().string(), names));
  }
  if (status.type() != fs::file_type::regular) return data_error("'" + path + "' is not a file");
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > kLargestFile) return data_error("'" + path + "' is larger than 64 MB");
  std::ifstream in(path, std::ios::binary);
  if (!in || error) return data_error("'" + path + "' cannot be opened: is reading it allowed?");
  std::string text(static_cast<std::size_t>(size), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  // What was appended meanwhile would end in the middle of a row.
  if (in.bad() || (in && in.peek() != std::ifstream::traits_type::eof()))
    return data_error("'" + path + "' cannot be read to its end");
  return read_data_text(text, path);
}

std::vector<DataColumnSummary> describe_columns(const DataFile& file) {
  constexpr std::size_t kMostDistinct = 1000, kSamples = 3;
  std::vector<DataColumnSummary> out;
  for (std::size_t column = 0; column < file.columns().size(); ++column) {
    DataColumnSummary summary{file.columns()[column], true, 0, 0, {}};
    std::set<std::string_view> seen;
    for (std::size_t row = 0; row < file.rows(); ++row) {
      const std::string_view cell = file.cell(row, column);
      double value = 0;
      if (is_missing(cell)) {
        ++summary.missing;
        continue;
      }
      summary.numeric = summary.numeric && parse_cell(cell, file.decimal_comma(), value);
      if (seen.size() < kMostDistinct && seen.insert(cell).second && summary.samples.size() < kSamples)
        summary.samples.emplace_back(cell);
    }
    summary.distinct = seen.size();
    summary.numeric = summary.numeric && summary.missing < file.rows();
    out.push_back(std::move(summary));
  }
  return out;
}

}  // namespace tcosim
