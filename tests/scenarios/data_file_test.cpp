#include "scenarios/data_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tcosim {
namespace {

DataFile read(std::string_view text) {
  auto file = read_data_text(text, "d.csv");
  EXPECT_TRUE(file) << file.error().message;
  return std::move(file).value();
}

std::string reading_error(std::string_view text) {
  const auto file = read_data_text(text, "d.csv");
  return file ? "" : file.error().message;
}

std::vector<double> values(const DataFile& file, const DataQuery& query) {
  const auto selected = select_values(file, query);
  EXPECT_TRUE(selected) << selected.error().message;
  return selected ? selected->values : std::vector<double>{};
}

DataError query_error(const DataFile& file, const DataQuery& query) {
  const auto selected = select_values(file, query);
  return selected ? DataError{} : selected.error();
}

const char* const kPrices =
    "date,gpu,region,price,list\n"
    "2024-01,L4,us,1,2\n"
    "2024-01,H100,us,4,8\n"
    "2024-02,L4,us,1.5,2\n"
    "2024-02,H100,eu,6,8\n"
    "2024-03,L4,us,3,2\n";

TEST(DataFile, CellsAreAsWrittenWithoutQuotes) {
  const DataFile file = read(
      "\xef\xbb\xbf"
      "a, b ,\"c\"\"d\"\r\n1, 2 ,\"x, y\"\r\n\r\n3,,\"two\nlines\"\r\n4,5,6");
  EXPECT_EQ(file.columns(), (std::vector<std::string>{"a", "b", "c\"d"}));
  ASSERT_EQ(file.rows(), 3u);
  EXPECT_EQ(file.cell(0, 1), "2");
  EXPECT_EQ(file.cell(0, 2), "x, y");
  EXPECT_EQ(file.cell(1, 1), "");
  EXPECT_EQ(file.cell(1, 2), "two\nlines");
  EXPECT_EQ(file.cell(2, 2), "6");
  EXPECT_EQ(file.line(0), 2);
  EXPECT_EQ(file.line(1), 4);
  EXPECT_EQ(file.line(2), 6);
}

TEST(DataFile, SemicolonsAndTabsSeparateWhereTheHeaderHasThem) {
  EXPECT_EQ(values(read("a;b\n1,5;2\n2,5;3\n"), {"a", {}, "", {}}), (std::vector<double>{1.5, 2.5}));
  EXPECT_EQ(values(read("a\tb\n1\t2\n"), {"b", {}, "", {}}), (std::vector<double>{2}));
}

TEST(DataFile, ErrorsNameTheLine) {
  EXPECT_EQ(reading_error("a,b\n1,2\n3\n"), "d.csv:3: this row has 1 value, and the header names 2 columns");
  EXPECT_EQ(reading_error("a,b\n1,2\n\"3,4\n"), "d.csv:3: the quotation marks of this row do not match");
  EXPECT_EQ(reading_error("a,a\n"), "d.csv:1: two columns are named 'a'");
  EXPECT_EQ(reading_error("1,2\n3,4\n"), "d.csv:1: the first line is to name the columns, and has numbers");
  EXPECT_EQ(reading_error(""), "d.csv: the file is empty");
  EXPECT_EQ(reading_error(std::string_view("a\0b\n", 4)), "d.csv: this is not a text file");
}

TEST(DataFile, BlankLinesOfOneColumnAreRowsWithoutAValue) {
  const auto selected = select_values(read("v\n1\n\n2\n  \r\n\n3\n\n"), {"v", {}, "", {}});
  ASSERT_TRUE(selected);
  EXPECT_EQ(selected->values, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(selected->missing, 3u);
  EXPECT_EQ(selected->rows, 6u);
  const DataFile file = read("v\n1\n\nx\n");
  EXPECT_EQ(file.line(1), 3);
  EXPECT_EQ(file.line(2), 4);
  EXPECT_EQ(read("a,b\n1,2\n\n3,4\n").rows(), 2u);
}

TEST(DataFile, FilesAreReadToTheirLastByte) {
  const auto path = std::filesystem::temp_directory_path() / ("data_file_test_" + std::to_string(::getpid()) + ".csv");
  std::ofstream(path, std::ios::binary) << "a,b\n1,2\n3,45";
  const auto file = read_data_file(path.string());
  std::filesystem::remove(path);
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->rows(), 2u);
  EXPECT_EQ(file->cell(1, 1), "45");
}

TEST(DataFile, MissingFilesAndFoldersAreNamed) {
  const auto missing = read_data_file("no_such_folder/none.csv");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "there is no file 'no_such_folder/none.csv'");
  const auto folder = read_data_file(std::filesystem::temp_directory_path().string());
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().message.find("is not a file"), std::string::npos);
}

TEST(DataQuery, MissingValuesAreCountedNotZero) {
  const auto selected = select_values(read("a,b\n1,2\n,3\nNULL,4\nNA,5\n2,6\n"), {"a", {}, "", {}});
  ASSERT_TRUE(selected);
  EXPECT_EQ(selected->values, (std::vector<double>{1, 2}));
  EXPECT_EQ(selected->missing, 3u);
  EXPECT_EQ(selected->matching, 5u);
}

