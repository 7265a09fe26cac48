// Tables of data that a fit or an empirical distribution reads: CSV by RFC 4180, one header line.
// libcsv splits the cells; a separator of ';' or tab is recognised in the header line, UTF-8's byte order mark skipped.
// Promises values or one sentence with FILE:LINE; cells that are empty, NULL, NA, N/A or NaN are missing, not zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

/// What is wrong, with its place in front where it is in the file: "prices.csv:12: ..."; `suggestion` may be empty.
struct DataError {
  std::string message, suggestion;
};

class DataFile {
 public:
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return lines_.size(); }
  /// As written, without quotes and the blanks around it.
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const;
  /// The line in the file where a row begins, from 1.
  [[nodiscard]] int line(std::size_t row) const { return lines_[row]; }
  /// Where "1,5" is a number: a comma does not separate the cells.
  [[nodiscard]] bool decimal_comma() const { return separator_ != ','; }

 private:
  friend class DataFileReader;
  std::string name_;
  char separator_ = ',';
  std::vector<std::string> columns_;
  std::string text_;                 // all cells, one after another
  std::vector<std::uint32_t> ends_;  // of each cell in text_
  std::vector<int> lines_;
};

/// At most 64 MB, 1,000 columns and 10 million cells; every row with as many cells as the header.
[[nodiscard]] Expected<DataFile, DataError> read_data_file(const std::string& path);
[[nodiscard]] Expected<DataFile, DataError> read_data_text(std::string_view text, const std::string& name);

/// What is wanted of a file. Names of columns may differ in case.
struct DataQuery {
  std::string column;  ///< a column, or a formula over columns: "spot_usd_per_hour / on_demand_usd_per_hour"
  std::vector<std::string> where;   ///< "gpu=L4", "gpu_count >= 8, region != us-east1": all must hold
  std::string weights;              ///< a column of whole numbers: how often each row counts; "" for once
  std::vector<std::string> change;  ///< columns that tell series apart: values over the series' previous one
};

struct DataColumn {
  std::vector<double> values;  ///< in the order of the file
  std::size_t rows = 0;        ///< in the file
  std::size_t matching = 0;    ///< of them, where the conditions hold
  std::size_t missing = 0;     ///< of these, without a value
};

/// The values asked for. Errors: unknown columns (with a suggestion), text where a number is wanted, conditions that
/// cannot be read or that no row meets, results that are not finite.
[[nodiscard]] Expected<DataColumn, DataError> select_values(const DataFile& file, const DataQuery& query);

struct DataColumnSummary {
  std::string name;
  bool numeric = false;                   ///< every value is a number
  std::size_t missing = 0, distinct = 0;  ///< distinct: counted up to 1,000
  std::vector<std::string> samples;       ///< the first three different values
};
[[nodiscard]] std::vector<DataColumnSummary> describe_columns(const DataFile& file);

/// The number that a cell says, or none: "12.5", "+3e-4", with decimal_comma "1,5".
[[nodiscard]] bool parse_cell(std::string_view cell, bool decimal_comma, double& value);
[[nodiscard]] bool is_missing(std::string_view cell);

}  // namespace tcosim
