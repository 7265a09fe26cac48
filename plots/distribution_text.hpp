// The catalogue of distributions as users read it: the list by purpose, and one page a family.
// Plain strings and heights in; the command fills them from the catalogue.
// Fits any width from 60 columns.
#pragma once

#include <string>
#include <vector>

#include "plots/text.hpp"

namespace tcosim {

struct FamilyEntry {
  std::string name, title, purpose, example;
};

struct ParameterEntry {
  std::string name, measures, meaning, preset;  ///< measures: "in the value's unit"; preset may be empty
  std::string in_call;                          ///< how a call has it: "mean", "sd=", "P10=, P90="
};

struct FamilyPage {
  FamilyEntry entry;
  std::vector<std::vector<ParameterEntry>> signatures;  ///< the first is the positional one
  std::string formula, moments, source, advice;
  std::vector<std::string> examples;
  // Of the first example:
  double mean = 0, variance = 0, low = 0, high = 0;  ///< the picture spans [low, high]
  std::string p10, p50, p90;
  std::vector<double> heights;  ///< of the picture, 0 to 1; empty for none
  double left_out = 0;          ///< the chance of exactly `low`, where the picture is without it
};

/// "mean 210, variance 1,100, P10 167.5, P50 207.6, P90 256" of the first example.
[[nodiscard]] std::string family_moments(const FamilyPage& page);

[[nodiscard]] std::string render_families(const std::vector<FamilyEntry>& families, const TerminalStyle& style);
[[nodiscard]] std::string render_family(const FamilyPage& page, const TerminalStyle& style);

}  // namespace tcosim

namespace tcosim::text {

/// The shape of the first example over its axis; empty where there is nothing to draw.
[[nodiscard]] std::string family_picture(const FamilyPage& page, const TerminalStyle& style);

}  // namespace tcosim::text
