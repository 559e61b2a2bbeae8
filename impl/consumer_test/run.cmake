# Installs the built package into a fresh prefix, then configures, builds and runs the consumer with
# the same compiler.
# cmake -D BUILT=… -D WORK=… -D VERSION=… -D GENERATOR=… -D COMPILER=… -P run.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../../harness/package/consumer_steps.cmake)

file(REMOVE_RECURSE ${WORK})
install_components(${WORK}/prefix impl)
file(GLOB names RELATIVE ${WORK}/prefix/include ${WORK}/prefix/include/*)
if(NOT names STREQUAL "revenant")
  message(FATAL_ERROR "<revenant/…> is all that the package may add to an include directory, not: ${names}")
endif()
step(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${WORK}/prefix
  -D REVENANT_EXPECTED_VERSION=${VERSION})
step(${CMAKE_COMMAND} --build ${WORK}/build)
step(${WORK}/build/consumer)

# The same without CMake.
find_program(pkg_config NAMES pkgconf pkg-config REQUIRED)
file(GLOB_RECURSE description ${WORK}/prefix/*/revenant-impl.pc)
get_filename_component(folder ${description} DIRECTORY)
execute_process(COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${folder}
  ${pkg_config} --cflags --libs revenant-impl
  OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
step(${COMPILER} -std=c++20 ${CMAKE_CURRENT_LIST_DIR}/main.cpp ${flags} -o ${WORK}/by_pkg_config)
step(${WORK}/by_pkg_config)
