// The first sheet: the answer, cells that look a budget up, targets, tested sums, charts, how to reproduce it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/workbook/charts.hpp"
#include "plots/workbook/look_up.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

constexpr std::uint16_t kLeft = 1;     // the column of labels
constexpr std::uint16_t kValues = 2;   // the first column of numbers
constexpr std::uint16_t kColumns = 7;  // of the text part
constexpr std::uint16_t kChartColumn = 9;

Look label() {
  Look look;
  look.rule = true;
  return look;
}

Look strong() {
  Look look = label();
  look.bold = true;
  return look;
}

Look typed() {
  Look look = strong();
  look.fill = kTyped;
  look.boxed = true;
  return look;
}

Look at_right() {
  Look look = label();
  look.right = true;
  return look;
}

/// A remark beside a number.
Look aside() {
  Look look = muted();
  look.indent = true;
  return look;
}

Look column_head(bool right) {
  Look look = muted();
  look.bold = look.wrap = look.rule = true;
  look.right = right;
  return look;
}

/// The text part of the sheet in the making, from the top down.
class Page {
 public:
  Page(const Frame& frame, Sheet& sheet) : frame_(frame), sheet_(sheet) {}

  [[nodiscard]] std::uint32_t row() const { return row_; }
  void skip(std::uint32_t rows = 1) { row_ += rows; }

  void section(const std::string& title) {
    for (std::uint16_t i = 0; i < kColumns; ++i)
      sheet_.put({row_, static_cast<std::uint16_t>(kLeft + i)}, words(i == 0 ? title : "", heading_of_section()));
    sheet_.set_height(row_, 20);
    ++row_;
  }

  /// Text over the whole width, in as many lines as it needs.
  void paragraph(const std::string& text, const Look& look) {
    constexpr double kLetters = 118;  // of ten points in a line
    const double lines = std::ceil(static_cast<double>(text.size()) * look.size / 10 / kLetters);
    sheet_.put_across({row_, kLeft}, kColumns, words(text, look));
    sheet_.set_height(row_, std::max(1.0, lines) * look.size * 1.4 + 3);
    ++row_;
  }

  void heads(const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
      sheet_.put({row_, static_cast<std::uint16_t>(kLeft + i)}, words(names[i], column_head(i > 0)));
    sheet_.set_height(row_, 28);
    ++row_;
  }

  /// Returns where the row stands.
  std::uint32_t cells(const std::vector<Cell>& row) {
    sheet_.put_row({row_, kLeft}, row);
    return row_++;
  }

  [[nodiscard]] const Frame& frame() const { return frame_; }
  [[nodiscard]] Sheet& sheet() { return sheet_; }
  [[nodiscard]] const Result& result() const { return frame_.result; }
  [[nodiscard]] const std::string& money() const { return frame_.money; }

 private:
  const Frame& frame_;
  Sheet& sheet_;
  std::uint32_t row_ = 0;
};

void put_head(Page& page) {
  const Result& result = page.result();
  Look title;
  title.size = 18;
  title.bold = true;
  page.sheet().put({page.row(), kLeft}, words(result.title.empty() ? "Budget" : result.title, title));
  page.sheet().set_height(page.row(), 28);
  page.skip();
  std::string about = result.horizon.empty() ? "Total cost" : "Total cost over " + result.horizon;
  if (!result.currency.empty()) about += ", in " + result.currency;
  if (!result.with.empty()) about += fmt::format(", with levers pulled: {}", fmt::join(result.with, ", "));
  page.sheet().put({page.row(), kLeft}, words(about + ".", muted()));
  page.skip(2);
  const std::string answer = text::answer_sentence(result);
  if (answer.empty()) return;
  Look sentence;
  sentence.size = 12;
  sentence.bold = sentence.wrap = true;
  page.paragraph(answer, sentence);
  page.skip();
}

std::string interval_text(const SamplingInterval& interval, int decimals) {
  if (!interval.low && !interval.high) return "too few draws for an interval";
  if (!interval.low) return "95% interval: up to " + text::grouped(*interval.high, decimals);
  if (!interval.high) return "95% interval: from " + text::grouped(*interval.low, decimals);
  return fmt::format("95% interval: {} to {}", text::grouped(*interval.low, decimals),
                     text::grouped(*interval.high, decimals));
}

