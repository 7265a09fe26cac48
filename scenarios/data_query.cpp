#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "scenarios/data_cell.hpp"
#include "scenarios/data_file.hpp"
#include "scenarios/expression.hpp"
#include "scenarios/section.hpp"
#include "scenarios/unit_vocabulary.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kMostValues = 10'000'000;

std::optional<std::size_t> find_column(const DataFile& file, std::string_view name) {
  const auto& columns = file.columns();
  const auto exact = std::find(columns.begin(), columns.end(), name);
  if (exact != columns.end()) return static_cast<std::size_t>(exact - columns.begin());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (lower_case(columns[i]) == lower_case(name)) return i;
  }
  return std::nullopt;
}

Expected<std::size_t, DataError> column_named(const DataFile& file, std::string_view name) {
  if (const auto found = find_column(file, name)) return *found;
  std::string suggestion = did_you_mean(std::string(name), file.columns());
  if (suggestion.empty()) {
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(file.columns().size(), 12); ++i)
      list += (i > 0 ? ", " : "") + file.columns()[i];
    suggestion = "it has: " + list + (file.columns().size() > 12 ? " ..." : "");
  }
  return data_error(fmt::format("'{}' has no column '{}'", file.name(), name), suggestion);
}

/// One comparison of a column with a value.
struct Condition {
  std::size_t column = 0;
  std::string_view relation;
  std::string value;
  std::optional<double> number;
};

bool holds(int order, std::string_view relation) {
  if (relation == "=" || relation == "==") return order == 0;
  if (relation == "!=") return order != 0;
  if (relation == "<") return order < 0;
  if (relation == "<=") return order <= 0;
  return relation == ">" ? order > 0 : order >= 0;
}

bool meets(const DataFile& file, std::size_t row, const Condition& condition) {
  const std::string_view cell = file.cell(row, condition.column);
  double number = 0;
  if (condition.number && parse_cell(cell, file.decimal_comma(), number)) {
    return holds(number < *condition.number ? -1 : number > *condition.number ? 1 : 0, condition.relation);
  }
  const bool ordered = condition.relation != "=" && condition.relation != "==" && condition.relation != "!=";
  if (ordered && is_missing(cell)) return false;
  return holds(cell.compare(condition.value), condition.relation);
}

/// Splits at the commas outside quotation marks.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (text[i] != ',' || quoted)) continue;
    pieces.push_back(without_blanks(text.substr(start, i - start)));
    start = i + 1;
  }
  return pieces;
}

Expected<Condition, DataError> parse_condition(const DataFile& file, std::string_view text) {
  const std::size_t at = text.find_first_of("=<>!");
  if (at == std::string_view::npos || at == 0)
    return data_error(fmt::format("'{}' is no condition", text), "write for example 'region=us-east1' or 'price > 2'");
  static constexpr std::array<std::string_view, 7> kRelations{"==", "!=", "<=", ">=", "=", "<", ">"};
  const auto* const relation = std::find_if(kRelations.begin(), kRelations.end(), [&](std::string_view each) {
    return text.substr(at, each.size()) == each;
  });
  if (relation == kRelations.end())
    return data_error(fmt::format("'{}' is no condition", text), "the relations are = != < <= > >=");
  const auto column = column_named(file, without_blanks(text.substr(0, at)));
  if (!column) return Unexpected<DataError>{column.error()};
  std::string_view value = without_blanks(text.substr(at + relation->size()));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  Condition condition{*column, *relation, std::string(value), std::nullopt};
  double number = 0;
  if (parse_cell(value, file.decimal_comma(), number)) condition.number = number;
  return condition;
}

Expected<std::vector<Condition>, DataError> parse_conditions(const DataFile& file,
                                                             const std::vector<std::string>& where) {
  std::vector<Condition> conditions;
  for (const std::string& text : where) {
    for (const std::string_view piece : pieces_of(text)) {
      auto condition = parse_condition(file, piece);
      if (!condition) return Unexpected<DataError>{condition.error()};
      conditions.push_back(std::move(condition).value());
    }
  }
  return conditions;
}

