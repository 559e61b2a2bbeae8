# Installs the components `impl` and `tls` into a fresh prefix, then configures, builds and runs the example.
# cmake -D BUILT=… -D WORK=… -D VERSION=… -D GENERATOR=… -D COMPILER=… -P run.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../../../harness/package/consumer_steps.cmake)

file(REMOVE_RECURSE ${WORK})
install_components(${WORK}/prefix impl tls)
step(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${WORK}/prefix
  -D REVENANT_EXPECTED_VERSION=${VERSION})
step(${CMAKE_COMMAND} --build ${WORK}/build)
says(2 "usage: fetch" ${WORK}/build/fetch)
says(1 "localhost:443: configure: ca_file no-such.pem: No such file"
  ${WORK}/build/fetch localhost 443 / localhost 1 no-such.pem)
says(1 "proxy localhost:1: connect: Connection refused"
  ${WORK}/build/fetch localhost 443 / localhost 1 ${CMAKE_CURRENT_LIST_DIR}/../../tls/fuzz/corpus/chain.txt)
