# <revenant/…>: the headers that other people may include, under the name that they have once installed.
# They stay in the folders of their rooms; one folder of the build has links to them, so that every source,
# ours too, spells them in one way.

# revenant_public_headers(ENTRIES…): headers and folders of the room that calls, which become
# <revenant/ENTRY>.
#
# What names a header by its include path, __FILE__ and the debug information, would name the link. Both are
# mapped back: a finding's trace, a case and a sanitizer's stack say impl/registry/x.hpp, as the tree does.
# (The first line of an UBSan report alone names the link: no map reaches it.)
function(revenant_public_headers)
  file(RELATIVE_PATH room ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include/revenant)
  foreach(entry IN LISTS ARGN)
    set(header ${CMAKE_CURRENT_SOURCE_DIR}/${entry})
    set(link ${PROJECT_BINARY_DIR}/include/revenant/${entry})
    if(NOT EXISTS ${header})
      message(FATAL_ERROR "there is no ${room}/${entry} to be <revenant/${entry}>")
    endif()
    get_property(taken GLOBAL PROPERTY revenant_header_${entry})
    if(taken)
      message(FATAL_ERROR "<revenant/${entry}> is that of ${taken}; ${room} has one too")
    endif()
    set_property(GLOBAL PROPERTY revenant_header_${entry} ${room})
    file(CREATE_LINK ${header} ${link} SYMBOLIC)
    set_property(TARGET revenant_public_headers APPEND PROPERTY REVENANT_PREFIX_MAPS
      -fmacro-prefix-map=${link}=${room}/${entry} -fdebug-prefix-map=${link}=${header})
  endforeach()
endfunction()

# Has the maps of all rooms, those that add theirs after a target was made included.
add_library(revenant_public_headers INTERFACE)
# A link whose header is gone would serve on.
file(REMOVE_RECURSE ${PROJECT_BINARY_DIR}/include/revenant)
