#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "distributions/metalog.hpp"
#include "scenarios/sipmath.hpp"

namespace tcosim {
namespace {

using Json = nlohmann::ordered_json;

std::string layer_name(std::size_t layer) {
  return fmt::format("layer{}", layer + 1);
}

std::string matrix_name(const SipCopula& copula) {
  return "correlationMatrix_" + copula.name;
}

/// The generators of a library by the name that variables and copulas give them.
class Generators {
 public:
  /// The name of a key's generator, which is listed when it is asked for first.
  std::string name(const HdrKey& key) {
    for (std::size_t i = 0; i < keys_.size(); ++i)
      if (keys_[i] == key) return fmt::format("HDR{}", i + 1);
    keys_.push_back(key);
    return fmt::format("HDR{}", keys_.size());
  }

  [[nodiscard]] Json list() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const HdrKey& key = keys_[i];
      out.push_back({{"name", fmt::format("HDR{}", i + 1)},
                     {"function", "HDR_2_0"},
                     {"arguments",
                      {{"counter", "PM_Index"},
                       {"entity", key.entity},
                       {"varId", key.variable},
                       {"seed3", key.seed3},
                       {"seed4", key.seed4}}}});
    }
    return out;
  }

 private:
  std::vector<HdrKey> keys_;
};

// The lower triangle, by the names of the layers' variables where they have one.
Json matrix_of(const SipLibrary& library, std::size_t index) {
  const SipCopula& copula = library.copulas[index];
  const std::size_t size = copula.keys.size();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < size; ++i) names.push_back(layer_name(i));
  for (const SipVariable& variable : library.variables)
    if (variable.copula == index) names[variable.layer] = variable.name;
  Json entries = Json::array();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      entries.push_back({{"row", names[i]}, {"col", names[j]}, {"value", copula.correlation[i * size + j]}});
  }
  return {{"name", matrix_name(copula)}, {"value", {{"columns", names}, {"rows", names}, {"matrix", entries}}}};
}

Json copula_of(const SipCopula& copula, Generators& generators) {
  Json rngs = Json::array(), layers = Json::array();
  for (std::size_t i = 0; i < copula.keys.size(); ++i) {
    rngs.push_back(generators.name(copula.keys[i]));
    layers.push_back(layer_name(i));
  }
  return {{"name", copula.name},
          {"function", "GaussianCopula"},
          {"arguments",
           {{"correlationMatrix", {{"type", "globalVariables"}, {"value", matrix_name(copula)}}}, {"rng", rngs}}},
          {"copulaLayer", layers}};
}

Json sip_of(const SipVariable& variable, const SipLibrary& library, Generators& generators) {
  Json sip = {{"name", variable.name}};
  if (variable.copula) {
    sip["ref"] = {{"source", "copula"},
                  {"name", library.copulas[*variable.copula].name},
                  {"copulaLayer", layer_name(variable.layer)}};
  } else {
    sip["ref"] = {{"source", "rng"}, {"name", generators.name(variable.key)}};
  }
  sip["function"] = "Metalog_1_0";
  if (variable.rounded) sip["rounding"] = "nearest";
  Json arguments = Json::object();
  const MetalogBounds bounds = metalog_bounds(variable.distribution);
  if (bounds.low) arguments["lowerBound"] = *bounds.low;
  if (bounds.high) arguments["upperBound"] = *bounds.high;
  arguments["aCoefficients"] = metalog_coefficients(variable.distribution);
  sip["arguments"] = std::move(arguments);
  Json metadata = Json::object();
  if (!variable.unit.empty()) metadata["unit"] = variable.unit;
  for (const auto& [name, value] : variable.figures) metadata[name] = value;
  if (!variable.density.empty()) metadata["density"] = variable.density;
  if (!metadata.empty()) sip["metadata"] = std::move(metadata);
  return sip;
}

}  // namespace

std::string write_sipmath(const SipLibrary& library) {
  Generators generators;
  Json matrices = Json::array(), copulas = Json::array(), sips = Json::array();
  for (std::size_t i = 0; i < library.copulas.size(); ++i) {
    matrices.push_back(matrix_of(library, i));
    copulas.push_back(copula_of(library.copulas[i], generators));
  }
  for (const SipVariable& variable : library.variables) sips.push_back(sip_of(variable, library, generators));
  Json root = {{"objectType", "sipModel"}, {"libraryType", "SIPmath_3_0"}, {"name", library.name}};
  root["version"] = "1";
  if (!library.provenance.empty()) root["provenance"] = library.provenance;
  root["globalVariables"] = std::move(matrices);
  root["U01"] = {{"rng", generators.list()}};
  if (!copulas.empty()) root["U01"]["copula"] = std::move(copulas);
  root["sips"] = std::move(sips);
  // Names with bytes that are no text become marks, as everywhere in results.
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tcosim
