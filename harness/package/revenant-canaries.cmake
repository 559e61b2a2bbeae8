# Canaries: a program that must be reported by its sanitizer, or its build fails. One whose sanitizer is
# switched off, suppressed or half linked would call everything clean.
#
# Part of the package, and of the tree.

# revenant_must_report(target STATUS REPORT ARGUMENTS…): the build of the target fails unless the program, run
# with these arguments, prints this and ends so.
function(revenant_must_report target status report)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${target}> -D "ARGUMENTS=${ARGN}"
      -D "REPORT=${report}" -D STATUS=${status} -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/must_report.cmake
    VERBATIM)
endfunction()

# revenant_threads_canaries(target address|thread): those of a program with real threads.
function(revenant_threads_canaries target sanitizer)
  if(sanitizer STREQUAL "address")
    revenant_must_report(${target} 66 "ERROR: AddressSanitizer: heap-use-after-free" canary free-then-read)
    # UBSan, in a build that has it too, comes first where it looks at the type of what is freed.
    revenant_must_report(${target} 66 "ERROR: AddressSanitizer: heap-use-after-free|object has invalid vptr"
      canary free-then-lock)
  else()
    revenant_must_report(${target} 66 "WARNING: ThreadSanitizer: data race" canary read-then-free)
    revenant_must_report(${target} 66 "WARNING: ThreadSanitizer: heap-use-after-free" canary free-then-lock)
  endif()
endfunction()