/// Three numbers, large: a label over each and a remark under it.
void put_three(Page& page) {
  const Result& result = page.result();
  const ContingencyRow* headline = text::headline_row(result);
  if (headline == nullptr) return;
  struct Number {
    std::uint16_t column, width;
    std::string label;
    double value;
    std::string remark;
    unsigned ink;
  };
  const std::string share = headline->percent ? text::percent_of_base(headline->percent) + " of the base; " : "";
  const Number numbers[] = {
      {kLeft, 1, "Budget, " + headline->target, headline->budget,
       "enough in " + text::sureness(headline->target) + " of the draws", kBlue},
      {kValues, 2, "Base estimate", result.base.value,
       "enough in " + text::percent(result.base.confidence) + " of the draws", kInk},
      {kValues + 2, 4, "Contingency, " + headline->target, headline->contingency,
       share + interval_text(headline->interval, text::decimals_for(result.total.mean)), kVermilion}};
  for (const Number& number : numbers) {
    const auto across = [&](std::uint32_t row, const Cell& cell) {
      const Place place{page.row() + row, number.column};
      if (number.width == 1) return page.sheet().put(place, cell);
      page.sheet().put_across(place, number.width, cell);
    };
    Look small = muted(), large;
    small.fill = large.fill = 0xF3F6FA;
    large.size = 18;
    large.bold = true;
    large.ink = number.ink;
    Cell value = figure(number.value, page.money(), large);
    value.look.left = true;
    across(0, words(number.label, small));
    across(1, value);
    small.size = 9;
    across(2, words(number.remark, small));
  }
  page.sheet().set_height(page.row() + 1, 28);
  page.skip(4);
}

/// The cells that people type into. `points` learns where they are.
void put_look_up(Page& page, SummaryPoints& points) {
  const Result& result = page.result();
  const LookedUp start = first_look_up(result);
  Sheet& sheet = page.sheet();
  const auto row = [&](const std::string& name, Cell value, const std::string& remark) {
    const std::uint32_t at = page.cells({words(name, label()), std::move(value), words(remark, aside())});
    return Place{at, kValues};
  };
  const auto name = [&](const char* names, const Place& place) {
    page.frame().book.define_name(names, sheet.name() + "!" + address(place));
  };
  page.section("Look a budget up");

  // A confidence typed
  points.typed_confidence =
      row("How sure do you want to be?", figure(start.confidence, kPercentTenths, typed()), "type 1% to 99% here");
  sheet.accept_between(points.typed_confidence, kLeastConfidence, kMostConfidence,
                       "A confidence from 1% to 99%, such as 80%.");
  name(kTypedConfidence, points.typed_confidence);
  points.typed_budget = row("Budget", formula(budget_formula(), start.budget, page.money(), strong()), "");
  const std::string budget = address(points.typed_budget);
  const Place contingency =
      row("Contingency", formula(fmt::format("{}-{}", budget, kBaseName), start.contingency, page.money(), strong()),
          "the budget less the base estimate");
  if (start.percent)
    row("Contingency, % of base",
        formula(fmt::format("{}/{}", address(contingency), kBaseName), *start.percent / 100, kPercentTenths, strong()),
        "");

  // A budget typed
  page.skip();
  const Place sum = row("How sure is a budget?", figure(start.budget, page.money(), typed()), "type a sum here");
  sheet.accept_numbers(sum, "A sum of money, such as 25000.");
  name(kTypedBudget, sum);
  row("Enough in this share of the draws", formula(confidence_formula(), start.reached, kPercentTenths, strong()), "");
  page.skip();
}

std::optional<double> probability_of(const Result& result, const std::string& target) {
  const PercentileValue* const found = text::percentile_row(result.total, target);
  return found == nullptr ? std::nullopt : std::optional(found->probability);
}

void put_targets(Page& page, SummaryPoints& points) {
  const Result& result = page.result();
  if (result.contingency.empty()) return;
  page.section("Budgets");
  page.heads({"Target", "Confidence", "Budget", "Contingency", "% of base", "Contingency, 95% interval: low", "high"});
  const std::uint32_t first = page.row();
  for (const ContingencyRow& row : result.contingency) {
    const Look look = row.target == result.headline ? strong() : label();
    const std::optional<double> share = row.percent ? std::optional(*row.percent / 100) : std::nullopt;
    page.cells({words(row.target, look), figure(probability_of(result, row.target), kPercentTenths, look),
                figure(row.budget, page.money(), look), figure(row.contingency, page.money(), look),
                figure(share, kPercentTenths, look), figure(row.interval.low, page.money(), look),
                figure(row.interval.high, page.money(), look)});
  }
  points.target_confidences = {{first, kValues}, {page.row() - 1, kValues}};
  points.targets = {{first, kValues + 1}, {page.row() - 1, kValues + 1}};
  page.skip();
}

void put_sums(Page& page, SummaryPoints& points) {
  const Result& result = page.result();
  page.section("Chance that a sum is enough");
  page.heads({"Sum", "Amount", "Confidence", "95% interval: low", "high"});
  const auto add = [&](const std::string& what, double sum, double confidence, const SamplingInterval& interval) {
    return page.cells({words(what, label()), figure(sum, page.money(), label()),
                       figure(confidence, kPercentTenths, label()), figure(interval.low, kPercentTenths, label()),
                       figure(interval.high, kPercentTenths, label())});
  };
  const std::uint32_t base = add("Base estimate", result.base.value, result.base.confidence, {});
  points.base = {base, kValues};
  points.base_confidence = {base, kValues + 1};
  page.frame().book.define_name(kBaseName, page.sheet().name() + "!" + address(points.base));
  for (const FlatRow& row : result.flat)
    if (result.base.value > 0)
      add("Base and flat " + text::significant(row.percent, 6) + "%", row.budget, row.confidence, {});
  for (const BudgetRow& row : result.budgets) add("Budget to test", row.budget, row.confidence, row.interval);
  page.skip();
}

