# What every target of ours has in common, and how a room adds its tests.
find_package(Threads REQUIRED)
include(${CMAKE_CURRENT_LIST_DIR}/RevenantHeaders.cmake)

# revenant_target(target [NO_SANITIZER] [NO_LOOP]): warnings, the language, the include roots, source paths
# relative to the tree, the sanitizer of the build unless the target has one of its own, or none. Those who
# link the target see <revenant/…> and no folder of ours beside it: impl/ and model/ are names that anybody
# may have. NO_LOOP: nothing in the target runs in a search's loop, so that it is optimised a little only,
# which takes g++ a quarter less of the time that a newcomer waits; and not at all under a sanitizer, which
# takes Clang half. Its sources are compiled some at a time: see revenant_together; and position-independent,
# so that all can read one precompiled header.
function(revenant_target target)
  cmake_parse_arguments(arg "NO_SANITIZER;NO_LOOP" "" "" ${ARGN})
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wnon-virtual-dtor -Woverloaded-virtual
    # Lines and functions are what a stack shows; all of -g takes a seventh longer.
    $<$<CONFIG:RelWithDebInfo>:-g1>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # false alarms on std::string in g++ 12 -O3: GCC bug 105651
    # The build lies within the tree, and of two maps that fit the last one wins.
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=
    $<TARGET_PROPERTY:revenant_public_headers,REVENANT_PREFIX_MAPS>)
  if(arg_NO_LOOP AND REVENANT_SANITIZER STREQUAL "")
    target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
  elseif(arg_NO_LOOP)
    target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0>)
  endif()
  if(arg_NO_LOOP)
    revenant_together(${target})
    revenant_position_independent(${target})
  endif()
  if(REVENANT_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(NOT arg_NO_SANITIZER)
    revenant_instrument(${target})
  endif()
endfunction()

# The sanitizer of the build, which a target may keep out of its own objects: see revenant_uninstrumented.
function(revenant_instrument target)
  if(REVENANT_SANITIZER STREQUAL "")
    return()
  endif()
  if(REVENANT_SANITIZER STREQUAL "address")
    set(link -fsanitize=address,undefined)
    set(compile ${link} -fno-sanitize-recover=all)
  elseif(REVENANT_SANITIZER STREQUAL "thread")
    set(link -fsanitize=thread)
    set(compile ${link})
  else()
    message(FATAL_ERROR "REVENANT_SANITIZER is '${REVENANT_SANITIZER}'; it may be address or thread")
  endif()
  if(REVENANT_MODEL)
    # A fiber's stack has no redzones then: nothing on it is poisoned when an execution is abandoned.
    list(APPEND compile "SHELL:-mllvm -asan-stack=0")
    # From a library that is loaded, ASan's operators new and delete give way to Relacy's; linked in, they
    # win.
    list(APPEND link -shared-libasan -Wl,-rpath,${REVENANT_ASAN_FOLDER})
  endif()
  list(APPEND compile -fno-omit-frame-pointer -fno-optimize-sibling-calls)
  set(instrumented "$<NOT:$<BOOL:$<TARGET_PROPERTY:REVENANT_UNINSTRUMENTED>>>")
  target_compile_options(${target} PRIVATE "$<${instrumented}:${compile}>")
  target_link_options(${target} PRIVATE ${link})
endfunction()

# The objects of these targets are compiled without the build's sanitizer, and linked with it.
function(revenant_uninstrumented)
  set_target_properties(${ARGN} PROPERTIES REVENANT_UNINSTRUMENTED ON)
endfunction()

# revenant_together(target): its sources are compiled several at a time, which takes g++ less than half as
# long: most goes into other people's headers. So a name in an unnamed namespace is the target's, not the
# source's; a source that cannot have that has the property SKIP_UNITY_BUILD_INCLUSION.
# Where REVENANT_TOGETHER is off, as `make clang` has it, an include that is missing is noticed.
function(revenant_together target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${REVENANT_TOGETHER} UNITY_BUILD_BATCH_SIZE ${REVENANT_TOGETHER_BATCH})
  if(REVENANT_TOGETHER)
    target_compile_options(${target} PRIVATE -Wno-shadow)  # one source's names hide another's
  endif()
endfunction()

function(revenant_position_independent target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -fno-semantic-interposition)
endfunction()

# revenant_in_both_worlds(target [NO_LOOP] [BY_THREADS] SOURCES … LIBRARIES …): sources of the target's that
# the library of the native world (harness/native/) has in it as well. They are compiled once,
# position-independent. BY_THREADS: once more with room for many threads (model/native/many_threads.hpp), as
# they include model/program.hpp, which says for how many there is room. Those without it may not.
function(revenant_in_both_worlds target)
  cmake_parse_arguments(arg "NO_LOOP;BY_THREADS" "" "SOURCES;LIBRARIES" ${ARGN})
  set(made ${target}_in_both)
  if(arg_BY_THREADS AND REVENANT_NATIVE)
    list(APPEND made ${target}_in_both_many)
  endif()
  foreach(objects IN LISTS made)
    add_library(${objects} OBJECT ${arg_SOURCES})
    if(arg_NO_LOOP)
      revenant_target(${objects} NO_LOOP)
    else()
      revenant_target(${objects})
      revenant_together(${objects})
      revenant_position_independent(${objects})
    endif()
    target_link_libraries(${objects} PRIVATE ${arg_LIBRARIES})
    if(NOT objects STREQUAL "${target}_in_both")
      target_compile_definitions(${objects} PRIVATE REVENANT_MANY_THREADS)
    endif()
  endforeach()
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_in_both>)
  list(GET made -1 with_many)
  set_property(GLOBAL APPEND PROPERTY revenant_in_both_worlds ${target}_in_both)
  set_property(GLOBAL APPEND PROPERTY revenant_in_both_worlds_many ${with_many})
