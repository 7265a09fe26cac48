#include "scenarios/sipmath.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "distributions/catalogue.hpp"
#include "distributions/correlation_matrix.hpp"
#include "distributions/metalog.hpp"
#include "scenarios/sipmath_json.hpp"

namespace tcosim {
namespace {

using namespace sip_json;

constexpr std::size_t kMostVariables = 10'000;
constexpr std::size_t kMostLayers = 1'000;
constexpr double kSameCorrelation = 1e-9;  // files round their numbers

class LibraryReader {
 public:
  explicit LibraryReader(const Json& root)
      : root_(root),
        rngs_(uniforms("rng"), "U01.rng"),
        copulas_(uniforms("copula"), "U01.copula"),
        globals_(member(root, "globalVariables"), "globalVariables") {}

  /// A list that is longer than any library's.
  [[nodiscard]] std::optional<std::string> overlong() const {
    for (const NamedList* list : {&rngs_, &copulas_, &globals_})
      if (list->size() > kMostVariables)
        return reason(list->path(), fmt::format("more than {} entries", kMostVariables)).error;
    return std::nullopt;
  }

  SipLibrary read() {
    library_.name = text_member(root_, "name");
    library_.provenance = text_member(root_, "provenance");
    const Json& sips = root_.at("sips");
    for (const Json& sip : sips)
      if (member(sip, "environment") == nullptr) everywhere_.insert(text_member(sip, "name"));
    for (std::size_t i = 0; i < sips.size(); ++i) {
      if (is_substitute(sips[i])) continue;
      auto variable = read_variable(sips[i], fmt::format("sips[{}]", i));
      if (variable) {
        library_.variables.push_back(std::move(variable).value());
      } else {
        const std::string name = text_member(sips[i], "name");
        library_.omissions.push_back({name.empty() ? fmt::format("sips[{}]", i) : name, variable.error()});
      }
    }
    return std::move(library_);
  }

 private:
  // The same variable again, in the functions of one spreadsheet program.
  [[nodiscard]] bool is_substitute(const Json& sip) const {
    return member(sip, "environment") != nullptr && everywhere_.count(text_member(sip, "name")) > 0;
  }

  [[nodiscard]] const Json* uniforms(const char* kind) const {
    const Json* u01 = member(root_, "U01");
    return u01 == nullptr ? nullptr : member(*u01, kind);
  }

  Expected<SipVariable, std::string> read_variable(const Json& sip, const std::string& path) {
    SipVariable variable;
    const auto name = required_text(sip, path, "name");
    if (!name) return Reason{name.error()};
    variable.name = *name;
    if (!names_.insert(*name).second) return reason(path + ".name", fmt::format("'{}' is there twice", *name));

    // Distribution
    auto distribution = read_distribution(sip, path);
    if (!distribution) return Reason{distribution.error()};
    variable.distribution = std::move(distribution).value();
    if (const Json* rounding = member(sip, "rounding"); rounding != nullptr) {
      if (*rounding != "nearest") {
        return reason(path + ".rounding", fmt::format("{} is not supported, 'nearest' is", description(*rounding)));
      }
      variable.rounded = true;
    }
    if (const Json* metadata = member(sip, "metadata")) variable.unit = text_member(*metadata, "unit");

    // Uniform
    if (auto wrong = read_reference(sip, path, variable)) return Reason{std::move(*wrong)};
    return variable;
  }

  Expected<Distribution, std::string> read_distribution(const Json& sip, const std::string& path) {
    const auto function = required_text(sip, path, "function");
    if (!function) return Reason{function.error()};
    const Json* arguments = member(sip, "arguments");
    if (arguments == nullptr) return reason(path, "there is no 'arguments'");
    if (*function == "Metalog_1_0") return read_metalog(*arguments, path + ".arguments");
    if (*function == "Lookup_Table") return read_lookup_table(*arguments, path + ".arguments.value");
    return reason(path + ".function",
                  fmt::format("'{}' is not supported, Metalog_1_0 and Lookup_Table are", *function));
  }

  static Expected<Distribution, std::string> read_metalog(const Json& arguments, const std::string& path) {
    const Json* list = member(arguments, "aCoefficients");
    if (list == nullptr) return reason(path, "there is no 'aCoefficients'");
    const auto coefficients = numbers(*list, path + ".aCoefficients");
    if (!coefficients) return Reason{coefficients.error()};
    MetalogBounds bounds;
    const auto read_bound = [&](const char* key, std::optional<double>& bound) -> std::optional<std::string> {
      const Json* written = member(arguments, key);
      if (written == nullptr || written->is_null()) return std::nullopt;
      const auto value = number(*written, fmt::format("{}.{}", path, key));
      if (!value) return value.error();
      bound = *value;
      return std::nullopt;
    };
    if (auto wrong = read_bound("lowerBound", bounds.low)) return Reason{std::move(*wrong)};
    if (auto wrong = read_bound("upperBound", bounds.high)) return Reason{std::move(*wrong)};
    auto distribution = metalog(*coefficients, bounds);
    if (!distribution) return reason(path, distribution.error());
    return std::move(distribution).value();
  }

