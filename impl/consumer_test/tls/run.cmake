# Installs the components `impl` and `tls` into a fresh prefix, then configures, builds and runs the example.
# cmake -D BUILT=… -D WORK=… -D VERSION=… -D GENERATOR=… -D COMPILER=… -P run.cmake
function(step)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(must_end_with status said)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE ended ERROR_VARIABLE text OUTPUT_QUIET)
  if(NOT ended EQUAL status OR NOT text MATCHES "${said}")
    message(FATAL_ERROR "${ARGN}: exit status ${ended}, not ${status}; it said: ${text}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
foreach(component impl tls)
  step(${CMAKE_COMMAND} --install ${BUILT} --prefix ${WORK}/prefix --component ${component})
endforeach()
step(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${WORK}/prefix
  -D REVENANT_EXPECTED_VERSION=${VERSION})
step(${CMAKE_COMMAND} --build ${WORK}/build)
must_end_with(2 "usage: fetch" ${WORK}/build/fetch)
must_end_with(1 "localhost:443: configure: ca_file no-such.pem: No such file"
  ${WORK}/build/fetch localhost 443 / localhost 1 no-such.pem)
must_end_with(1 "proxy localhost:1: connect: Connection refused"
  ${WORK}/build/fetch localhost 443 / localhost 1 ${CMAKE_CURRENT_LIST_DIR}/../../tls/fuzz/corpus/chain.txt)