/// Which condition alone no row meets, with the value that may have been meant.
DataError nothing_meets(const DataFile& file, const std::vector<Condition>& conditions) {
  for (const Condition& condition : conditions) {
    std::vector<std::string> values;
    bool met = false;
    for (std::size_t row = 0; row < file.rows() && !met; ++row) {
      met = meets(file, row, condition);
      std::string value(file.cell(row, condition.column));
      if (values.size() < 1000 && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
    }
    if (met) continue;
    std::string suggestion = did_you_mean(condition.value, values);
    if (suggestion.empty() && !values.empty() && values.size() <= 8) {
      for (const std::string& value : values) suggestion += (suggestion.empty() ? "it has: " : ", ") + value;
    }
    return {fmt::format("'{}' has no row with {} {} {}", file.name(), file.columns()[condition.column],
                        condition.relation, condition.value),
            suggestion};
  }
  return {fmt::format("'{}' has no row that meets all conditions", file.name()), ""};
}

/// A formula over columns, checked once and then evaluated row by row.
class ColumnFormula {
 public:
  static Expected<ColumnFormula, DataError> make(const DataFile& file, const std::string& text) {
    ColumnFormula out(file);
    if (const auto column = find_column(file, text)) {
      out.columns_[text] = *column;
      out.root_.kind = Syntax::Kind::name;
      out.root_.text = text;
      return out;
    }
    auto parsed = parse_expression(text);
    if (!parsed || parsed->root.kind == Syntax::Kind::name) {
      const auto column = column_named(file, text);
      return Unexpected<DataError>{column.error()};
    }
    out.root_ = std::move(parsed).value().root;
    if (auto error = out.check(out.root_)) return Unexpected<DataError>{std::move(*error)};
    if (out.columns_.empty()) return data_error(fmt::format("'{}' names no column of '{}'", text, file.name()));
    return out;
  }

  /// Why a row has no value: missing cells, or what is wrong.
  struct Missing {};
  using Outcome = std::variant<double, Missing, DataError>;

  [[nodiscard]] Outcome evaluate(std::size_t row) const {
    std::map<std::string, double, std::less<>> values;
    for (const auto& [name, column] : columns_) {
      const std::string_view cell = file_->cell(row, column);
      if (is_missing(cell)) return Missing{};
      double value = 0;
      if (!parse_cell(cell, file_->decimal_comma(), value)) {
        return DataError{fmt::format("{}:{}: '{}' in column '{}' is not a number", file_->name(), file_->line(row),
                                     cell, file_->columns()[column]),
                         ""};
      }
      values[name] = value;
    }
    const double value = value_of(root_, values);
    if (std::isfinite(value)) return value;
    return DataError{fmt::format("{}:{}: the formula is not a finite number here", file_->name(), file_->line(row)),
                     ""};
  }

 private:
  using Values = std::map<std::string, double, std::less<>>;
  struct Function {
    std::string_view name;
    double (*value)(double);
  };
  static constexpr std::array<Function, 8> kFunctions{{{"abs", [](double x) { return std::abs(x); }},
                                                       {"sqrt", [](double x) { return std::sqrt(x); }},
                                                       {"exp", [](double x) { return std::exp(x); }},
                                                       {"ln", [](double x) { return std::log(x); }},
                                                       {"log10", [](double x) { return std::log10(x); }},
                                                       {"round", [](double x) { return std::round(x); }},
                                                       {"floor", [](double x) { return std::floor(x); }},
                                                       {"ceil", [](double x) { return std::ceil(x); }}}};

  explicit ColumnFormula(const DataFile& file) : file_(&file) {}

  std::optional<DataError> check(const Syntax& syntax) {
    const auto refuse = [&](const std::string& what) {
      return DataError{
          fmt::format("a column is made of numbers, columns, + - * / ^ and functions such as ln(), not {}", what), ""};
    };
    static constexpr std::string_view kOperators = "+-*/^";
    if (syntax.kind == Syntax::Kind::name) {
      const auto column = column_named(*file_, syntax.text);
      if (!column) return column.error();
      columns_[syntax.text] = *column;
    } else if (syntax.kind == Syntax::Kind::call) {
      const auto* const known =
          std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& f) { return f.name == syntax.text; });
      if (known == kFunctions.end() || syntax.children.size() != 1) return refuse(syntax.text + "()");
    } else if (syntax.kind == Syntax::Kind::binary) {
      if (kOperators.find(syntax.text) == std::string_view::npos) return refuse("'" + syntax.text + "'");
    } else if (syntax.kind == Syntax::Kind::with_unit) {
      return refuse("units: '" + syntax.text + "'");
    } else if (syntax.kind == Syntax::Kind::string || syntax.kind == Syntax::Kind::list || syntax.text == "not") {
      return refuse(syntax.kind == Syntax::Kind::list ? "lists" : "'" + syntax.text + "'");
    }
    for (const Syntax& child : syntax.children) {
      if (auto error = check(child)) return error;
    }
    return std::nullopt;
  }

  static double value_of(const Syntax& syntax, const Values& values) {
    const auto child = [&](std::size_t i) { return value_of(syntax.children[i], values); };
    switch (syntax.kind) {
      case Syntax::Kind::number:
        return syntax.number;
      case Syntax::Kind::name:
        return values.find(syntax.text)->second;
      case Syntax::Kind::unary:
        return -child(0);
      case Syntax::Kind::percent:
        return child(0) * 0.01;
      case Syntax::Kind::call:
        return std::find_if(kFunctions.begin(), kFunctions.end(),
                            [&](const Function& f) { return f.name == syntax.text; })
            ->value(child(0));
      default:
        break;
    }
    const double a = child(0), b = child(1);
    if (syntax.text == "+") return a + b;
    if (syntax.text == "-") return a - b;
    if (syntax.text == "*") return a * b;
    return syntax.text == "/" ? a / b : std::pow(a, b);
  }

  const DataFile* file_;
  Syntax root_;
  std::map<std::string, std::size_t> columns_;
};

