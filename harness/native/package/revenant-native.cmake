# revenant_add_races(target [NO_TEST] SOURCES …): a program that explores the tests in its sources
# (REVENANT_EXPLORE), or its own main. Also a test of ctest, unless NO_TEST.
#
# Part of the package, and of the tree. revenant::native is the library that explores.

# Clang takes a variable that other threads have the address of for a thread's own where it accesses a field
# of it, and does not announce that. With no uses to look at it believes so of none.
set(REVENANT_NATIVE_OPTIONS -fsanitize=thread -g $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>
  "$<$<OR:$<COMPILE_LANG_AND_ID:C,Clang>,$<COMPILE_LANG_AND_ID:CXX,Clang>>:SHELL:-mllvm \
-capture-tracking-max-uses-to-explore=0>"
  "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include revenant/own_strings.hpp>")
# The functions of libc that a compiler would put its own code in place of, which it does not announce.
foreach(function memcpy memmove memset memcmp bcmp strlen strnlen strcmp strncmp strcpy strncpy strcat strdup)
  list(APPEND REVENANT_NATIVE_OPTIONS -fno-builtin-${function})
endforeach()

function(revenant_add_races target)
  cmake_parse_arguments(arg "NO_TEST" "" "SOURCES" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_compile_features(${target} PRIVATE cxx_std_17)
  target_compile_options(${target} PRIVATE ${REVENANT_NATIVE_OPTIONS})
  target_link_libraries(${target} PRIVATE revenant::native)
  if(NOT arg_NO_TEST)
    add_test(NAME ${target} COMMAND ${target})
  endif()
endfunction()
