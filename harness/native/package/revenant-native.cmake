# revenant_add_races(target [NO_TEST] SOURCES … [LIBRARIES …]): a program that explores the tests in its
# sources (REVENANT_EXPLORE), or its own main. Also a test of ctest, unless NO_TEST. LIBRARIES are targets of
# the project whose code is on trial: their sources are compiled once more, for this program, as nothing is
# seen of what they do where they are compiled without -fsanitize=thread.
#
# Part of the package, and of the tree. revenant::native is the library that explores.

# Clang takes a variable that other threads have the address of for a thread's own where it accesses a field
# of it, and does not announce that. With no uses to look at it believes so of none.
set(REVENANT_NATIVE_OPTIONS -fsanitize=thread -g $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>
  "$<$<OR:$<COMPILE_LANG_AND_ID:C,Clang>,$<COMPILE_LANG_AND_ID:CXX,Clang>>:SHELL:-mllvm \
-capture-tracking-max-uses-to-explore=0>"
  "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include revenant/own_strings.hpp>")
# The functions of libc that a compiler would put its own code in place of, which it does not announce; nor
# does it what it makes of those that know the room for their result.
list(APPEND REVENANT_NATIVE_OPTIONS -U_FORTIFY_SOURCE)
foreach(function memcpy memmove mempcpy memset memcmp bcmp bcopy bzero strlen strnlen strcmp strncmp
    strcpy stpcpy strncpy stpncpy strcat strncat strdup strndup strchr index rindex sprintf snprintf
    vsprintf vsnprintf)
  list(APPEND REVENANT_NATIVE_OPTIONS -fno-builtin-${function})
endforeach()

# The sources of a library, as the library has them compiled, are part of a program as well.
function(revenant_compile_again target library)
  if(NOT TARGET ${library})
    message(FATAL_ERROR "revenant_add_races(${target}): LIBRARIES: there is no target ${library}")
  endif()
  get_target_property(original ${library} ALIASED_TARGET)
  if(original)
    set(library ${original})
  endif()
  get_target_property(sources ${library} SOURCES)
  get_target_property(is_imported ${library} IMPORTED)
  if(is_imported OR NOT sources)
    message(FATAL_ERROR "revenant_add_races(${target}): LIBRARIES: ${library} has no sources to be compiled")
  endif()
  get_target_property(folder ${library} SOURCE_DIR)
  foreach(source IN LISTS sources)
    if(source MATCHES "TARGET_OBJECTS")
      message(FATAL_ERROR "revenant_add_races(${target}): LIBRARIES: ${library} has ${source} in it, which "
        "nobody would see: name that library")
    endif()
    if(NOT IS_ABSOLUTE "${source}" AND NOT source MATCHES "^\\$<")
      if(EXISTS ${folder}/${source})
        set(source ${folder}/${source})
      else()  # made while the library is built
        get_target_property(folder_of_made ${library} BINARY_DIR)
        set(source ${folder_of_made}/${source})
        set_source_files_properties(${source} PROPERTIES GENERATED ON)
      endif()
    endif()
    target_sources(${target} PRIVATE ${source})
  endforeach()
  foreach(property INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FEATURES)
    set(own_${property} $<TARGET_PROPERTY:${library},${property}>)
  endforeach()
  target_include_directories(${target} PRIVATE ${own_INCLUDE_DIRECTORIES}
    $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_definitions(${target} PRIVATE ${own_COMPILE_DEFINITIONS})
  target_compile_options(${target} PRIVATE ${own_COMPILE_OPTIONS})
  target_compile_features(${target} PRIVATE ${own_COMPILE_FEATURES})
  target_link_libraries(${target} PRIVATE $<TARGET_PROPERTY:${library},LINK_LIBRARIES>)
  add_dependencies(${target} ${library})  # which may make some of its sources
endfunction()

# The main of a test framework lies in an archive, of which the linker takes nothing where it has a main
# already: such a library comes before ours, which has a main for programs without.
function(revenant_put_main_first target)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  set(mains ${libraries})
  list(FILTER mains INCLUDE REGEX "(_main|Main)(\\.a)?$")
  if(mains)
    list(REMOVE_ITEM libraries ${mains})
    set_target_properties(${target} PROPERTIES LINK_LIBRARIES "${mains};${libraries}")
  endif()
endfunction()

function(revenant_add_races target)
  cmake_parse_arguments(arg "NO_TEST" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  foreach(library IN LISTS arg_LIBRARIES)
    revenant_compile_again(${target} ${library})
  endforeach()
  target_compile_features(${target} PRIVATE cxx_std_17)
  target_compile_options(${target} PRIVATE ${REVENANT_NATIVE_OPTIONS})
  target_link_libraries(${target} PRIVATE revenant::native)
  # Once its project has said what else it is linked with.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL revenant_put_main_first ${target})")
  if(NOT arg_NO_TEST)
    add_test(NAME ${target} COMMAND ${target})
  endif()
endfunction()
