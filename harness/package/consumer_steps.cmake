# What the tests of the package have in common: each installs it and builds a project of somebody else's with
# it.

function(step)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# says(STATUS TEXT COMMAND…): the command ends with this status and says so, on either stream.
function(says status text)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT RESULT_VARIABLE got OUTPUT_VARIABLE out
    ERROR_VARIABLE out)
  message(STATUS "${out}")
  if(NOT got STREQUAL status OR NOT out MATCHES "${text}")
    message(FATAL_ERROR "status ${got}, not ${status}, or not a word of: ${text}")
  endif()
endfunction()

# Into a fresh prefix.
function(install_components prefix)
  file(REMOVE_RECURSE ${prefix})
  foreach(component IN LISTS ARGN)
    step(${CMAKE_COMMAND} --install ${BUILT} --prefix ${prefix} --component ${component})
  endforeach()
endfunction()
