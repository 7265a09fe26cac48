// What `fit` prints: the data, the families that fit them, ranked, a picture of both, warnings, the line to paste.
// Plain strings and numbers in; the command fills them from the fit's report. The JSON is made of the same.
// Fits any width from 60 columns; drawn in UTF-8 or ASCII.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plots/text.hpp"

namespace tcosim {

struct FitRow {
  std::string family, call, remark;
  std::size_t parameters = 0;
  double log_likelihood = 0, aic = 0, aicc = 0, bic = 0;
  double kolmogorov_smirnov = 0, cramer_von_mises = 0, anderson_darling = 0;
  std::optional<double> kolmogorov_smirnov_p, anderson_darling_p;
  double mean = 0, p10 = 0, p50 = 0, p90 = 0;
};

struct FitPage {
  std::string file, column;
  std::vector<std::string> where;
  std::uint64_t rows = 0, matching = 0, missing = 0;  ///< in the file; meeting the conditions; without a value
  std::uint64_t count = 0, used = 0, distinct = 0;    ///< values, fitted ones, different ones
  double least = 0, lower_quartile = 0, median = 0, upper_quartile = 0, greatest = 0, mean = 0, sd = 0;
  bool counts = false;
  std::string sorted_by;  ///< "AICc"
  std::uint64_t bootstrap = 0, seed = 1;
  int threads = 1;
  double seconds = 0;

  std::vector<FitRow> fits, metalogs;     ///< best first; by terms
  std::string metalog_points;             ///< what metalogs go through: "117 quantiles of the data"
  std::vector<std::string> not_fitting;   ///< names
  std::vector<std::string> without_mean;  ///< names
  std::vector<std::string> warnings;      ///< sentences
  std::vector<std::string> paste;         ///< lines for a scenario

  double low = 0, high = 0;                   ///< of the picture
  std::vector<double> shares;                 ///< of the data by bin; empty for no picture
  std::vector<std::vector<double>> expected;  ///< of the first fits, by bin

  // For charts only, empty where none is asked for
  std::vector<double> curve_at;                ///< values on a fine grid over the picture
  std::vector<std::vector<double>> curves;     ///< of the first fits: density there times a bin's width
  std::vector<double> data_quantiles;          ///< ascending, at even probabilities
  std::vector<std::vector<double>> quantiles;  ///< of the first fits, at the same probabilities
};

struct ColumnEntry {
  std::string name;
  bool numeric = false;
  std::uint64_t missing = 0, distinct = 0;
  std::vector<std::string> samples;
};

struct ColumnsPage {
  std::string file;
  std::uint64_t rows = 0;
  std::vector<ColumnEntry> columns;
};

[[nodiscard]] std::string render_fit(const FitPage& page, const TerminalStyle& style);
[[nodiscard]] std::string render_columns(const ColumnsPage& page, const TerminalStyle& style);

/// One document, indented by two, with a newline at its end; what is not finite is null.
[[nodiscard]] std::string to_json(const FitPage& page);
[[nodiscard]] std::string to_json(const ColumnsPage& page);

}  // namespace tcosim
