# tcosim_test_suites(PROGRAM [PREFIX prefix]): each suite of a GoogleTest program becomes one test of CTest, found when
# the program was linked. A process for each of 6,000 tests took four times the processor time of the tests themselves.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(tcosim_test_suites_script ${CMAKE_CURRENT_LIST_FILE})

  function(tcosim_test_suites program)
    cmake_parse_arguments(ARG "" "PREFIX" "" ${ARGN})
    set(list ${CMAKE_CURRENT_BINARY_DIR}/${program}_suites.cmake)
    add_custom_command(TARGET ${program} POST_BUILD VERBATIM
      COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${program}> -D PREFIX=${ARG_PREFIX} -D LIST=${list}
        -P ${tcosim_test_suites_script})
    if(NOT EXISTS ${list})
      file(WRITE ${list} "add_test(${program}_NOT_BUILT ${program}_NOT_BUILT)\n")
    endif()
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${list})
  endfunction()
  return()
endif()

# As a script: --gtest_list_tests prints the names of suites at the margin, with a dot, and those of tests indented.
execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "(^|\n)[^ \n]+\\." suites "${names}")
set(tests "")
foreach(suite IN LISTS suites)
  string(REGEX REPLACE "\n|\\.$" "" suite "${suite}")
  string(APPEND tests
    "add_test([=[${PREFIX}${suite}]=] [=[${PROGRAM}]=] [=[--gtest_filter=${suite}.*]=] --gtest_shuffle --gtest_brief=1)\n")
endforeach()
file(WRITE ${LIST} "${tests}")
