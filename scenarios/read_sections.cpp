#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/declarations.hpp"
#include "scenarios/declared_names.hpp"
#include "scenarios/format.hpp"
#include "scenarios/read_correlations.hpp"
#include "scenarios/read_imports.hpp"
#include "scenarios/read_levers.hpp"
#include "scenarios/read_lines.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

// What a syntax error in a plain scalar may really be: a comment that cut it, a line that ran into the next.
std::string hidden_cause(const Scalar& scalar, const Place& error) {
  if (scalar.quoted || scalar.place.source == nullptr || scalar.place.source->is_option) return "";
  const std::string& text = scalar.place.source->text;
  const std::size_t end = scalar.place.offset + scalar.place.length;
  const std::size_t next = text.find_first_not_of(' ', end);
  if (next != std::string::npos && text[next] == '#' && error.offset + 1 >= end)
    return "everything from ' #' on is a comment";
  if (text.find('\n', scalar.place.offset) < error.offset)
    return "this value runs on from the line above: is a ':' missing, or the indentation wrong?";
  return "";
}

class SectionReader {
 public:
  SectionReader(const SourceText& source, Report& report) : report_(report), names_(report) {
    out_.whole = {&source, kWholeFile};
    out_.read = true;
  }

  Declarations read(const YamlNode& root, bool library) {
    if (library) {
      read_library(root);
      return std::move(out_);
    }
    const Section file(root, "a scenario", words::kFileKeys, report_);
    read_version(file);
    out_.title = file.scalar("title");
    out_.currency = file.scalar("currency");
    out_.horizon = file.scalar("horizon");
    out_.start = file.scalar("start");
    read_units(file);
    out_.categories = file.list("categories").value_or(std::vector<Scalar>{});
    read_imports(file);
    read_inputs(file);
    LineReader lines(out_.lines, names_, report_);
    if (const YamlEntry* costs = file.find("costs")) {
      for (const YamlEntry& entry :
           as_filled_entries(*costs, "gpu: {category: training, formula: runs * price}", report_))
        lines.read_cost(entry);
    }
    if (const YamlEntry* risks = file.find("risks")) {
      for (const YamlEntry& entry : as_entries(*risks, "outage: {probability: 5%, impact: 2k to 8k USD}", report_))
        lines.read_risk(entry);
    }
    if (const YamlEntry* outputs = file.find("outputs"))
      for (const YamlEntry& entry : as_entries(*outputs, "cost_per_run: total / runs", report_)) read_output(entry);
    if (const YamlEntry* correlations = file.find("correlations"))
      out_.correlations = read_correlations(*correlations, report_);
    if (const YamlEntry* groups = file.find("groups")) out_.groups = read_groups(*groups, names_, report_);
    if (const YamlEntry* levers = file.find("levers")) out_.levers = read_levers(*levers, names_, report_);
    read_contingency(file);
    read_run(file);
    out_.lacks_currency = file.lacks("currency");
    out_.lacks_horizon = file.lacks("horizon");
    out_.lacks_costs = file.find("costs") == nullptr;
    if (file.lacks("costs")) report_.error(out_.whole, "there is nothing to add up: the file has no 'costs:'");
    return std::move(out_);
  }

 private:
  // Of an imported file, the rest is another scenario's business.
  void read_library(const YamlNode& root) {
    YamlNode part = root;
    std::erase_if(part.entries, [](const YamlEntry& entry) {
      const std::string& key = entry.key.text;
      return key != "tcosim" && key != "units" && key != "categories" && key != "import" && key != "inputs";
    });
    const Section file(part, "a scenario", words::kFileKeys, report_);
    read_version(file);
    read_units(file);
    out_.categories = file.list("categories").value_or(std::vector<Scalar>{});
    read_imports(file);
    read_inputs(file);
  }

  void read_version(const Section& file) {
    if (file.find("tcosim") == nullptr) {
      if (!file.lacks("tcosim")) return;
      report_.error(out_.whole, "the file does not say which version of the format it is in",
                    "put 'tcosim: 1' in its first line");
      return;
    }
    const std::optional<Scalar> version = file.scalar("tcosim");
    if (version && version->text != "1")
      report_.error(version->place, fmt::format("unknown format version '{}'", version->text), "this program reads 1");
  }

  void read_units(const Section& file) {
    const YamlEntry* units = file.find("units");
    if (units == nullptr) return;
    for (const YamlEntry& entry : as_entries(*units, "node: 8 gpu", report_)) {
      if (const auto definition = as_scalar(entry.value, entry.key, report_))
        out_.units.push_back({entry.key, *definition});
    }
  }

  void read_imports(const Section& file) {
    if (const YamlEntry* entry = file.find("import")) out_.imports = tcosim::read_imports(*entry, report_);
  }

