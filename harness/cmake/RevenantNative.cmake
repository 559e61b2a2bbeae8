# The native world: ordinary code, compiled with -fsanitize=thread and linked with revenant's library.

# Of everything that becomes part of that library. It has room for more threads than Relacy's world.
function(revenant_native_flags target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -fvisibility=hidden)
  target_compile_definitions(${target} PRIVATE
    REVENANT_THREADS_MAX=10 FMT_HEADER_ONLY)
endfunction()

# revenant_add_races(target [NO_TEST] SOURCES …): a program that explores the tests in its sources
# (REVENANT_EXPLORE), or its own main. Also a test of ctest, unless NO_TEST.
function(revenant_add_races target)
  cmake_parse_arguments(arg "NO_TEST" "" "SOURCES" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(${target} PRIVATE -fsanitize=thread -g
    $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  target_link_libraries(${target} PRIVATE revenant::native)
  if(NOT arg_NO_TEST)
    add_test(NAME ${target} COMMAND ${target})
  endif()
endfunction()
