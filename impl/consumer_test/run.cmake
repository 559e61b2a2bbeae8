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