/// How often a row counts: 1 without weights.
Expected<std::size_t, DataError> weight_of(const DataFile& file, std::size_t row, std::optional<std::size_t> weights) {
  if (!weights) return 1;
  double value = 0;
  const std::string_view cell = file.cell(row, *weights);
  const bool whole = parse_cell(cell, file.decimal_comma(), value) && value >= 0 && value == std::floor(value);
  if (whole && value <= static_cast<double>(kMostValues)) return static_cast<std::size_t>(value);
  return data_error(fmt::format("{}:{}: '{}' in column '{}' is no whole number to count by", file.name(),
                                file.line(row), cell, file.columns()[*weights]));
}

/// Collects the values of one query.
class Selection {
 public:
  Selection(const DataFile& file, const ColumnFormula& formula) : file_(file), formula_(formula) {
    column_.rows = file.rows();
  }
  std::vector<Condition> conditions;
  std::optional<std::size_t> weights;
  std::vector<std::size_t> series;

  Expected<DataColumn, DataError> run() {
    for (std::size_t row = 0; row < file_.rows(); ++row) {
      const bool all = std::all_of(conditions.begin(), conditions.end(),
                                   [&](const Condition& condition) { return meets(file_, row, condition); });
      if (!all) continue;
      ++column_.matching;
      const auto outcome = formula_.evaluate(row);
      if (const auto* error = std::get_if<DataError>(&outcome)) return Unexpected<DataError>{*error};
      const auto* value = std::get_if<double>(&outcome);
      if (value == nullptr) {
        ++column_.missing;
        continue;
      }
      if (auto error = add(row, *value)) return Unexpected<DataError>{std::move(*error)};
    }
    return std::move(column_);
  }

 private:
  std::optional<DataError> add(std::size_t row, double value) {
    const auto weight = weight_of(file_, row, weights);
    if (!weight) return weight.error();
    if (column_.values.size() + *weight > kMostValues)
      return DataError{fmt::format("'{}' has over 10 million values", file_.name()), ""};
    if (!series.empty()) {
      std::string key;
      for (const std::size_t column : series) key.append(file_.cell(row, column)).push_back('\0');
      const auto [previous, first] = previous_.emplace(std::move(key), value);
      if (first) return std::nullopt;
      const double change = value / std::exchange(previous->second, value);
      if (!std::isfinite(change)) {
        return DataError{fmt::format("{}:{}: the value before this one is 0, so that there is no change by a factor",
                                     file_.name(), file_.line(row)),
                         ""};
      }
      value = change;
    }
    column_.values.insert(column_.values.end(), *weight, value);
    return std::nullopt;
  }

  const DataFile& file_;
  const ColumnFormula& formula_;
  DataColumn column_;
  std::map<std::string, double> previous_;
};

}  // namespace

Expected<DataColumn, DataError> select_values(const DataFile& file, const DataQuery& query) {
  const auto formula = ColumnFormula::make(file, query.column);
  if (!formula) return Unexpected<DataError>{formula.error()};
  Selection selection(file, *formula);
  auto conditions = parse_conditions(file, query.where);
  if (!conditions) return Unexpected<DataError>{conditions.error()};
  selection.conditions = std::move(conditions).value();
  if (!query.weights.empty()) {
    const auto weights = column_named(file, query.weights);
    if (!weights) return Unexpected<DataError>{weights.error()};
    selection.weights = *weights;
  }
  for (const std::string& name : query.change) {
    const auto column = column_named(file, name);
    if (!column) return Unexpected<DataError>{column.error()};
    auto& series = selection.series;
    if (std::find(series.begin(), series.end(), *column) != series.end())
      return data_error(fmt::format("'change' names the column '{}' twice", file.columns()[*column]));
    series.push_back(*column);
  }
  auto selected = selection.run();
  if (selected && selected->matching == 0 && file.rows() > 0)
    return Unexpected<DataError>{nothing_meets(file, selection.conditions)};
  return selected;
}

}  // namespace tcosim
