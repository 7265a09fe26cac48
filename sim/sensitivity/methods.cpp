#include <algorithm>
#include <array>
#include <string>

#include "sim/sensitivity/method.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim {
namespace {

constexpr std::array kMethods{
    &sensitivity::kSwing,       //
    &sensitivity::kOneAtATime,  //
    &sensitivity::kSpearman,    //
    &sensitivity::kRegression,  //
    &sensitivity::kSobol,       //
    &sensitivity::kGivenData,   //
    &sensitivity::kShapley,     //
    &sensitivity::kDelta,       //
    &sensitivity::kPawn,        //
    &sensitivity::kSpider,      //
    &sensitivity::kScenario,    //
};

/// What is ranked, in words.
struct Nouns {
  std::string_view one, all, a;
};

Nouns nouns(RankBy by) {
  switch (by) {
    case RankBy::inputs:
      break;
    case RankBy::groups:
      return {"driver", "drivers", "a driver"};
    case RankBy::lines:
      return {"line", "lines", "a line"};
    case RankBy::categories:
      return {"category", "categories", "a category"};
  }
  return {"input", "inputs", "an input"};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::span<const SensitivityMethod* const> sensitivity_methods() {
  return kMethods;
}

const SensitivityMethod* find_sensitivity_method(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, &SensitivityMethod::name);
  return found == kMethods.end() ? nullptr : *found;
}

std::string worded(std::string_view text, RankBy by) {
  const Nouns words = nouns(by);
  std::string out(text);
  replace_all(out, "{one}", words.one);
  replace_all(out, "{all}", words.all);
  replace_all(out, "{a}", words.a);
  return out;
}

std::string thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string count_of(std::uint64_t number, const std::string& thing) {
  return thousands(number) + " " + thing + (number == 1 ? "" : "s");
}

SubjectRow row_of(const Subject& subject) {
  return {subject.name, subject.label, name(subject.kind), subject.unit, {}, 0, true, {}};
}

}  // namespace tcosim