  void read_inputs(const Section& file) {
    const YamlEntry* inputs = file.find("inputs");
    if (inputs == nullptr) return;
    for (const YamlEntry& entry : as_entries(*inputs, "gpu_rate: 2 to 3 USD/gpu_hour", report_)) read_input(entry);
  }

  void read_input(const YamlEntry& entry) {
    InputDeclaration input;
    input.name = entry.key;
    if (entry.value.kind == YamlNode::Kind::map) {
      const Section section(entry.value, "an input", words::kInputKeys, report_);
      input.value = expression(section, "value");
      if (section.lacks("value"))
        report_.error(entry.key.place, fmt::format("input '{}' has no 'value:'", entry.key.text));
      if (section.find("base") != nullptr) input.base = expression(section, "base");
      input.overrides = truth(section, "override");
      input.annotation = section.annotation();
    } else {
      input.value = expression(entry);
    }
    input.broken = !input.value.ok || (input.base && !input.base->ok);
    if (declare(entry.key, "input")) out_.inputs.push_back(std::move(input));
  }

  bool truth(const Section& section, std::string_view key) {
    const std::optional<Scalar> value = section.scalar(key);
    if (!value || value->text == "no" || value->text == "false") return false;
    if (value->text != "yes" && value->text != "true")
      report_.error(value->place, fmt::format("'{}' is 'yes' or 'no', not '{}'", key, value->text));
    return true;
  }

  void read_output(const YamlEntry& entry) {
    OutputDeclaration output;
    output.name = entry.key;
    if (entry.value.kind == YamlNode::Kind::map) {
      const Section section(entry.value, "an output", words::kOutputKeys, report_);
      output.formula = expression(section, "formula");
      if (section.lacks("formula"))
        report_.error(entry.key.place, fmt::format("output '{}' has no 'formula'", entry.key.text));
      output.annotation = section.annotation();
    } else {
      output.formula = expression(entry);
    }
    if (declare(entry.key, "output")) out_.outputs.push_back(std::move(output));
  }

  void read_contingency(const Section& file) {
    const YamlEntry* entry = file.find("contingency");
    if (entry == nullptr || !is_section(*entry)) return;
    const Section section(entry->value, "'contingency'", words::kContingencyKeys, report_);
    out_.base_rule = section.scalar("base");
    out_.headline = section.scalar("headline");
    out_.targets = section.list("targets");
    out_.flat = section.list("flat");
    out_.budgets = section.list("budgets");
  }

  void read_run(const Section& file) {
    const YamlEntry* entry = file.find("run");
    if (entry == nullptr || !is_section(*entry)) return;
    const Section section(entry->value, "'run'", words::kRunKeys, report_);
    out_.draws = section.scalar("draws");
    out_.seed = section.scalar("seed");
    out_.sampling = section.scalar("sampling");
  }

  bool is_section(const YamlEntry& entry) {
    if (entry.value.kind == YamlNode::Kind::map) return true;
    report_.error(entry.key.place, fmt::format("'{}' is a section: put its keys below it, indented", entry.key.text));
    return false;
  }

  Expression expression(const Section& section, std::string_view key) { return read_expression(section, key, report_); }
  Expression expression(const YamlEntry& entry) { return read_expression(entry, report_); }

  bool declare(const Scalar& name, const char* what) { return names_.declare(name, what); }

  Report& report_;
  Declarations out_;
  DeclaredNames names_;
};

}  // namespace

Expression parse_scalar(const Scalar& scalar, Report& report) {
  Expression out;
  out.scalar = scalar;
  Expected<Parsed, SyntaxError> parsed = parse_expression(scalar.text);
  if (!parsed) {
    const SyntaxError& error = parsed.error();
    const Place place = locate(scalar, error.range);
    std::string suggestion = error.suggestion;
    if (const std::string cause = hidden_cause(scalar, place); !cause.empty()) suggestion = cause;
    report.error(place, error.message, std::move(suggestion));
    return out;
  }
  out.parsed = std::move(parsed).value();
  for (const SyntaxError& warning : out.parsed.warnings)
    report.warning(locate(scalar, warning.range), warning.message, warning.suggestion);
  out.ok = true;
  return out;
}

Declarations read_sections(const YamlNode& root, const SourceText& source, bool library, Report& report) {
  return SectionReader(source, report).read(root, library);
}

void collect_names(const Syntax& syntax, std::vector<const Syntax*>& names) {
  const bool subtotal = syntax.kind == Syntax::Kind::call && syntax.text == "subtotal";
  if (syntax.kind == Syntax::Kind::name || subtotal) names.push_back(&syntax);
  if (subtotal) return;
  for (const Syntax& child : syntax.children) collect_names(child, names);
}

}  // namespace tcosim
