# `cpack` in a build folder makes a Debian package of each component. Not stripped: a sanitizer's stack names
# the lines of the programs with real threads.
if(NOT PROJECT_IS_TOP_LEVEL OR NOT REVENANT_INSTALL)
  return()
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The revenant maintainers <maintainers@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_STRIP_FILES OFF)
set(CPACK_COMPONENTS_ALL ${components})

# revenant_deb(component package "what it is" DEPENDS …)
function(revenant_deb component package what)
  cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
  string(TOUPPER ${component} upper)
  string(JOIN ", " depends ${arg_DEPENDS})
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${depends}" PARENT_SCOPE)
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${what}" PARENT_SCOPE)
endfunction()
set(this_version "(= ${PROJECT_VERSION})")
revenant_deb(impl librevenant-dev "Reference counts, weak pointers and registries for production")
revenant_deb(tls librevenant-tls-dev "A TLS and HTTP client whose requests share configurations"
  DEPENDS "librevenant-dev ${this_version}" libssl-dev)
revenant_deb(model librevenant-model-dev "Searches, reports and a main for catalogues of lifetime races"
  DEPENDS "librevenant-dev ${this_version}" libfmt-dev libpugixml-dev)
revenant_deb(threads librevenant-threads-dev "Replays the schedules of a catalogue on real threads"
  DEPENDS "librevenant-model-dev ${this_version}")
revenant_deb(native librevenant-native-dev "Explores ordinary code that was built with -fsanitize=thread"
  DEPENDS "librevenant-dev ${this_version}")
revenant_deb(command revenant "Reproduces lifetime races on demand, and proves that their fixes hold"
  DEPENDS "librevenant-native-dev ${this_version}")
if("model" IN_LIST components)
  list(APPEND CPACK_COMPONENTS_ALL command)
endif()
# What has programs or shared libraries needs those that they are linked with.
foreach(component NATIVE COMMAND)
  set(CPACK_DEBIAN_${component}_PACKAGE_SHLIBDEPS ON)
endforeach()
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION devel)
if(BUILD_SHARED_LIBS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/impl ${PROJECT_BINARY_DIR}/impl/tls
    ${PROJECT_BINARY_DIR}/impl/http ${CMAKE_CURRENT_BINARY_DIR})
endif()
include(CPack)