  // Pairs of a cumulated probability and the value up to it.
  static Expected<Distribution, std::string> read_lookup_table(const Json& arguments, const std::string& path) {
    const Json* table = member(arguments, "value");
    if (table == nullptr || !table->is_array() || table->empty())
      return reason(path, "there is no list of [cumulated probability, value]");
    std::vector<double> values, probabilities;
    double before = 0;
    for (std::size_t i = 0; i < table->size(); ++i) {
      const std::string row = fmt::format("{}[{}]", path, i);
      const auto pair = numbers((*table)[i], row);
      if (!pair) return Reason{pair.error()};
      if (pair->size() != 2) return reason(row, "a row is [cumulated probability, value]");
      const double probability = (*pair)[0] - before;
      if (probability < 0) return reason(row, fmt::format("the probability falls from {} to {}", before, (*pair)[0]));
      before = (*pair)[0];
      probabilities.push_back(probability);
      values.push_back((*pair)[1]);
    }
    if (std::abs(before - 1) > 1e-6)
      return reason(path, fmt::format("the last cumulated probability is {}, not 1", before));
    const std::vector<NamedArgument> call{{"", std::move(values)}, {"", std::move(probabilities)}};
    auto distribution = tcosim::bind(*find_family("discrete"), call);
    if (!distribution) return reason(path, distribution.error().message);
    return std::move(distribution).value();
  }

  std::optional<std::string> read_reference(const Json& sip, const std::string& path, SipVariable& variable) {
    const Json* ref = member(sip, "ref");
    if (ref == nullptr) return reason(path, "there is no 'ref'").error;
    const auto source = required_text(*ref, path + ".ref", "source");
    if (!source) return source.error();
    const auto name = required_text(*ref, path + ".ref", "name");
    if (!name) return name.error();
    if (*source == "rng") {
      const auto key = read_rng(*name, path + ".ref.name");
      if (!key) return key.error();
      variable.key = *key;
      return std::nullopt;
    }
    if (*source != "copula")
      return reason(path + ".ref.source", fmt::format("'{}' is neither rng nor copula", *source)).error;
    const auto layer = required_text(*ref, path + ".ref", "copulaLayer");
    if (!layer) return layer.error();
    return join_copula(*name, *layer, path + ".ref", variable);
  }

  Expected<HdrKey, std::string> read_rng(const std::string& name, const std::string& from) {
    const auto found = rngs_.find(name, from);
    if (!found) return Reason{found.error()};
    const Json* rng = found->first;
    const std::string& path = found->second;  // no binding: clang 14 captures none
    const auto function = required_text(*rng, path, "function");
    if (!function) return Reason{function.error()};
    if (*function != "HDR_2_0")
      return reason(path + ".function", fmt::format("'{}' is not supported, HDR_2_0 is", *function));
    const Json* arguments = member(*rng, "arguments");
    if (arguments == nullptr) return reason(path, "there is no 'arguments'");
    const Json* counter = member(*arguments, "counter");
    if (counter != nullptr && *counter != "PM_Index") {
      return reason(path + ".arguments.counter",
                    fmt::format("{} is not supported, 'PM_Index' is", description(*counter)));
    }
    HdrKey key;
    const auto read_seed = [&](const char* what, bool required, std::uint64_t& seed) -> std::optional<std::string> {
      const Json* value = member(*arguments, what);
      if (value == nullptr && !required) return std::nullopt;
      if (value == nullptr) return reason(path + ".arguments", fmt::format("there is no '{}'", what)).error;
      return read_whole(*value, fmt::format("{}.arguments.{}", path, what), seed);
    };
    if (auto wrong = read_seed("entity", true, key.entity)) return Reason{std::move(*wrong)};
    if (auto wrong = read_seed("varId", true, key.variable)) return Reason{std::move(*wrong)};
    if (auto wrong = read_seed("seed3", false, key.seed3)) return Reason{std::move(*wrong)};
    if (auto wrong = read_seed("seed4", false, key.seed4)) return Reason{std::move(*wrong)};
    return key;
  }

