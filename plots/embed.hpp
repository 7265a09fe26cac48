// A file as part of the program: TCOSIM_EMBED(symbol, "path") and TCOSIM_EMBEDDED(symbol), a std::string_view.
// .incbin compiles at once whatever the size, with g++ and clang; a string literal of a page does not read well.
// The build has to name the file as a dependency of the object (OBJECT_DEPENDS).
#pragma once

#include <cstddef>
#include <string_view>

#define TCOSIM_EMBED(name, path)                  \
  __asm__(                                        \
      ".section .rodata\n"                        \
      "tcosim_embedded_" #name                    \
      ":\n"                                       \
      ".incbin \"" path                           \
      "\"\n"                                      \
      "tcosim_embedded_" #name                    \
      "_end:\n"                                   \
      ".byte 0\n"                                 \
      ".previous\n");                             \
  extern "C" const char tcosim_embedded_##name[]; \
  extern "C" const char tcosim_embedded_##name##_end[]

#define TCOSIM_EMBEDDED(name)              \
  std::string_view(tcosim_embedded_##name, \
                   static_cast<std::size_t>(tcosim_embedded_##name##_end - tcosim_embedded_##name))
