# What a standard library does between threads, with the compiler's own; and with libc++, by each Clang that
# has it.
foreach(program library library_waits)
  revenant_add_races(native_${program} NO_TEST SOURCES ${programs}/${program}.cpp)
  list(APPEND all native_${program})
endforeach()
set(libcxx_programs)
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/has_libcxx.cpp "#include <barrier>\nint main() {}\n")
foreach(clang clang++-14 clang++-19)
  find_program(REVENANT_${clang} ${clang})
  if(NOT REVENANT_${clang})
    continue()
  endif()
  execute_process(RESULT_VARIABLE has_none OUTPUT_QUIET ERROR_QUIET
    COMMAND ${REVENANT_${clang}} -std=c++20 -stdlib=libc++ has_libcxx.cpp -o has_libcxx
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  if(NOT has_none EQUAL 0)
    continue()
  endif()
  string(REPLACE "clang++-" "" version ${clang})
  foreach(program library library_waits)
    set(name native_${program}_libcxx_${version})
    add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/native/${name}
      COMMAND ${REVENANT_${clang}} -std=c++20 -stdlib=libc++ -O1 -g -fsanitize=thread -shared-libsan
        -mllvm -capture-tracking-max-uses-to-explore=0
        -include ${model}/native/own_strings.hpp -I ${PROJECT_BINARY_DIR}/include
        ${programs}/${program}.cpp -o ${PROJECT_BINARY_DIR}/native/${name}
        -L ${PROJECT_BINARY_DIR}/lib -lrevenant_native
        -Wl,-rpath,${PROJECT_BINARY_DIR}/lib/revenant-native
      DEPENDS ${programs}/${program}.cpp ${model}/native/explore.hpp ${model}/native/own_strings.hpp
        revenant_native
      VERBATIM)
    add_custom_target(${name} ALL DEPENDS ${PROJECT_BINARY_DIR}/native/${name})
    list(APPEND libcxx_programs ${name})
  endforeach()
endforeach()
# … and their tests, once all programs are known.
function(library_tests)
  revenant_tests(native_library_tests
    SOURCES library_test.cpp test_rows.cpp
    LIBRARIES revenant::process nlohmann_json::nlohmann_json
    LABELS model)
  list(TRANSFORM libcxx_programs REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE quoted)
  string(JOIN "," quoted ${quoted})
  target_compile_definitions(native_library_tests PRIVATE "REVENANT_LIBCXX_PROGRAMS=${quoted}"
    REVENANT_NATIVE_PROGRAMS="${PROJECT_BINARY_DIR}/native")
  add_dependencies(native_library_tests native_library native_library_waits ${libcxx_programs})
  if(NOT libcxx_programs)
    message(STATUS "No Clang here has libc++: native_library_tests has the compiler's own library alone")
  endif()
endfunction()
