#include "scenarios/read_imports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "scenarios/format.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

using Pairs = std::vector<std::pair<Scalar, Scalar>>;

bool is_taken(std::string_view name) {
  const auto& taken = words::kTakenNames;
  return is_keyword(name) || std::find(taken.begin(), taken.end(), name) != taken.end();
}

Pairs read_pairs(const Section& section, std::string_view key, std::string_view example, Report& report) {
  Pairs pairs;
  const YamlEntry* entry = section.find(key);
  if (entry == nullptr) return pairs;
  for (const YamlEntry& pair : as_entries(*entry, example, report))
    if (const auto value = as_scalar(pair.value, pair.key, report)) pairs.emplace_back(pair.key, *value);
  return pairs;
}

void read_import(const YamlNode& node, const Scalar& key, std::vector<ImportDeclaration>& imports, Report& report) {
  ImportDeclaration import;
  if (node.kind != YamlNode::Kind::map) {
    const auto file = as_scalar(node, key, report);
    if (!file) return;
    import.file = *file;
    imports.push_back(std::move(import));
    return;
  }
  const Section section(node, "an import", words::kImportKeys, report);
  import.names = read_pairs(section, "names", "Accounts: accounts", report);
  import.units = read_pairs(section, "units", "accounts: USD", report);
  for (const auto& [there, here] : import.names) {
    if (!is_name(here.text) || is_taken(here.text)) {
      report.error(
          here.place, fmt::format("'{}' cannot be the name of an input", here.text),
          is_name(here.text) ? "it is a word of the format: choose another" : "letters, digits and '_' make a name");
    }
  }
  const auto file = section.scalar("file");
  if (section.lacks("file"))
    report.error(node.scalar.place, "this import names no 'file'", "such as 'import: {file: library.SIPmath}'");
  if (!file) return;
  import.file = *file;
  imports.push_back(std::move(import));
}

// "Steelhead1 (array)" becomes Steelhead1_array; `total`, which is taken, total_.
std::string fitting_name(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_' && text.back() != '_') out.pop_back();
  if (out.empty() || std::isdigit(static_cast<unsigned char>(out[0])) != 0) out.insert(0, "_");
  return is_taken(out) ? out + "_" : out;
}

std::string file_name(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

// What the library calls an input.
const std::string& library_name(const InputDeclaration& input) {
  return input.annotation.label.empty() ? input.name.text : input.annotation.label;
}

class LibraryImport {
 public:
  LibraryImport(const std::string& file, const ImportDeclaration& import, Report& report)
      : file_(file), import_(import), report_(report) {}

  Declarations read(std::string_view text) {
    out_.whole = import_.file.place;
    out_.read = true;
    auto read = read_sipmath(text);
    if (!read) {
      report_.error(import_.file.place, fmt::format("cannot import '{}': {}", file_, read.error()));
      return std::move(out_);
    }
    library_ = std::make_shared<const SipLibrary>(std::move(read).value());
    if (library_->variables.empty()) {
      const auto& omissions = library_->omissions;
      report_.error(import_.file.place, fmt::format("cannot import '{}': it has no variable that can be used{}", file_,
                                                    omissions.empty() ? "" : "; " + omissions.front().reason));
      return std::move(out_);
    }
    for (std::size_t i = 0; i < library_->variables.size(); ++i) declare(library_->variables[i].name, i, "");
    for (const SipOmission& omission : library_->omissions) declare(omission.variable, 0, omission.reason);
    report_strangers(import_.names);
    report_strangers(import_.units);
    return std::move(out_);
  }

 private:
  void declare(const std::string& name, std::size_t index, const std::string& omission) {
    std::string here = fitting_name(name);
    const std::string fitted = here;
    const auto called = [&](const Scalar& key) { return key.text == name || key.text == fitted; };
    if (const Scalar* renamed = find(import_.names, called)) here = renamed->text;
    InputDeclaration input;
    input.name = {here, import_.file.place, true};
    const bool usable = omission.empty();
    const bool table = usable && library_->variables[index].distribution.family->name != "metalog";
    input.value.scalar = {fmt::format("{} from {}", table ? "lookup table" : "metalog", file_name(file_)),
                          import_.file.place, true};
    input.value.ok = true;
    if (here == fitted && here != name) input.annotation.label = name;
    if (!library_->name.empty()) input.annotation.source = library_->name;
    if (!library_->provenance.empty())
      input.annotation.source += fmt::format("{}({})", library_->name.empty() ? "" : " ", library_->provenance);
    const Scalar* unit = find(import_.units, [&](const Scalar& key) { return key.text == here || called(key); });
    input.library =
        LibraryVariable{file_, library_, index, unit == nullptr ? std::nullopt : std::optional(*unit), omission};
    if (!here_.insert(here).second) {
      if (omission.empty()) {
        report_.error(
            import_.file.place, fmt::format("two variables of '{}' are called '{}' here", file_, here),
            fmt::format("rename one: '{{file: {}, names: {{\"{}\": another_name}}}}'", import_.file.text, name));
      }
      return;
    }
    out_.inputs.push_back(std::move(input));
  }

  template <class Called>
  const Scalar* find(const Pairs& pairs, const Called& called) {
    for (const auto& [key, value] : pairs) {
      if (!called(key)) continue;
      found_.insert(key.place.offset);
      return &value;
    }
    return nullptr;
  }

  void report_strangers(const Pairs& pairs) {
    std::vector<std::string> known;
    for (const SipVariable& variable : library_->variables) known.push_back(variable.name);
    known.insert(known.end(), here_.begin(), here_.end());
    for (const auto& [key, value] : pairs) {
      if (found_.count(key.place.offset) == 0) {
        report_.error(key.place, fmt::format("there is no '{}' in '{}'", key.text, file_),
                      did_you_mean(key.text, known));
      }
    }
  }

  const std::string& file_;
  const ImportDeclaration& import_;
  Report& report_;
  Declarations out_;
  std::shared_ptr<const SipLibrary> library_;
  std::set<std::string> here_;
  std::set<std::size_t> found_;  // keys of `names` and `units`, by offset
};

}  // namespace