void put_total(Page& page) {
  const Distributed& total = page.result().total;
  page.section("Total");
  const auto row = [&](const std::string& name, double value, const std::string& format, const std::string& remark) {
    return page.cells({words(name, label()), figure(value, format, label()), words(remark, aside())});
  };
  const std::uint32_t mean = row("Mean", total.mean, page.money(), "");
  page.frame().book.define_name(kMeanName, page.sheet().name() + "!" + address({mean, kValues}));
  row("Standard deviation", total.sd, page.money(), "");
  row("Least draw", total.min, page.money(), "");
  row("Greatest draw", total.max, page.money(), "");
  row("Skewness", total.skewness, "0.00", "above 0: the dear side is the long one");
  for (const auto& [name, value] : total.cvar)
    row("Mean of the draws beyond " + name, value, page.money(), "expected shortfall");
  page.skip();
}

void put_outputs(Page& page) {
  if (page.result().outputs.empty()) return;
  page.section("Other quantities");
  page.heads({"Quantity", "Mean", "P10", "P50", "P80", "P90", "Unit"});
  for (const Distributed& output : page.result().outputs) {
    const std::string format = number_format(output.mean, text::decimals_for(output.mean));
    std::vector<Cell> row{words(output.name, label()), figure(output.mean, format, label())};
    for (const char* name : {"P10", "P50", "P80", "P90"}) {
      const PercentileValue* const found = text::percentile_row(output, name);
      row.push_back(figure(found != nullptr ? std::optional(found->value) : std::nullopt, format, label()));
    }
    row.push_back(words(output.unit, at_right()));
    page.cells(row);
  }
  page.skip();
}

void put_origin(Page& page) {
  const Result& result = page.result();
  page.section("How to make these numbers again");
  const auto row = [&](const std::string& name, const std::string& value) {
    page.cells({words(name, label()), words(value)});
  };
  row("Scenario file", result.file);
  if (!result.with.empty()) row("Levers pulled", fmt::format("{}", fmt::join(result.with, ", ")));
  Look left;
  left.left = true;
  page.cells({words("Draws", label()), figure(static_cast<double>(result.run.draws), kCount, left)});
  row("Seed", std::to_string(result.run.seed));  // as text: it may have more digits than a number here
  row("Sampling", result.run.sampling);
  row("Version", "tcosim " + page.frame().options.version);
  if (!page.frame().options.command.empty()) row("Command", page.frame().options.command);
  page.skip();
}

void put_notes(Page& page) {
  const Result& result = page.result();
  page.section("Method");
  for (const std::string& note :
       {fmt::format("The total is drawn {} times. A budget of 80% is the draw that 80% of the draws do not exceed: the "
                    "one at rank ceil(n p). Intervals are 95% and show the sampling error alone; what the scenario "
                    "leaves out they cannot show.",
                    text::count(result.run.draws)),
        fmt::format(
            "The base estimate is the formulas evaluated once ({}). The contingency is the budget less the base "
            "estimate.",
            result.base.rule),
        std::string("Between two whole per cents the look-up draws a straight line; at whole per cents it is exact. "
                    "Tables may be sorted: it finds its rows.")})
    page.paragraph(note, muted(true));
}

void put_charts(const Frame& frame, Sheet& sheet, const Tables& tables, const SummaryPoints& points) {
  constexpr double kWidth = 660, kHeight = 360;
  constexpr std::uint32_t kRows = 19;  // of twenty pixels, with a gap
  std::uint32_t row = 3;
  const auto insert = [&](lxw_chart* chart, const std::string& description) {
    sheet.insert(chart, {row, kChartColumn}, kWidth, kHeight, description);
    row += kRows;
  };
  if (tables.percentiles.count > 0)
    insert(s_curve_chart(frame, tables.percentiles, points), "S-curve: the confidence that each budget gives");
  if (tables.histogram.count > 0) insert(histogram_chart(frame, tables.histogram), "Histogram of the total");
  if (tables.sensitivity.count > 0)
    insert(tornado_chart(frame, tables.sensitivity), "Tornado: how far each input moves the mean of the total");
}

}  // namespace

void fill_summary(const Frame& frame, Sheet& sheet, const Tables& tables) {
  SummaryPoints points;
  points.sheet = sheet.name();
  Page page(frame, sheet);
  put_head(page);
  put_three(page);
  if (tables.percentiles.count > 0) put_look_up(page, points);
  put_targets(page, points);
  put_sums(page, points);
  put_total(page);
  put_outputs(page);
  put_origin(page);
  put_notes(page);
  put_charts(frame, sheet, tables, points);
  sheet.set_widths({2, 34, 16, 16, 16, 16, 16, 16, 3});
  sheet.set_print(0);
}

}  // namespace tcosim::workbook
