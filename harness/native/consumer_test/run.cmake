# Installs the built package into a fresh prefix. Then a project builds two tests with it, of which one finds
# a use after free; the wrapper of the compiler builds a main of the same; and a stock build for the sanitizer
# is explored.
# cmake -D BUILT=… -D WORK=… -D GENERATOR=… -D COMPILER=… -D COMPILER_ID=… -P run.cmake
set(here ${CMAKE_CURRENT_LIST_DIR})
include(${here}/../../package/consumer_steps.cmake)

file(REMOVE_RECURSE ${WORK})
install_components(${WORK}/prefix impl native command)
set(example ${WORK}/prefix/share/revenant/example)
step(${CMAKE_COMMAND} -S ${here} -B ${WORK}/build -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
  -D CMAKE_PREFIX_PATH=${WORK}/prefix -D EXAMPLE=${example})
step(${CMAKE_COMMAND} --build ${WORK}/build)
says(1 "use-after-free" ${WORK}/build/cache_races --interleavings none)
says(1 "conf_cache.hpp:[0-9]+" ${WORK}/build/cache_races)
says(1 "Conf#1.users fetch_add 0→1" ${WORK}/build/cache_races)
says(0 "exhaustive" ${WORK}/build/mended_races)
says(1 "data-race" ${WORK}/build/count_races --interleavings none)
step(${WORK}/build/count_main)
says(1 "Count.OfAtomics .*exhaustive.*Count.OfPlainNumbers .*data-race" ${WORK}/build/framework_cases
  --interleavings none)
says(8 "cache_races .*Failed" ${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build)

foreach(schema results.schema.json import.schema.json)
  if(NOT EXISTS ${WORK}/prefix/share/revenant/${schema})
    message(FATAL_ERROR "${schema} is not installed")
  endif()
endforeach()

# As the README has it, in an empty folder.
file(COPY ${example} DESTINATION ${WORK})
step(${CMAKE_COMMAND} -S ${WORK}/example -B ${WORK}/example/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${WORK}/prefix)
step(${CMAKE_COMMAND} --build ${WORK}/example/build)
says(1 "use-after-free" ${WORK}/example/build/cache_races --interleavings none)

# Clang's, with either standard library where it is installed.
foreach(clang clang++-14 clang++-19)
  find_program(${clang}_found ${clang})
  if(NOT ${clang}_found)
    continue()
  endif()
  set(libraries libstdc++)
  file(WRITE ${WORK}/has.cpp "#include <vector>\nint main() {}\n")
  execute_process(COMMAND ${clang} -stdlib=libc++ ${WORK}/has.cpp -o ${WORK}/has
    RESULT_VARIABLE has_none OUTPUT_QUIET ERROR_QUIET)
  if(has_none EQUAL 0)
    list(APPEND libraries libc++)
  endif()
  foreach(library ${libraries})
    set(clang_wrapper ${CMAKE_COMMAND} -E env REVENANT_CXX=${clang} ${WORK}/prefix/bin/revenant-c++
      -stdlib=${library} -std=c++17 -O2 -I ${example})
    step(${clang_wrapper} ${here}/main.cpp -o ${WORK}/${clang}-${library})
    says(1 "Conf#1.users" ${WORK}/${clang}-${library})
    step(${clang_wrapper} -D MENDED ${example}/cache_races.cpp -o ${WORK}/${clang}-${library}-mended)
    says(0 "exhaustive" ${WORK}/${clang}-${library}-mended)
    step(${clang} -stdlib=${library} -std=c++20 -g -fsanitize=thread -shared-libsan -I ${example}
      ${here}/main.cpp -o ${WORK}/${clang}-${library}-stock)
    says(1 "use-after-free" ${WORK}/prefix/bin/revenant explore ${WORK}/${clang}-${library}-stock)
  endforeach()
endforeach()

if(NOT COMPILER_ID STREQUAL "GNU")
  return()
endif()
set(revenant ${WORK}/prefix/bin/revenant)
set(wrapper ${CMAKE_COMMAND} -E env REVENANT_CXX=${COMPILER} ${WORK}/prefix/bin/revenant-c++ -std=c++20)
step(${wrapper} -O1 -I ${example} -c ${here}/main.cpp -o ${WORK}/main.o)
step(${wrapper} ${WORK}/main.o -o ${WORK}/wrapped)
says(1 "use-after-free" ${WORK}/wrapped)
says(1 "use-after-free" ${revenant} explore ${WORK}/wrapped)
set(framework ${here}/framework_cases.cpp -lgtest_main -lgtest)
step(${CMAKE_COMMAND} -E env "REVENANT_CXX=env ${COMPILER}" ${WORK}/prefix/bin/revenant-c++ -std=c++20
  ${framework} -o ${WORK}/framework)
says(1 "Count.OfAtomics .*exhaustive.*Count.OfPlainNumbers .*data-race" ${WORK}/framework)
set(stock ${COMPILER} -std=c++20 -g -fsanitize=thread -Wno-tsan -I ${example} ${here}/main.cpp)
step(${stock} -o ${WORK}/stock)
says(1 "use-after-free" ${revenant} explore ${WORK}/stock)
step(${stock} -D MENDED -o ${WORK}/stock_mended)
says(0 "exhaustive" ${revenant} explore ${WORK}/stock_mended)
