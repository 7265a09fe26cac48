#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "distributions/catalogue.hpp"
#include "distributions/fitting/fit.hpp"
#include "scenarios/data_call.hpp"
#include "scenarios/data_file.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

constexpr std::array<std::string_view, 10> kFitArguments{"file", "column", "where",  "family",  "terms",
                                                         "low",  "high",   "points", "weights", "change"};
constexpr std::array<std::string_view, 6> kEmpiricalArguments{"file",          "column",  "where",
                                                              "interpolation", "weights", "change"};

/// The words of a string, or of a list of strings; nothing for anything else.
std::optional<std::vector<std::string>> words_of(const Syntax& syntax) {
  if (syntax.kind == Syntax::Kind::string) return std::vector{syntax.text};
  if (syntax.kind != Syntax::Kind::list) return std::nullopt;
  std::vector<std::string> words;
  for (const Syntax& child : syntax.children) {
    if (child.kind != Syntax::Kind::string) return std::nullopt;
    words.push_back(child.text);
  }
  return words;
}

/// "a, b" as two.
std::vector<std::string> split(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) {
    std::string word;
    for (const char c : text + ",") {
      if (c != ',') {
        if (c != ' ') word += c;
      } else if (!word.empty()) {
        words.push_back(std::exchange(word, ""));
      }
    }
  }
  return words;
}

}  // namespace

bool is_data_call(const Syntax& syntax) {
  if (syntax.kind != Syntax::Kind::call) return false;
  const auto named = [](const std::string& name) { return name == "column" || name == "file"; };
  return syntax.text == "fit" || (syntax.text == "empirical" &&
                                  ((!syntax.children.empty() && syntax.children[0].kind == Syntax::Kind::string) ||
                                   std::any_of(syntax.argument_names.begin(), syntax.argument_names.end(), named)));
}

/// One fit(...) or empirical("FILE", ...): its arguments, the file, the values, the distribution.
class DataCall {
 public:
  DataCall(Resolver& resolver, Scope& scope, const Syntax& call) : resolver_(resolver), scope_(scope), call_(call) {}

  std::optional<DistributionValue> resolve() {
    if (!read_arguments()) return std::nullopt;
    const DataFile* file = open();
    if (file == nullptr) return std::nullopt;
    if (const auto known = resolver_.cache_.fits.find(key()); known != resolver_.cache_.fits.end()) {
      note_fit(*known->second, *file);
      return best_of(*known->second);
    }
    const auto selected = select_values(*file, query_);
    if (!selected) return refuse(call_.range, selected.error());
    if (selected->values.empty())
      return refuse(
          call_.range,
          {fmt::format("'{}' has no value here: all {} cells are empty", file->name(), selected->missing), ""});
    return call_.text == "fit" ? fitted(selected->values, *file) : empirical_of(selected->values);
  }

 private:
  std::optional<DistributionValue> refuse(TextRange range, const DataError& error) {
    resolver_.report_.error(resolver_.at(scope_, range), error.message, error.suggestion);
    return std::nullopt;
  }