std::vector<ImportDeclaration> read_imports(const YamlEntry& entry, Report& report) {
  std::vector<ImportDeclaration> imports;
  if (entry.value.kind == YamlNode::Kind::sequence) {
    for (const YamlNode& item : entry.value.items) read_import(item, entry.key, imports, report);
  } else {
    read_import(entry.value, entry.key, imports, report);
  }
  return imports;
}

bool is_sipmath(std::string_view file, std::string_view text) {
  std::string extension(file.substr(std::min(file.size(), file.find_last_of('.'))));
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (extension == ".sipmath") return true;
  // A scenario may be written as JSON too.
  if (extension == ".json" && text.find("tcosim") == std::string_view::npos) return true;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' && text.find("\"sips\"") != std::string_view::npos;
}

Declarations import_sipmath(std::string_view text, const std::string& file, const ImportDeclaration& import,
                            Report& report) {
  return LibraryImport(file, import, report).read(text);
}

void settle_omissions(Declarations& declarations, const std::map<std::string, Expression>& overrides, Report& report) {
  // Every name that the scenario uses
  std::vector<const Syntax*> syntax;
  const auto collect = [&](const Expression& expression) { collect_names(expression.parsed.root, syntax); };
  for (const InputDeclaration& input : declarations.inputs) {
    collect(input.value);
    if (input.base) collect(*input.base);
  }
  for (const LineDeclaration& line : declarations.lines) {
    collect(line.formula);
    if (line.probability) collect(*line.probability);
    if (line.frequency) collect(*line.frequency);
  }
  for (const OutputDeclaration& output : declarations.outputs) collect(output.formula);
  std::set<std::string> used;
  for (const LeverDeclaration& lever : declarations.levers) {
    for (const auto* changes : {&lever.sets, &lever.scales}) {
      for (const InputChange& change : *changes) {
        used.insert(change.input.text);
        collect(change.value);
        if (change.base) collect(*change.base);
      }
    }
    for (const auto* lines : {&lever.adds, &lever.cost})
      for (const LineDeclaration& line : *lines) collect(line.formula);
  }
  for (const GroupDeclaration& group : declarations.groups)
    for (const Scalar& member : group.members) used.insert(member.text);
  for (const auto& [name, expression] : overrides) collect(expression);
  for (const Syntax* name : syntax) used.insert(name->text);

  // Used ones stay, broken, so that nothing else is said of them
  std::map<std::string, std::vector<const InputDeclaration*>> left_out;
  for (InputDeclaration& input : declarations.inputs) {
    if (!input.library || input.library->omission.empty()) continue;
    input.broken = used.count(input.name.text) > 0;
    if (input.broken) {
      report.error(input.name.place, fmt::format("'{}' of '{}' cannot be used: {}", library_name(input),
                                                 input.library->file, input.library->omission));
    } else {
      left_out[input.library->file].push_back(&input);
    }
  }
  for (const auto& [file, inputs] : left_out) {
    const InputDeclaration& first = *inputs.front();
    report.note(first.name.place,
                fmt::format("of '{}' {} cannot be used and {} left out, as '{}' ({})", file,
                            inputs.size() == 1 ? "one variable" : fmt::format("{} variables", inputs.size()),
                            inputs.size() == 1 ? "is" : "are", library_name(first), first.library->omission));
  }
  std::erase_if(declarations.inputs, [](const InputDeclaration& input) {
    return input.library && !input.library->omission.empty() && !input.broken;
  });
}

}  // namespace tcosim
