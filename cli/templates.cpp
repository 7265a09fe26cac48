#include "cli/templates.hpp"

#include <array>

#include "plots/embed.hpp"

TCOSIM_EMBED(starter, TCOSIM_FILE(TCOSIM_TEMPLATES "/starter.yaml"));
TCOSIM_EMBED(minimal, TCOSIM_FILE(TCOSIM_TEMPLATES "/minimal.yaml"));
TCOSIM_EMBED(levers, TCOSIM_FILE(TCOSIM_TEMPLATES "/levers.yaml"));
TCOSIM_EMBED(on_premise, TCOSIM_FILE(TCOSIM_TEMPLATES "/on_premise.yaml"));
TCOSIM_EMBED(unitless, TCOSIM_FILE(TCOSIM_TEMPLATES "/unitless.yaml"));

namespace tcosim {
namespace {

const std::array<Template, 5> kTemplates{{
    {"starter", "a fine-tuned assistant over six months: cloud, data, people, risks", TCOSIM_EMBEDDED(starter)},
    {"minimal", "two inputs, one line: the smallest useful file", TCOSIM_EMBEDDED(minimal)},
    {"levers", "changes to choose from: what each saves, alone and together", TCOSIM_EMBEDDED(levers)},
    {"on_premise", "bought hardware, depreciation, power, shared use", TCOSIM_EMBEDDED(on_premise)},
    {"unitless", "plain numbers without units, for a model of anything", TCOSIM_EMBEDDED(unitless)},
}};

}  // namespace

std::span<const Template> templates() {
  return kTemplates;
}

}  // namespace tcosim
