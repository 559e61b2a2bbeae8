# What is installed beside the libraries: the headers of catalogues, the command, the package's own files.
if(NOT REVENANT_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

set(include_folder ${CMAKE_INSTALL_INCLUDEDIR}/revenant)
foreach(room model scenarios)
  get_property(headers GLOBAL PROPERTY revenant_headers_of_${room})
  foreach(header IN LISTS headers)
    cmake_path(GET header PARENT_PATH folder)
    install(FILES ${PROJECT_SOURCE_DIR}/${room}/${header}
      DESTINATION ${include_folder}/${room}/${folder} COMPONENT model)
  endforeach()
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/harness/commands/command.hpp
  ${PROJECT_SOURCE_DIR}/harness/search/check.hpp ${PROJECT_SOURCE_DIR}/scenarios/catalogue.hpp
  DESTINATION ${include_folder} COMPONENT model)

# The command itself, and what it starts.
if(REVENANT_MODEL)
  install(TARGETS revenant revenant-threads revenant-threads-asan revenant-threads-tsan
    DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
  set_property(GLOBAL APPEND PROPERTY revenant_package_targets revenant revenant-threads revenant-threads-asan
    revenant-threads-tsan)
endif()

# For CMake. What every component has is in `impl`.
set(BUILD_SHARED_LIBS_OF_PACKAGE OFF)
if(BUILD_SHARED_LIBS)
  set(BUILD_SHARED_LIBS_OF_PACKAGE ON)
endif()
configure_package_config_file(revenant-config.cmake.in revenant-config.cmake
  INSTALL_DESTINATION ${REVENANT_PACKAGE_FOLDER} PATH_VARS CMAKE_INSTALL_INCLUDEDIR
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(revenant-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/revenant-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/revenant-config-version.cmake
  revenant-discover.cmake discover_tests.cmake
  DESTINATION ${REVENANT_PACKAGE_FOLDER} COMPONENT impl)
install(FILES catalogue_main.cpp.in must_report.cmake revenant-canaries.cmake revenant-catalogue.cmake
  DESTINATION ${REVENANT_PACKAGE_FOLDER} COMPONENT model)
revenant_export_components(${components})

# What --json writes and import reads, for whoever has any component that does.
install(FILES ${PROJECT_SOURCE_DIR}/reports/results.schema.json
  ${PROJECT_SOURCE_DIR}/reports/import.schema.json
  DESTINATION share/revenant COMPONENT impl)

# For pkg-config, from its folder to the prefix.
file(RELATIVE_PATH PC_UP /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(revenant-impl.pc.in revenant-impl.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/revenant-impl.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT impl)

# `cmake --build … --target revenant_package`: all that is to be installed.
get_property(targets GLOBAL PROPERTY revenant_package_targets)
add_custom_target(revenant_package DEPENDS ${targets})
