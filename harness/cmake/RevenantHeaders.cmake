# <revenant/…>: the headers that other people may include, under the name that they have once installed.
# They stay in the folders of their rooms; one folder of the build has links to them, so that every source,
# ours too, spells them in one way.

# revenant_public_headers([UNDER folder] ENTRIES…): headers and folders of the room that calls, which become
# <revenant/ENTRY>, or <revenant/FOLDER/ENTRY>. The property `revenant_headers_of_FOLDER` lists the latter.
#
# What names a header by its include path, __FILE__ and the debug information, would name the link. Both are
# mapped back: a finding's trace, a case and a sanitizer's stack say impl/registry/x.hpp, as the tree does.
# (The first line of an UBSan report alone names the link: no map reaches it.)
function(revenant_public_headers)
  cmake_parse_arguments(arg "" "UNDER" "" ${ARGN})
  file(RELATIVE_PATH room ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(links ${PROJECT_BINARY_DIR}/include/revenant)
  if(arg_UNDER)
    # One map for the folder: each is an argument of every compiler that is started.
    set_property(TARGET revenant_public_headers APPEND PROPERTY REVENANT_PREFIX_MAPS
      -fmacro-prefix-map=${links}/${arg_UNDER}/=${room}/
      -fdebug-prefix-map=${links}/${arg_UNDER}/=${CMAKE_CURRENT_SOURCE_DIR}/)
  endif()
  foreach(entry IN LISTS arg_UNPARSED_ARGUMENTS)
    set(header ${CMAKE_CURRENT_SOURCE_DIR}/${entry})
    set(name ${arg_UNDER})
    cmake_path(APPEND name ${entry})
    if(NOT EXISTS ${header})
      message(FATAL_ERROR "there is no ${room}/${entry} to be <revenant/${name}>")
    endif()
    get_property(taken GLOBAL PROPERTY revenant_header_${name})
    if(taken)
      message(FATAL_ERROR "<revenant/${name}> is that of ${taken}; ${room} has one too")
    endif()
    set_property(GLOBAL PROPERTY revenant_header_${name} ${room})
    cmake_path(GET name PARENT_PATH folder)
    file(MAKE_DIRECTORY ${links}/${folder})
    file(CREATE_LINK ${header} ${links}/${name} SYMBOLIC)
    if(arg_UNDER)
      set_property(GLOBAL APPEND PROPERTY revenant_headers_of_${arg_UNDER} ${entry})
    else()
      set_property(TARGET revenant_public_headers APPEND PROPERTY REVENANT_PREFIX_MAPS
        -fmacro-prefix-map=${links}/${name}=${room}/${name} -fdebug-prefix-map=${links}/${name}=${header})
    endif()
  endforeach()
endfunction()

# Has the maps of all rooms, those that add theirs after a target was made included.
add_library(revenant_public_headers INTERFACE)
# A link whose header is gone would serve on.
file(REMOVE_RECURSE ${PROJECT_BINARY_DIR}/include/revenant)
