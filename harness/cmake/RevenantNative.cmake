# The native world: ordinary code, compiled with -fsanitize=thread and linked with revenant's library.

# Of everything that becomes part of that library. It has room for more threads than Relacy's world.
function(revenant_native_flags target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -fvisibility=hidden)
  target_compile_definitions(${target} PRIVATE
    REVENANT_THREADS_MAX=16 FMT_HEADER_ONLY)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/../native/package/revenant-native.cmake)