  static std::optional<std::string> read_whole(const Json& value, const std::string& path, std::uint64_t& out) {
    if (value.is_number_unsigned()) {
      out = value.get<std::uint64_t>();
      return std::nullopt;
    }
    if (value.is_number_float()) {
      const auto x = value.get<double>();
      if (x >= 0 && x < 9e15 && x == std::floor(x)) {
        out = static_cast<std::uint64_t>(x);
        return std::nullopt;
      }
    }
    if (text_member(value, "type") == "parameter") {
      return reason(path, fmt::format("the parameter '{}', which a user is to enter, is not supported",
                                      text_member(value, "name")))
          .error;
    }
    return reason(path, description(value) + " is no whole number from 0 up").error;
  }

  std::optional<std::string> join_copula(const std::string& name, const std::string& layer, const std::string& from,
                                         SipVariable& variable) {
    const auto found = copulas_.find(name, from + ".name");
    if (!found) return found.error();
    const auto& [copula, path] = *found;

    // Copula, read once
    auto known = read_copulas_.find(path);
    if (known == read_copulas_.end()) known = read_copulas_.emplace(path, read_copula(*copula, path)).first;
    if (!known->second) return known->second.error();

    // Layer
    const std::map<std::string, std::size_t>& layers = layers_[*known->second];
    if (const auto place = layers.find(layer); place != layers.end()) {
      variable.copula = *known->second;
      variable.layer = place->second;
      variable.key = library_.copulas[*known->second].keys[place->second];
      return std::nullopt;
    }
    return reason(from + ".copulaLayer", fmt::format("there is no '{}' in {}.copulaLayer", layer, path)).error;
  }

  Expected<std::size_t, std::string> read_copula(const Json& written, const std::string& path) {
    SipCopula copula;
    copula.name = text_member(written, "name");
    const auto function = required_text(written, path, "function");
    if (!function) return Reason{function.error()};
    if (*function != "GaussianCopula")
      return reason(path + ".function", fmt::format("'{}' is not supported, GaussianCopula is", *function));
    const Json* arguments = member(written, "arguments");
    const Json* rngs = arguments == nullptr ? nullptr : member(*arguments, "rng");
    if (rngs == nullptr || !rngs->is_array() || rngs->empty())
      return reason(path + ".arguments.rng", "there is no list of names from U01.rng");
    const Json* layers = member(written, "copulaLayer");
    if (layers == nullptr || !layers->is_array() || layers->size() != rngs->size())
      return reason(path + ".copulaLayer", fmt::format("{} layers are expected, one for each rng", rngs->size()));
    if (rngs->size() > kMostLayers)
      return reason(path + ".copulaLayer", fmt::format("more than {} layers", kMostLayers));
    for (std::size_t i = 0; i < rngs->size(); ++i) {
      const std::string place = fmt::format("{}.arguments.rng[{}]", path, i);
      if (!(*rngs)[i].is_string()) return reason(place, description((*rngs)[i]) + " is no text");
      const auto key = read_rng((*rngs)[i].get<std::string>(), place);
      if (!key) return Reason{key.error()};
      if (!layer_keys_.insert(std::array{key->entity, key->variable, key->seed3, key->seed4}).second)
        return reason(place, "this uniform drives another layer already");
      copula.keys.push_back(*key);
    }
    if (auto wrong = read_correlation(*arguments, path + ".arguments", copula)) return Reason{std::move(*wrong)};
    auto places = distinct_texts(*layers, path + ".copulaLayer");
    if (!places) return Reason{places.error()};
    layers_.push_back(std::move(places).value());
    library_.copulas.push_back(std::move(copula));
    return library_.copulas.size() - 1;
  }

  std::optional<std::string> read_correlation(const Json& arguments, const std::string& path, SipCopula& copula) {
    const std::string place = path + ".correlationMatrix";
    const Json* reference = member(arguments, "correlationMatrix");
    if (reference == nullptr || text_member(*reference, "type") != "globalVariables")
      return reason(place, "it is expected to name one of the globalVariables").error;
    const auto found = globals_.find(text_member(*reference, "value"), place + ".value");
    if (!found) return found.error();
    const auto& [variable, variable_path] = *found;
    const Json* value = member(*variable, "value");
    if (value == nullptr) return reason(variable_path, "there is no 'value'").error;
    auto matrix = read_matrix(*value, variable_path + ".value", copula.keys.size());
    if (!matrix) return matrix.error();
    auto factor = cholesky(*matrix);
    if (!factor) {
      return reason(variable_path + ".value.matrix",
                    "these correlations cannot hold together: the matrix has a negative eigenvalue")
          .error;
    }
    copula.correlation.assign(matrix->entries().begin(), matrix->entries().end());
    copula.factor = std::move(*factor);
    return std::nullopt;
  }

