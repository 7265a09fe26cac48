// SIPmath 3.0 libraries: uncertain quantities as metalogs over the uniforms of a shared generator.
// ProbabilityManagement.org, SIPmath 3.0 standard, 2021; libraries as published with PySIPmath.
// Promises that a variable read here can be drawn trial by trial as its author drew it; what cannot is named.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "distributions/distribution.hpp"
#include "distributions/expected.hpp"
#include "distributions/hdr.hpp"

namespace tcosim {

/// A variable of a library. Its uniform is that of `key`, or layer `layer` of a copula.
struct SipVariable {
  std::string name;
  Distribution distribution;  ///< a metalog; of a lookup table, discrete
  bool rounded = false;       ///< to the nearest whole number
  HdrKey key;
  std::optional<std::size_t> copula;  ///< index into SipLibrary::copulas
  std::size_t layer = 0;
  std::string unit;  ///< as the library names it, for people; often ""
  /// Figures for people, such as mean and P50, by name: written, not read.
  std::vector<std::pair<std::string, double>> figures{};
  std::vector<double> density{};  ///< heights of a small picture: written, not read
};

/// A Gaussian copula: layer i is the normal cdf of row i of `factor` times the normal quantiles of the uniforms.
struct SipCopula {
  std::string name;
  std::vector<HdrKey> keys;         ///< of the uniforms, one a layer
  std::vector<double> correlation;  ///< row by row, as the library states it
  std::vector<double> factor;       ///< its lower Cholesky factor, row by row
};

/// A variable that cannot be used here, and why: "U01.rng[8].function: 'Index' is not supported, HDR_2_0 is".
struct SipOmission {
  std::string variable;
  std::string reason;
};

struct SipLibrary {
  std::string name, provenance;
  std::vector<SipVariable> variables;
  std::vector<SipCopula> copulas;
  std::vector<SipOmission> omissions;
};

/// Reads the text of a library. The error says why it is none; what is wrong with one variable is an omission.
/// Entries that stand for the same variable in one spreadsheet's own functions ("environment") are passed over.
[[nodiscard]] Expected<SipLibrary, std::string> read_sipmath(std::string_view json);

/// The JSON text of a library whose distributions are metalogs: what read_sipmath() reads, less the omissions.
[[nodiscard]] std::string write_sipmath(const SipLibrary& library);

/// The uniform of a variable at a trial, counted from 1, and its value: the slow, clear reference.
[[nodiscard]] double sip_uniform(const SipLibrary& library, const SipVariable& variable, std::uint64_t trial);
[[nodiscard]] double sip_trial(const SipLibrary& library, const SipVariable& variable, std::uint64_t trial);

}  // namespace tcosim
