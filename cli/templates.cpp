#include "cli/templates.hpp"

#include <array>

// .incbin compiles at once whatever the size, with g++ and clang; a string literal of a page does not read well.
#define TCOSIM_EMBED(name)                        \
  __asm__(                                        \
      ".section .rodata\n"                        \
      "tcosim_template_" #name                    \
      ":\n"                                       \
      ".incbin \"" TCOSIM_TEMPLATES "/" #name     \
      ".yaml\"\n"                                 \
      "tcosim_template_" #name                    \
      "_end:\n"                                   \
      ".byte 0\n"                                 \
      ".previous\n");                             \
  extern "C" const char tcosim_template_##name[]; \
  extern "C" const char tcosim_template_##name##_end[]

TCOSIM_EMBED(starter);
TCOSIM_EMBED(minimal);
TCOSIM_EMBED(levers);
TCOSIM_EMBED(on_premise);
TCOSIM_EMBED(unitless);

namespace tcosim {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

#define TCOSIM_CONTENT(name) between(tcosim_template_##name, tcosim_template_##name##_end)

const std::array<Template, 5> kTemplates{{
    {"starter", "a fine-tuned assistant over six months: cloud, data, people, risks", TCOSIM_CONTENT(starter)},
    {"minimal", "two inputs, one line: the smallest useful file", TCOSIM_CONTENT(minimal)},
    {"levers", "changes to choose from: what each saves, alone and together", TCOSIM_CONTENT(levers)},
    {"on_premise", "bought hardware, depreciation, power, shared use", TCOSIM_CONTENT(on_premise)},
    {"unitless", "plain numbers without units, for a model of anything", TCOSIM_CONTENT(unitless)},
}};

}  // namespace

std::span<const Template> templates() {
  return kTemplates;
}

}  // namespace tcosim
