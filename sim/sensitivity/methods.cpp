#include <algorithm>
#include <array>

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

}  // namespace

std::span<const SensitivityMethod* const> sensitivity_methods() {
  return kMethods;
}

const SensitivityMethod* find_sensitivity_method(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, &SensitivityMethod::name);
  return found == kMethods.end() ? nullptr : *found;
}

SubjectRow row_of(const Subject& subject) {
  return {subject.name, subject.label, name(subject.kind), subject.unit, {}, 0, true, {}};
}

}  // namespace tcosim
