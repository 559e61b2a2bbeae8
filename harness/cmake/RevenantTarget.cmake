# What every target of ours has in common, and how a room adds its tests.
find_package(Threads REQUIRED)

# Warnings, the language, the include root, source paths relative to the tree, the sanitizer.
function(revenant_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # false alarms on std::string in g++ 12 -O3: GCC bug 105651
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)
  if(REVENANT_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(REVENANT_SANITIZER STREQUAL "address")
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined
      -fno-sanitize-recover=all -fno-omit-frame-pointer -fno-optimize-sibling-calls)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  elseif(REVENANT_SANITIZER STREQUAL "thread")
    target_compile_options(${target} PRIVATE -fsanitize=thread -fno-omit-frame-pointer -fno-optimize-sibling-calls)
    target_link_options(${target} PRIVATE -fsanitize=thread)
  elseif(NOT REVENANT_SANITIZER STREQUAL "")
    message(FATAL_ERROR "REVENANT_SANITIZER is '${REVENANT_SANITIZER}'; it may be address or thread")
  endif()
endfunction()

# revenant_tests(name SOURCES … LIBRARIES … LABELS …): a doctest program, a ctest entry.
function(revenant_tests name)
  if(NOT REVENANT_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  find_package(doctest REQUIRED)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/harness/cmake/test_main.cpp ${arg_SOURCES})
  revenant_target(${name})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} doctest::doctest)
  add_test(NAME ${name} COMMAND ${name} --no-intro)
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()