  // One triangle is enough; pairs that are not there are 0.
  static Expected<CorrelationMatrix, std::string> read_matrix(const Json& value, const std::string& path,
                                                              std::size_t size) {
    const Json *rows = member(value, "rows"), *columns = member(value, "columns"), *entries = member(value, "matrix");
    if (rows == nullptr || columns == nullptr || entries == nullptr || !entries->is_array())
      return reason(path, "there are no 'rows', 'columns' and 'matrix'");
    if (!rows->is_array() || rows->size() != size || !columns->is_array() || columns->size() != size) {
      return reason(path + ".rows",
                    fmt::format("rows and columns are expected to be the same {} names, one for each layer", size));
    }
    const auto names = distinct_texts(*rows, path + ".rows"), across = distinct_texts(*columns, path + ".columns");
    if (!names) return Reason{names.error()};
    if (!across) return Reason{across.error()};
    if (*names != *across) return reason(path + ".columns", "these are not the names of 'rows', in their order");
    if (entries->size() > size * size)
      return reason(path + ".matrix", fmt::format("{} entries for {} rows", entries->size(), size));
    std::vector<std::optional<double>> matrix(size * size);
    for (std::size_t k = 0; k < entries->size(); ++k) {
      const Json& entry = (*entries)[k];
      const std::string place = fmt::format("{}.matrix[{}]", path, k);
      const auto index = [&](const char* key) {
        const auto row = names->find(text_member(entry, key));
        return row == names->end() ? size : row->second;
      };
      const std::size_t i = index("row"), j = index("col");
      if (i == size || j == size) return reason(place, "'row' and 'col' are expected to be two of the rows' names");
      const Json* written = member(entry, "value");
      if (written == nullptr) return reason(place, "there is no 'value'");
      const auto correlation = number(*written, place + ".value");
      if (!correlation) return Reason{correlation.error()};
      if (std::abs(*correlation) > 1 + kSameCorrelation || (i == j && std::abs(*correlation - 1) > kSameCorrelation))
        return reason(place + ".value",
                      fmt::format("{} is no correlation{}", *correlation,
                                  i == j ? " of a variable with itself, which is 1" : " from -1 to 1"));
      for (const std::size_t cell : {i * size + j, j * size + i}) {
        // A matrix may be written in full with zeros in one of its triangles.
        if (matrix[cell] && *matrix[cell] != 0 && *correlation != 0 &&
            std::abs(*matrix[cell] - *correlation) > kSameCorrelation)
          return reason(place + ".value", fmt::format("the same pair has {} and {}", *matrix[cell], *correlation));
        if (!matrix[cell] || *matrix[cell] == 0) matrix[cell] = *correlation;
      }
    }
    CorrelationMatrix out(size);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < i; ++j) out.set(i, j, matrix[i * size + j].value_or(0));
    return out;
  }

  const Json& root_;
  NamedList rngs_, copulas_, globals_;
  SipLibrary library_;
  std::set<std::string> everywhere_;  // names of variables for all programs
  std::set<std::string> names_;
  std::set<std::array<std::uint64_t, 4>> layer_keys_;  // no two layers, of any copula, have one uniform
  std::map<std::string, Expected<std::size_t, std::string>> read_copulas_;  // by path
  std::vector<std::map<std::string, std::size_t>> layers_;                  // of each copula in library_, by name
};

}  // namespace

Expected<SipLibrary, std::string> read_sipmath(std::string_view json) {
  auto root = parse(json);
  if (!root) return Unexpected<std::string>{root.error()};
  const Json* sips = member(*root, "sips");
  if (sips == nullptr || !sips->is_array())
    return Unexpected<std::string>{"it is no SIPmath library: it has no list 'sips' of variables"};
  if (const Json* type = member(*root, "objectType"); type != nullptr && *type != "sipModel")
    return reason("objectType", fmt::format("{} is not supported, 'sipModel' is", description(*type)));
  if (const Json* type = member(*root, "libraryType"); type != nullptr && *type != "SIPmath_3_0")
    return reason("libraryType", fmt::format("{} is not supported, 'SIPmath_3_0' is", description(*type)));
  if (sips->size() > kMostVariables) return reason("sips", fmt::format("more than {} variables", kMostVariables));
  LibraryReader reader(*root);
  if (auto wrong = reader.overlong()) return Unexpected<std::string>{std::move(*wrong)};
  return reader.read();
}

}  // namespace tcosim
