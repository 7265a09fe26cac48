// Files as part of the program: TCOSIM_EMBED(symbol, TCOSIM_FILE("path")) and TCOSIM_EMBEDDED(symbol), a
// std::string_view; several files one after another make one text.
// .incbin compiles at once whatever the size, with g++ and clang; a string literal of a page does not read well.
// The build has to name the file as a dependency of the object (OBJECT_DEPENDS).
#pragma once

#include <cstddef>
#include <string_view>

#define TCOSIM_FILE(path) ".incbin \"" path "\"\n"

#define TCOSIM_EMBED(name, files)                                   \
  __asm__(                                                          \
      ".section .rodata\n"                                          \
      "tcosim_embedded_" #name ":\n" files "tcosim_embedded_" #name \
      "_end:\n"                                                     \
      ".byte 0\n"                                                   \
      ".previous\n");                                               \
  extern "C" const char tcosim_embedded_##name[];                   \
  extern "C" const char tcosim_embedded_##name##_end[]

#define TCOSIM_EMBEDDED(name)              \
  std::string_view(tcosim_embedded_##name, \
                   static_cast<std::size_t>(tcosim_embedded_##name##_end - tcosim_embedded_##name))
