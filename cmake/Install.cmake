# What `cmake --install` adds to the libraries and the program: the package files for find_package(tcosim),
# the library of scenarios, their JSON Schema, and the licences.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tcosim)

configure_package_config_file(cmake/tcosimConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/tcosimConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tcosimConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT tcosim FILE tcosimTargets.cmake NAMESPACE tcosim:: DESTINATION ${package_dir})
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/tcosimConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/tcosimConfigVersion.cmake
  cmake/FindLibCsv.cmake
  cmake/FindUDUNITS2.cmake
  cmake/FindXlsxWriter.cmake
  DESTINATION ${package_dir})

install(DIRECTORY scenarios/library DESTINATION ${CMAKE_INSTALL_DATADIR}/tcosim/scenarios FILES_MATCHING PATTERN "*.yaml")
install(FILES scenarios/schema/tcosim.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/tcosim)
install(FILES LICENSE NOTICE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY plots/vendor/echarts DESTINATION ${CMAKE_INSTALL_DOCDIR}
  FILES_MATCHING PATTERN "LICENSE*" PATTERN NOTICE PATTERN node_modules EXCLUDE)
