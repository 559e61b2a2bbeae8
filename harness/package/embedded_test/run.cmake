# Projects that have our sources in their build: by add_subdirectory and by FetchContent. What they get of
# `impl` is built and run; that of the other components is configured, and the names of the targets are those
# of the package.
# cmake -D SOURCE=… -D WORK=… -D GENERATOR=… -D COMPILER=… -P run.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../consumer_steps.cmake)
set(configure ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
  -D REVENANT_SOURCE=${SOURCE})

file(REMOVE_RECURSE ${WORK})
foreach(fetched ON OFF)
  step(${configure} -B ${WORK}/impl-${fetched} -D FETCHED=${fetched} -D TARGETS=impl)
  step(${CMAKE_COMMAND} --build ${WORK}/impl-${fetched})
  step(${WORK}/impl-${fetched}/consumer)
endforeach()
set(all -D REVENANT_MODEL=ON -D REVENANT_NATIVE=ON -D REVENANT_TLS=ON -D ASKED=MODEL,NATIVE,TLS
  -D TARGETS=impl,tls,http,model,model_main,threads,threads_asan,threads_tsan,native)
step(${configure} -B ${WORK}/all ${all})
# Shared, as the package's are.
step(${configure} -B ${WORK}/shared -D TARGETS=impl -D BUILD_SHARED_LIBS=ON)
step(${CMAKE_COMMAND} --build ${WORK}/shared)
step(${WORK}/shared/consumer)
file(GLOB shared ${WORK}/shared/revenant/impl/librevenant_impl.so.*)
if(NOT shared)
  message(FATAL_ERROR "BUILD_SHARED_LIBS has made no librevenant_impl.so.*")
endif()