  bool read_arguments() {
    const bool fits = call_.text == "fit";
    const std::span<const std::string_view> known = fits ? std::span<const std::string_view>(kFitArguments)
                                                         : std::span<const std::string_view>(kEmpiricalArguments);
    bool good = true;
    for (std::size_t i = 0; i < call_.children.size(); ++i) {
      std::string name = call_.argument_names[i];
      if (name.empty() && i < 2) name = i == 0 ? "file" : "column";
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        const TextRange range =
            call_.argument_names[i].empty() ? call_.children[i].range : call_.argument_name_ranges[i];
        refuse(range, {fmt::format("{}() of a data file takes {}{}", call_.text, enumerate(known),
                                   name.empty() ? "" : ", not '" + name + "'"),
                       did_you_mean(name, to_strings(known))});
        good = false;
      } else {
        good = read_argument(name, call_.children[i]) && good;
      }
    }
    if (good && file_.empty())
      refuse(call_.range, {fmt::format("{}() needs the name of a data file", call_.text),
                           fmt::format("write {}(\"prices.csv\", column=\"price\")", call_.text)});
    else if (good && query_.column.empty())
      refuse(call_.range, {fmt::format("{}() needs the name of a column", call_.text), "add column=\"NAME\""});
    return good && !file_.empty() && !query_.column.empty();
  }

  bool read_argument(const std::string& name, const Syntax& value) {
    if (name == "low" || name == "high" || name == "terms") return read_number(name, value);
    const auto words = words_of(value);
    if (!words || words->empty()) {
      refuse(value.range,
             {fmt::format("'{}' is a text in quotation marks, not {}", name, Resolver::text(scope_, value.range)), ""});
      return false;
    }
    if (name == "where") {
      query_.where = *words;
    } else if (name == "change") {
      query_.change = split(*words);
    } else if (words->size() > 1) {
      refuse(value.range, {fmt::format("'{}' is one text, not a list", name), ""});
      return false;
    } else {
      set_word(name, words->front());
      if (name == "family" || name == "interpolation" || name == "points") ranges_[name] = value.range;
    }
    return true;
  }

  void set_word(const std::string& name, const std::string& word) {
    if (name == "file") file_ = word;
    if (name == "column") query_.column = word;
    if (name == "weights") query_.weights = word;
    if (name == "family") family_ = word;
    if (name == "interpolation") interpolation_ = word;
    if (name == "points") points_ = word;
  }

  bool read_number(const std::string& name, const Syntax& value) {
    const auto number = resolver_.certain_value(scope_, value);
    if (!number) return false;
    if (!number->unit.text().empty()) {
      refuse(value.range, {fmt::format("'{}' is a number without unit, as the data are", name), ""});
      return false;
    }
    if (name == "low") options_.metalog_bounds.low = *number->certain;
    if (name == "high") options_.metalog_bounds.high = *number->certain;
    if (name != "terms") return true;
    const double terms = *number->certain;
    if (!(terms >= 2 && terms <= static_cast<double>(kMostMetalogTerms) && terms == std::floor(terms))) {
      refuse(value.range, {"'terms' is a whole number from 2 to 16", ""});
      return false;
    }
    options_.metalog_terms = static_cast<std::size_t>(terms);
    terms_ = std::to_string(*options_.metalog_terms);
    return true;
  }

  /// Relative to the file in which the call stands; read once.
  const DataFile* open() {
    namespace fs = std::filesystem;
    const SourceText* source = scope_.expression->scalar.place.source;
    if (source->is_option) source = resolver_.declarations_.whole.source;
    path_ = (fs::path(source->file).parent_path() / file_).lexically_normal().string();
    auto known = resolver_.cache_.data_files.find(path_);
    if (known == resolver_.cache_.data_files.end()) {
      auto read = read_data_file(path_);
      if (!read) {
        refuse(call_.range, read.error());
        return nullptr;
      }
      known =
          resolver_.cache_.data_files.emplace(path_, std::make_shared<const DataFile>(std::move(read).value())).first;
    }
    return known->second.get();
  }

  std::optional<DistributionValue> empirical_of(const std::vector<double>& values) {
    if (interpolation_ != "linear" && interpolation_ != "step")
      return refuse(ranges_["interpolation"],
                    {fmt::format("the interpolation is linear or step, not '{}'", interpolation_), ""});
    return DistributionValue{empirical(values, interpolation_ == "step"), Unit()};
  }

  bool check_family() {
    const bool bounded = options_.metalog_terms || options_.metalog_bounds.low || options_.metalog_bounds.high;
    if ((bounded || !points_.empty()) && family_ != "metalog") {
      refuse(call_.range, {"'terms', 'low', 'high' and 'points' go with family=\"metalog\" only", ""});
      return false;
    }
    if (!points_.empty() && points_ != "all" && points_ != "reduced") {
      refuse(ranges_["points"], {fmt::format("the points are all or reduced, not '{}'", points_), ""});
      return false;
    }
    std::vector<std::string> known = fit_candidates();
    known.insert(known.end(), {"auto", "metalog"});
    if (std::find(known.begin(), known.end(), family_) != known.end()) return true;
    const bool other = find_family(family_) != nullptr;
    if (other) {
      refuse(ranges_["family"], {fmt::format("'{}' cannot be fitted to data", family_),
                                 "family=\"auto\" takes the best of those that can"});
    } else {
      refuse(ranges_["family"], {fmt::format("unknown distribution '{}'", family_), did_you_mean(family_, known)});
    }
    return false;
  }

  std::optional<DistributionValue> fitted(const std::vector<double>& values, const DataFile& file) {
    if (!check_family()) return std::nullopt;
    if (family_ != "auto") options_.families = {family_};
    options_.bootstrap = 0;
    options_.metalogs = family_ == "metalog";
    if (options_.metalogs && !options_.metalog_terms) options_.metalog_terms = 5;
    options_.metalog_all_points = points_ == "all";
    auto report = tcosim::fit(values, options_);
    if (!report) return refuse(call_.range, {fmt::format("'{}': {}", file.name(), report.error()), ""});
    if ((options_.metalogs ? report->metalogs : report->fits).empty())
      return refuse(call_.range, {fmt::format("no distribution fits these values of '{}'", file.name()),
                                  "empirical() takes them as they are"});
    note_fit(*report, file);
    for (const std::string& warning : report->warnings)
      resolver_.report_.note(resolver_.at(scope_, call_.range), warning);
    const auto made = std::make_shared<const FitReport>(std::move(report).value());
    resolver_.cache_.fits.emplace(key(), made);
    return best_of(*made);
  }

  void note_fit(const FitReport& report, const DataFile& file) {
    const std::string how = family_ == "auto" ? fmt::format(", the best of {} by AICc", report.fits.size())
                            : family_ == "metalog"
                                ? fmt::format(", by least squares on {}", metalog_points(report, points_ == "all"))
                                : "";
    resolver_.report_.note(
        resolver_.at(scope_, call_.range),
        fmt::format("fitted to {} values of '{}': {}{}", report.count, file.name(), chosen(report).call, how));
  }

  [[nodiscard]] const FittedDistribution& chosen(const FitReport& report) const {
    return family_ == "metalog" ? report.metalogs.front() : report.fits.front();
  }

  [[nodiscard]] DistributionValue best_of(const FitReport& report) const {
    return DistributionValue{chosen(report).distribution, Unit()};
  }

  /// All that a fit depends on; each part with its length, so that no two calls share one.
  [[nodiscard]] std::string key() const {
    const auto number = [](const std::optional<double>& x) { return x ? fmt::format("{}", *x) : ""; };
    std::vector<std::string> parts{call_.text, path_, query_.column, query_.weights, family_, points_};
    parts.push_back(number(options_.metalog_bounds.low));
    parts.push_back(number(options_.metalog_bounds.high));
    parts.push_back(terms_);
    parts.push_back(fmt::format("{}", query_.where.size()));
    parts.insert(parts.end(), query_.where.begin(), query_.where.end());
    parts.insert(parts.end(), query_.change.begin(), query_.change.end());
    std::string key;
    for (const std::string& part : parts) key += fmt::format("{}:{}", part.size(), part);
    return key;
  }

  Resolver& resolver_;
  Scope& scope_;
  const Syntax& call_;
  std::string file_, path_, family_ = "auto", interpolation_ = "linear", points_, terms_;
  DataQuery query_;
  FitOptions options_;
  std::map<std::string, TextRange> ranges_;  // of family, interpolation and points
};

std::optional<DistributionValue> Resolver::resolve_data_call(Scope& scope, const Syntax& syntax) {
  return DataCall(*this, scope, syntax).resolve();
}

}  // namespace tcosim
