#include "scenarios/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include "scenarios/read_imports.hpp"
#include "scenarios/section.hpp"
#include "scenarios/source.hpp"
#include "scenarios/yaml_document.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;

std::string close_file(const fs::path& path) {
  std::error_code error;
  std::vector<std::string> names;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  return did_you_mean(path.filename().string(), names);
}

// Reads one file and what it imports into one set of declarations.
class FileReader {
 public:
  explicit FileReader(Report& report) : report_(report) {}

  Declarations read(std::string text, const std::string& file, bool library) {
    if (text.rfind("\xef\xbb\xbf", 0) == 0) text.erase(0, 3);
    const SourceText& source = report_.add_source(make_source(file, std::move(text)));
    Declarations none;
    none.whole = {&source, kWholeFile};
    if (!check_encoding(source, report_)) return none;
    const YamlNode root = parse_yaml(source, report_);
    if (root.kind != YamlNode::Kind::map) return none;
    Declarations declarations = read_sections(root, source, library, report_);
    path_.push_back(canonical(file));
    names_.push_back(file);
    for (const ImportDeclaration& import : declarations.imports) add_import(import, file, declarations);
    path_.pop_back();
    names_.pop_back();
    check_overrides(declarations);
    declarations.imported_files = imported_files_;
    return declarations;
  }

 private:
  static fs::path canonical(const std::string& file) {
    std::error_code error;
    fs::path path = fs::weakly_canonical(file, error);
    return error ? fs::path(file) : path;
  }

  void add_import(const ImportDeclaration& declared, const std::string& from, Declarations& into) {
    const Scalar& import = declared.file;
    const std::string file = (fs::path(from).parent_path() / import.text).lexically_normal().string();
    const fs::path path = canonical(file);
    if (const auto open = std::find(path_.begin(), path_.end(), path); open != path_.end()) {
      std::string circle;
      for (auto step = names_.begin() + (open - path_.begin()); step != names_.end(); ++step) circle += *step + " -> ";
      return report_.error(import.place, fmt::format("the files import each other in a circle: {}{}", circle, file));
    }
    if (!read_already_.insert(path).second) return;
    constexpr std::size_t kMostFiles = 100;
    if (read_already_.size() > kMostFiles)
      return report_.error(import.place, fmt::format("more than {} files are imported", kMostFiles));
    Expected<std::string, LoadError> text = load_file(file);
    if (!text) {
      const LoadError& error = text.error();
      return report_.error(import.place, fmt::format("cannot import '{}': {}", file, error.message), error.suggestion);
    }
    imported_files_.push_back(file);
    if (is_sipmath(file, *text)) return merge(import_sipmath(*text, file, declared, report_), import, into);
    if (!declared.names.empty() || !declared.units.empty()) {
      report_.error(import.place, fmt::format("'names' and 'units' are for SIPmath libraries, and '{}' is none", file));
    }
    merge(read(std::move(text).value(), file, true), import, into);
  }

  static std::string origin(const InputDeclaration& input) {
    return input.library ? input.library->file : to_span(input.name.place).file;
  }

  // An imported input must not take the name of another thing here.
  void check_names(const InputDeclaration& input, const Declarations& into) {
    const auto refuse = [&](const Scalar& name) {
      if (name.text == input.name.text) {
        report_.error(name.place, fmt::format("'{}' is here and also an input in '{}'", name.text, origin(input)),
                      "choose another name");
      }
    };
    for (const LineDeclaration& line : into.lines)
      if (line.kind != LineKind::item) refuse(line.name);
    for (const OutputDeclaration& output : into.outputs) refuse(output.name);
    for (const GroupDeclaration& group : into.groups) refuse(group.name);
    for (const LeverDeclaration& lever : into.levers) {
      refuse(lever.name);
      for (const LineDeclaration& line : lever.adds)
        if (line.kind != LineKind::item) refuse(line.name);
    }
  }

  // Imported declarations stand before the file's own; an own input may replace one if it says so.
  void merge(Declarations library, const Scalar& import, Declarations& into) {
    std::vector<InputDeclaration> inputs;
    for (InputDeclaration& input : library.inputs) {
      const auto same = std::find_if(into.inputs.begin(), into.inputs.end(),
                                     [&](const InputDeclaration& own) { return own.name.text == input.name.text; });
      input.imported = true;
      const bool left_out = input.library && !input.library->omission.empty();
      if (left_out && same != into.inputs.end()) continue;
      if (same != into.inputs.end() && same->library && !same->library->omission.empty()) {
        *same = std::move(input);
        continue;
      }
      if (!left_out) check_names(input, into);
      if (same == into.inputs.end()) {
        inputs.push_back(std::move(input));
        continue;
      }
      overridden_.insert(same->name.place.offset);
      if (same->overrides) continue;
      const std::string where = origin(input);
      if (same->imported) {
        report_.error(import.place,
                      fmt::format("input '{}' comes from '{}' and from '{}'", input.name.text, origin(*same), where));
      } else {
        report_.error(same->name.place, fmt::format("input '{}' is also in '{}'", input.name.text, where),
                      "to replace it, add 'override: yes'");
      }
    }
    into.inputs.insert(into.inputs.begin() + static_cast<std::ptrdiff_t>(imported_count(into)),
                       std::make_move_iterator(inputs.begin()), std::make_move_iterator(inputs.end()));
    into.units.insert(into.units.begin(), library.units.begin(), library.units.end());
    into.categories.insert(into.categories.begin(), library.categories.begin(), library.categories.end());
  }

  static std::size_t imported_count(const Declarations& declarations) {
    return static_cast<std::size_t>(std::count_if(declarations.inputs.begin(), declarations.inputs.end(),
                                                  [](const InputDeclaration& input) { return input.imported; }));
  }

  void check_overrides(const Declarations& declarations) {
    for (const InputDeclaration& input : declarations.inputs) {
      if (input.overrides && !input.imported && overridden_.count(input.name.place.offset) == 0) {
        report_.error(input.name.place,
                      fmt::format("'{}' has 'override: yes', but no imported file has such an input", input.name.text));
      }
    }
  }

  Report& report_;
  std::vector<fs::path> path_;
  std::vector<std::string> names_;
  std::set<fs::path> read_already_;
  std::vector<std::string> imported_files_;
  std::set<std::size_t> overridden_;  // own inputs by offset
};

}  // namespace

// At most one byte more than is allowed is ever read, whatever the path is.
Expected<std::string, LoadError> load_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    return Unexpected<LoadError>{{"there is no such file", close_file(path)}};
  if (status.type() == fs::file_type::directory)
    return Unexpected<LoadError>{{"this is a folder, not a scenario file", ""}};
  const std::string too_large = "the file is larger than 10 MB, too large for a scenario";
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > kLargestFile) return Unexpected<LoadError>{{too_large, ""}};
  std::ifstream in(path, std::ios::binary);
  if (!in) return Unexpected<LoadError>{{"the file cannot be opened: is reading it allowed?", ""}};
  std::string text(kLargestFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return Unexpected<LoadError>{{"the file cannot be read to its end", ""}};
  if (text.size() > kLargestFile) return Unexpected<LoadError>{{too_large, ""}};
  return text;
}

Declarations read_file(std::string text, const std::string& file, Report& report) {
  return FileReader(report).read(std::move(text), file, false);
}

}  // namespace tcosim
