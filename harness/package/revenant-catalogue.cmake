# revenant_add_catalogue(NAME name SOURCES … [LIBRARIES …] [NO_THREADS] [NO_TESTS]): a command `name`, which
# is `revenant` over the catalogue in the sources; the programs with real threads for its `replay --on
# threads` and `stress`, one under ASan, one under TSan, one without; and a test of ctest for each
# row.
#
# Each source is compiled once for each world, so that the LIBRARIES, which all of them are linked with, have
# to be headers alone, or code without shared data.
#
# Part of the package, and of the tree.

# In one world: a program of these sources, which lies beside those of the other worlds.
function(revenant_catalogue_in_world target library)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${library} ${arg_LIBRARIES})
  # A finding says races.cpp:12, and revenant/refcount/ref_ptr.hpp:30, wherever they lie.
  get_property(maps GLOBAL PROPERTY revenant_prefix_maps)
  target_compile_options(${target} PRIVATE -g -fmacro-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}/= ${maps})
endfunction()

function(revenant_add_catalogue)
  cmake_parse_arguments(arg "NO_THREADS;NO_TESTS" "NAME" "SOURCES;LIBRARIES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "revenant_add_catalogue: what is '${arg_UNPARSED_ARGUMENTS}'?")
  elseif(NOT arg_NAME OR NOT arg_SOURCES)
    message(FATAL_ERROR "revenant_add_catalogue needs a NAME and SOURCES")
  elseif(NOT TARGET revenant::model)
    message(FATAL_ERROR "revenant_add_catalogue needs revenant::model: find_package(revenant COMPONENTS "
      "model), or REVENANT_MODEL=ON where revenant is a part of the build")
  elseif(NOT arg_NO_THREADS AND NOT TARGET revenant::threads)
    message(FATAL_ERROR "revenant_add_catalogue needs revenant::threads: find_package(revenant COMPONENTS "
      "model threads); or say NO_THREADS, and have a command without real threads")
  endif()
  set(worlds SOURCES ${arg_SOURCES} LIBRARIES ${arg_LIBRARIES})
  revenant_catalogue_in_world(${arg_NAME} revenant::model ${worlds})
  get_property(revenant_native_folder GLOBAL PROPERTY revenant_native_folder)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/catalogue_main.cpp.in ${arg_NAME}_main.cpp @ONLY)
  target_sources(${arg_NAME} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}_main.cpp)
  if(NOT arg_NO_THREADS)
    revenant_catalogue_in_world(${arg_NAME}-threads revenant::threads ${worlds})
    revenant_catalogue_in_world(${arg_NAME}-threads-asan revenant::threads_asan ${worlds})
    revenant_catalogue_in_world(${arg_NAME}-threads-tsan revenant::threads_tsan ${worlds})
    revenant_threads_canaries(${arg_NAME}-threads-asan address)
    revenant_threads_canaries(${arg_NAME}-threads-tsan thread)
  endif()
  if(NOT arg_NO_TESTS)
    revenant_discover_tests(${arg_NAME})
  endif()
endfunction()
