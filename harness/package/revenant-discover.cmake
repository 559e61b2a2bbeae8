# revenant_discover_tests(target [PREFIX prefix] [ARGUMENTS …] [PROPERTIES …]): a test of ctest for each row
# of a catalogue's command, or for each REVENANT_EXPLORE of a program that is linked with revenant::native.
# They are found by running the program once it is built. A test is called PREFIX (default: `target/`) and the
# row's name; ARGUMENTS go to the program, and PROPERTIES to set_tests_properties.
#
# Part of the package, and of the tree.
function(revenant_discover_tests target)
  cmake_parse_arguments(arg "" "PREFIX" "ARGUMENTS;PROPERTIES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "revenant_discover_tests: what is '${arg_UNPARSED_ARGUMENTS}'?")
  elseif(NOT TARGET ${target})
    message(FATAL_ERROR "revenant_discover_tests: there is no target ${target}")
  endif()
  if(NOT DEFINED arg_PREFIX)
    set(arg_PREFIX "${target}/")
  endif()
  set(kind catalogue)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  if("revenant::native" IN_LIST libraries)
    set(kind races)
  endif()
  set(tests ${CMAKE_CURRENT_BINARY_DIR}/${target}_tests.cmake)
  add_custom_command(TARGET ${target} POST_BUILD BYPRODUCTS ${tests}
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${target}> -D KIND=${kind} -D "PREFIX=${arg_PREFIX}"
      -D "ARGUMENTS=${arg_ARGUMENTS}" -D "PROPERTIES=${arg_PROPERTIES}" -D TESTS=${tests}
      -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/discover_tests.cmake
    VERBATIM)
  set(include ${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake)
  file(WRITE ${include} "if(EXISTS [==[${tests}]==])\n  include([==[${tests}]==])\nelse()\n"
    "  add_test([==[${target}_NOT_BUILT]==] [==[${target}_NOT_BUILT]==])\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${include})
endfunction()
