#include "scenarios/read_correlations.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "scenarios/format.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

constexpr std::string_view kExample = "{inputs: [runs, engineer_time], rank: 0.6}";

class EntryReader {
 public:
  EntryReader(const YamlNode& node, Report& report)
      : node_(node), report_(report), section_(node, "a correlation", words::kCorrelationKeys, report) {}

  CorrelationDeclaration read() {
    out_.place = node_.scalar.place;
    if (!node_.entries.empty()) out_.place = node_.entries[0].key.place;
    const std::size_t errors = report_.error_count();
    read_inputs();
    read_values();
    out_.copula = section_.scalar("copula");
    if (const std::optional<Scalar> repair = section_.scalar("repair")) {
      out_.repair = repair->text == "yes" || repair->text == "true";
      if (!out_.repair && repair->text != "no" && repair->text != "false")
        report_.error(repair->place, fmt::format("'repair' is 'yes' or 'no', not '{}'", repair->text));
    }
    out_.broken = out_.broken || report_.error_count() > errors;
    return std::move(out_);
  }

 private:
  void read_inputs() {
    if (section_.lacks("inputs"))
      report_.error(out_.place, "a correlation names its inputs", fmt::format("such as {}", kExample));
    out_.inputs = section_.list("inputs").value_or(std::vector<Scalar>{});
    const YamlEntry* entry = section_.find("inputs");
    if (entry == nullptr || entry->value.torn) return;
    if (out_.inputs.size() < 2) {
      report_.error(entry->key.place, "a correlation is between two inputs or more",
                    fmt::format("such as {}", kExample));
    }
    if (out_.inputs.size() > kMostCorrelated) {
      report_.error(entry->key.place, fmt::format("more than {} inputs are correlated", kMostCorrelated));
      out_.inputs.resize(2);
    }
  }

  void read_values() {
    const YamlEntry* found = nullptr;
    for (const char* key : {"rank", "pearson", "matrix"}) {
      const YamlEntry* entry = section_.find(key);
      if (entry == nullptr) continue;
      if (found != nullptr) {
        report_.error(entry->key.place,
                      fmt::format("a correlation has either '{}' or '{}', not both", found->key.text, entry->key.text),
                      "a matrix of Pearson's correlations is written 'pearson: [[1, 0.5], [0.5, 1]]'");
        return;
      }
      found = entry;
    }
    if (found == nullptr) {
      out_.broken = true;
      if (section_.lacks("rank") && section_.lacks("pearson") && section_.lacks("matrix"))
        report_.error(out_.place, "how strong is the correlation?", "add 'rank: 0.6', for example");
      return;
    }
    out_.kind = found->key;
    out_.is_matrix = found->value.kind == YamlNode::Kind::sequence;
    if (!out_.is_matrix && found->key.text == "matrix") {
      report_.error(found->key.place, "a matrix is a list of rows", "such as [[1, 0.5], [0.5, 1]]");
    } else if (out_.is_matrix) {
      read_matrix(*found);
    } else if (const std::optional<Scalar> value = as_scalar(found->value, found->key, report_)) {
      out_.values = {{parse_scalar(*value, report_)}};
    }
  }

  void read_matrix(const YamlEntry& entry) {
    const std::size_t size = out_.inputs.size();
    const auto& rows = entry.value.items;
    if (rows.size() != size) {
      return report_.error(entry.key.place, fmt::format("the matrix has {} row{} for {} inputs", rows.size(),
                                                        rows.size() == 1 ? "" : "s", size));
    }
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t found = rows[i].kind == YamlNode::Kind::sequence ? rows[i].items.size() : 1;
      if (found != size) {
        return report_.error(rows[i].scalar.place, fmt::format("row {} of the matrix has {} number{} for {} inputs",
                                                               i + 1, found, found == 1 ? "" : "s", size));
      }
      std::vector<Expression>& row = out_.values.emplace_back();
      for (const YamlNode& item : rows[i].items) {
        const std::optional<Scalar> value = as_scalar(item, entry.key, report_);
        row.push_back(value ? parse_scalar(*value, report_) : Expression{});
      }
    }
  }

  const YamlNode& node_;
  Report& report_;
  Section section_;
  CorrelationDeclaration out_;
};

}  // namespace

std::vector<CorrelationDeclaration> read_correlations(const YamlEntry& entry, Report& report) {
  std::vector<CorrelationDeclaration> out;
  const YamlNode& list = entry.value;
  if (list.kind != YamlNode::Kind::sequence) {
    if (!list.torn) {
      report.error(entry.key.place, "'correlations' is a list",
                   fmt::format("its entries begin with '-': '- {}'", kExample));
    }
    return out;
  }
  for (const YamlNode& item : list.items) {
    if (item.torn) continue;
    if (item.kind == YamlNode::Kind::map) {
      out.push_back(EntryReader(item, report).read());
    } else {
      report.error(item.kind == YamlNode::Kind::null ? entry.key.place : item.scalar.place,
                   "a correlation names its inputs and says how strong it is", fmt::format("such as {}", kExample));
    }
  }
  return out;
}

}  // namespace tcosim
