# Installs the built package into a fresh prefix. Then a project with a catalogue and native tests of its own
# is built with it, in an empty folder, with the compiler of this build and, with EVERY_COMPILER, each Clang
# that there is and that knows enough; and the tutorial's, as its page says.
# cmake -D BUILT=… -D SOURCE=… -D WORK=… -D GENERATOR=… -D COMPILER=… [-D EVERY_COMPILER=ON] -P run.cmake
set(here ${CMAKE_CURRENT_LIST_DIR})
include(${here}/../consumer_steps.cmake)

# What the project gives, in its build folder.
function(use_it build)
  set(mine ${build}/mine)
  says(0 "looks_first +correct" ${mine} list)
  says(0 "6 rows: 6 as expected" ${mine} check --interleavings none --html ${build}/page.html
    --sarif ${build}/races.sarif)
  foreach(report page.html races.sarif)
    file(READ ${build}/${report} text)
    if(NOT text MATCHES "mine replay" OR NOT text MATCHES "cache.hpp")
      message(FATAL_ERROR "${report} has no 'mine replay', or no cache.hpp")
    endif()
  endforeach()
  says(0 "cache.hpp:[0-9]+" ${mine} check --implementation blind --threads 2 --save-case ${build}/blind.case)
  says(0 "resurrection" ${mine} replay ${build}/blind.case)
  says(0 "blind +ASan .*heap-use-after-free.*blind +TSan .*looks_first .the fix. +ASan .*ended well"
    ${mine} replay --on threads --no-reports ${build}/blind.case)
  says(0 "" ${mine} repro ${build}/blind.case)
  says(0 "1 correct and clean" ${mine} stress --implementation looks_first --executions 20 --seconds 60)
  says(2 "^mine: no scenario matches 'no'; `mine list` shows them all" ${mine} check no)
  says(0 "100% tests passed, 0 tests failed out of 6" ${CMAKE_CTEST_COMMAND} --test-dir ${build} -R "^mine/")
  says(0 "correct: 8 executions with 2 threads, exhaustive" ${build}/checks)
  foreach(framework catch2 google_test)
    says(1 "both count.*step +T1 +T2.*store 1→1" ${build}/checks_in_${framework})
  endforeach()
  # The same class in the native world.
  says(1 "double-free" ${build}/cache_races --test blind)
  says(8 "cache_races/looks_first .*Passed.*cache_races/blind .Failed" ${CMAKE_CTEST_COMMAND}
    --test-dir ${build} -R "^cache_races/")
endfunction()

file(REMOVE_RECURSE ${WORK})
install_components(${WORK}/prefix impl tls model threads native)
set(names ${BUILT}/include/revenant)
file(GLOB public RELATIVE ${names} ${names}/*.hpp ${names}/model/*.hpp ${names}/model/*/*.hpp
  ${names}/scenarios/*.hpp)
foreach(header IN LISTS public)
  if(NOT EXISTS ${WORK}/prefix/include/revenant/${header})
    message(FATAL_ERROR "<revenant/${header}> is public, and not installed")
  endif()
endforeach()
file(GLOB_RECURSE headers ${WORK}/prefix/include/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS ${header} relacy REGEX "#include .relacy/")
  if(relacy)
    message(FATAL_ERROR "${header} includes Relacy")
  endif()
endforeach()
set(configure ${CMAKE_COMMAND} -S ${here} -G ${GENERATOR} -D CMAKE_PREFIX_PATH=${WORK}/prefix)
set(compilers ${COMPILER})
# Those before Clang 16 have no std::source_location.
foreach(clang clang++-16 clang++-17 clang++-18 clang++-19)
  find_program(${clang}_found ${clang})
  if(EVERY_COMPILER AND ${clang}_found)
    list(APPEND compilers ${${clang}_found})
  endif()
endforeach()
list(REMOVE_DUPLICATES compilers)
set(headers_alone ON)
foreach(compiler IN LISTS compilers)
  get_filename_component(name ${compiler} NAME)
  step(${configure} -B ${WORK}/${name} -D CMAKE_CXX_COMPILER=${compiler}
    -D HEADERS_ALONE=${headers_alone})
  set(headers_alone OFF)
  step(${CMAKE_COMMAND} --build ${WORK}/${name})
  use_it(${WORK}/${name})
endforeach()

# The tutorial's project: broken as it is, which is what its tests say.
file(COPY ${SOURCE}/scenarios/tutorial/sessions DESTINATION ${WORK})
set(ENV{CMAKE_PREFIX_PATH} ${WORK}/prefix)
set(ENV{CXX} ${COMPILER})
execute_process(COMMAND ${CMAKE_COMMAND} --workflow --preset races WORKING_DIRECTORY ${WORK}/sessions
  RESULT_VARIABLE got OUTPUT_VARIABLE out ERROR_VARIABLE out)
message(STATUS "${out}")
if(got EQUAL 0 OR NOT out MATCHES "as_it_is .*Failed" OR NOT EXISTS ${WORK}/sessions/build/races.junit.xml)
  message(FATAL_ERROR "the tutorial's workflow: status ${got}")
endif()
set(mine ${WORK}/sessions/build/sessions)
says(1 "session#1.strong fetch_add 0→1" ${mine} check --threads 2 --save-case ${WORK}/sessions/first.case)
says(0 "ported_cache.hpp:[0-9]+.*session_cache +ASan .*heap-use-after-free" ${mine} replay --on threads
  ${WORK}/sessions/first.case)

# What is not there is said by CMake, in words.
file(MAKE_DIRECTORY ${WORK}/missing)
file(WRITE ${WORK}/missing/CMakeLists.txt
  "cmake_minimum_required(VERSION 3.25)\nproject(missing LANGUAGES CXX)\n"
  "find_package(revenant REQUIRED COMPONENTS \${ASKED})\n")
set(missing ${CMAKE_COMMAND} -S ${WORK}/missing -B ${WORK}/missing/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${WORK}/prefix)
says(1 "revenant has no component 'modle'" ${missing} -D ASKED=modle)
file(REMOVE ${WORK}/prefix/lib/cmake/revenant/revenant-tls-targets.cmake)
says(1 "component 'tls' of revenant is not.*installed" ${missing} -D ASKED=tls)