TEST(DataQuery, ConditionsCompareNumbersAndText) {
  const DataFile file = read(kPrices);
  EXPECT_EQ(values(file, {"price", {"gpu=L4"}, "", {}}), (std::vector<double>{1, 1.5, 3}));
  EXPECT_EQ(values(file, {"price", {"gpu != L4, region = us"}, "", {}}), (std::vector<double>{4}));
  EXPECT_EQ(values(file, {"price", {"price >= 1.50", "price<4"}, "", {}}), (std::vector<double>{1.5, 3}));
  EXPECT_EQ(values(file, {"price", {"list == 2.0"}, "", {}}), (std::vector<double>{1, 1.5, 3}));
  EXPECT_EQ(values(file, {"price", {"date > 2024-01"}, "", {}}), (std::vector<double>{1.5, 6, 3}));
  EXPECT_EQ(values(read("n,x\n\"a, b\",1\nc,2\n"), {"x", {"n=\"a, b\""}, "", {}}), (std::vector<double>{1}));
}

TEST(DataQuery, FormulasGoOverColumns) {
  const DataFile file = read(kPrices);
  EXPECT_EQ(values(file, {"price / list", {"gpu=H100"}, "", {}}), (std::vector<double>{0.5, 0.75}));
  EXPECT_EQ(values(file, {"-2 * (PRICE + 1)^2 + abs(list)", {"date=2024-03"}, "", {}}), (std::vector<double>{-30}));
  EXPECT_EQ(values(read("my price,b\n1,2\n"), {"My Price", {}, "", {}}), (std::vector<double>{1}));
}

TEST(DataQuery, WeightsRepeatValues) {
  EXPECT_EQ(values(read("x,n\n1,2\n5,0\n3,1\n"), {"x", {}, "n", {}}), (std::vector<double>{1, 1, 3}));
  EXPECT_EQ(query_error(read("x,n\n1,1.5\n"), {"x", {}, "n", {}}).message,
            "d.csv:2: '1.5' in column 'n' is no whole number to count by");
}

TEST(DataQuery, ChangeIsOverThePreviousValueOfTheSeries) {
  EXPECT_EQ(values(read(kPrices), {"price", {}, "", {"gpu", "region"}}), (std::vector<double>{1.5, 2}));
}

TEST(DataQuery, SeriesAreToldApartByEachColumnOnce) {
  EXPECT_EQ(query_error(read(kPrices), {"price", {}, "", {"gpu", "region", "GPU"}}).message,
            "'change' names the column 'gpu' twice");
}

TEST(DataQuery, ErrorsSayWhatIsThere) {
  const DataFile file = read(kPrices);
  EXPECT_EQ(query_error(file, {"prise", {}, "", {}}).message, "'d.csv' has no column 'prise'");
  EXPECT_EQ(query_error(file, {"prise", {}, "", {}}).suggestion, "did you mean 'price'?");
  EXPECT_EQ(query_error(file, {"zzzzzz", {}, "", {}}).suggestion, "it has: date, gpu, region, price, list");
  EXPECT_EQ(query_error(file, {"price / lst", {}, "", {}}).message, "'d.csv' has no column 'lst'");
  EXPECT_EQ(query_error(file, {"gpu", {}, "", {}}).message, "d.csv:2: 'L4' in column 'gpu' is not a number");
  EXPECT_EQ(query_error(file, {"price", {"gpu=H10"}, "", {}}).message, "'d.csv' has no row with gpu = H10");
  EXPECT_EQ(query_error(file, {"price", {"gpu=H10"}, "", {}}).suggestion, "did you mean 'H100'?");
  EXPECT_EQ(query_error(file, {"price", {"gpu"}, "", {}}).message, "'gpu' is no condition");
  EXPECT_EQ(query_error(file, {"price", {"gpu=H100, date=2024-03"}, "", {}}).message,
            "'d.csv' has no row that meets all conditions");
  EXPECT_EQ(query_error(file, {"1 / (list - 2)", {}, "", {}}).message,
            "d.csv:2: the formula is not a finite number here");
  EXPECT_EQ(query_error(file, {"normal(1, 2)", {}, "", {}}).message,
            "a column is made of numbers, columns, + - * / ^ and functions such as ln(), not normal()");
}

TEST(DataFile, ColumnsAreDescribed) {
  const auto columns = describe_columns(read(kPrices));
  ASSERT_EQ(columns.size(), 5u);
  EXPECT_FALSE(columns[1].numeric);
  EXPECT_TRUE(columns[3].numeric);
  EXPECT_EQ(columns[1].distinct, 2u);
  EXPECT_EQ(columns[3].samples, (std::vector<std::string>{"1", "4", "1.5"}));
}

}  // namespace
}  // namespace tcosim
