# The native world: ordinary code, compiled with -fsanitize=thread and linked with revenant's library.

# Of all that only that library has in it.
function(revenant_native_flags target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -fvisibility=hidden)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/../native/package/revenant-native.cmake)