endfunction()

# revenant_precompiled(target HEADERS…): headers of other people's that most sources of the target read, read
# once. revenant_precompiled(target REUSE other): the same ones as the other target's, if both are compiled
# alike. Not for Clang without a sanitizer: that build, and the linters that go by it, notice an include that
# is missing.
function(revenant_precompiled target)
  cmake_parse_arguments(arg "" "REUSE" "" ${ARGN})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    if(REVENANT_SANITIZER STREQUAL "")
      return()
    endif()
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")  # ccache asks for it
  endif()
  if(arg_REUSE)
    target_precompile_headers(${target} REUSE_FROM ${arg_REUSE})
  else()
    target_precompile_headers(${target} PRIVATE ${arg_UNPARSED_ARGUMENTS})
  endif()
endfunction()

# revenant_tests(name [OPTIMISED|ALWAYS_OPTIMISED] [NIGHTLY] [SECONDS n] SOURCES … [APART …] LIBRARIES …
# LABELS …): a doctest program, a ctest entry. Its own sources are compiled together (revenant_together), but
# those that are APART: they use a name that another one has for something else. They are optimised only where
# they hold the code on trial or a search: g++ takes three times as long. Under a sanitizer, OPTIMISED ones
# are not either. NIGHTLY: built by the target `nightly_tests` and run by `ctest -C nightly`, both by `make
# nightly`. SECONDS: about how long it runs, where that is long; the longest start first, so that no core
# waits at the end.
function(revenant_tests name)
  if(NOT REVENANT_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "OPTIMISED;ALWAYS_OPTIMISED;NIGHTLY" "SECONDS" "SOURCES;APART;LIBRARIES;LABELS"
    ${ARGN})
  find_package(doctest REQUIRED)
  if(NOT TARGET revenant_test_main)
    # doctest's own code, compiled once: it takes as long as any test.
    add_library(revenant_test_main OBJECT EXCLUDE_FROM_ALL
      ${PROJECT_SOURCE_DIR}/harness/cmake/test_main.cpp ${PROJECT_SOURCE_DIR}/harness/cmake/test_headers.cpp)
    revenant_target(revenant_test_main)
    target_compile_options(revenant_test_main PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0>)
    target_link_libraries(revenant_test_main PRIVATE doctest::doctest)
    # It asks doctest for more than the others do.
    set_source_files_properties(${PROJECT_SOURCE_DIR}/harness/cmake/test_main.cpp PROPERTIES
      SKIP_PRECOMPILE_HEADERS ON)
    revenant_precompiled(revenant_test_main <algorithm> <doctest/doctest.h> <filesystem> <fstream>
      <functional> <map> <nlohmann/json.hpp> <optional> <sstream> <string> <thread> <vector>)
  endif()
  add_executable(${name} ${arg_SOURCES} ${arg_APART})
  set_source_files_properties(${arg_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(REVENANT_SANITIZER)
    target_sources(${name} PRIVATE ${REVENANT_BUILD_SANITIZER_DEFAULTS})
  endif()
  revenant_target(${name})
  revenant_together(${name})
  if(NOT arg_ALWAYS_OPTIMISED AND (REVENANT_SANITIZER OR NOT arg_OPTIMISED))
    target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0>)
    revenant_precompiled(${name} REUSE revenant_test_main)
  endif()
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} revenant_test_main doctest::doctest)
  if(arg_NIGHTLY)
    if(NOT TARGET nightly_tests)
      add_custom_target(nightly_tests)
    endif()
    add_dependencies(nightly_tests ${name})
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    set(when CONFIGURATIONS nightly)
  endif()
  add_test(NAME ${name} COMMAND ${name} --no-intro ${when})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
  if(arg_SECONDS)
    set_tests_properties(${name} PROPERTIES COST ${arg_SECONDS})
  endif()
endfunction()
