# One library a top-level folder: tcosim::NAME from its .cpp files, with its headers installed beside it.

add_library(tcosim_options INTERFACE)
target_compile_options(tcosim_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # GCC 12 warns of its own std::string::operator+ (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # One rule for fused multiply-add: only where a kernel asks for it, so that results do not depend on the optimiser.
  -ffp-contract=off)

function(tcosim_module name)
  cmake_parse_arguments(ARG "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/vendor/")
  add_library(tcosim_${name} STATIC ${sources})
  add_library(tcosim::${name} ALIAS tcosim_${name})
  target_include_directories(tcosim_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tcosim>)
  target_compile_features(tcosim_${name} PUBLIC cxx_std_20)
  target_link_libraries(tcosim_${name} PUBLIC ${ARG_PUBLIC} PRIVATE
    $<BUILD_INTERFACE:tcosim_options> ${ARG_PRIVATE})
  set_target_properties(tcosim_${name} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS tcosim_${name} EXPORT tcosim ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tcosim
    FILES_MATCHING PATTERN "*.hpp" PATTERN schema EXCLUDE PATTERN library EXCLUDE)
endfunction()
