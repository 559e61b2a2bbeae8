# revenant_commit(RESULT): the commit that this tree is checked out at, `96308a8c0d1e`, with ` and changes` if
# files differ from it; empty where the tree is no checkout of its own. It is found out when CMake configures,
# which each commit and checkout causes.
function(revenant_commit result)
  set(${result} "" PARENT_SCOPE)
  find_package(Git QUIET)
  if(NOT GIT_FOUND)
    return()
  endif()
  set(git ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR})
  execute_process(COMMAND ${git} rev-parse --show-toplevel OUTPUT_VARIABLE top ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  # An unpacked archive may lie within somebody else's checkout.
  file(REAL_PATH ${PROJECT_SOURCE_DIR} here)
  if(NOT top STREQUAL here)
    return()
  endif()
  execute_process(COMMAND ${git} rev-parse --short=12 HEAD OUTPUT_VARIABLE commit ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND ${git} status --porcelain --untracked-files=no OUTPUT_VARIABLE changes ERROR_QUIET)
  execute_process(COMMAND ${git} rev-parse --git-path logs/HEAD OUTPUT_VARIABLE log ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  get_filename_component(log "${log}" ABSOLUTE BASE_DIR ${PROJECT_SOURCE_DIR})
  if(EXISTS ${log})
    set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${log})
  endif()
  if(commit AND changes)
    string(APPEND commit " and changes")
  endif()
  set(${result} "${commit}" PARENT_SCOPE)
endfunction()
