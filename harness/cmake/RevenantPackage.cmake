# What is installed, and in which component of the package. harness/package/ has the rest.
include(GNUInstallDirs)
set(REVENANT_PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/revenant)

# revenant_in_package(target component [name]): the library is revenant::NAME of the package, by default with
# the name of its component. Where it is a shared one, programs that are linked with it ask for this minor
# version: the next one may have other types.
function(revenant_in_package target component)
  set(name ${component})
  if(ARGC GREATER 2)
    set(name ${ARGV2})
  endif()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} OUTPUT_NAME revenant_${name}
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  if(REVENANT_INSTALL)
    install(TARGETS ${target} EXPORT revenant-${component}-targets COMPONENT ${component}
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
      LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
      INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    set_property(GLOBAL APPEND PROPERTY revenant_package_targets ${target})
  endif()
endfunction()

# Of each component that has libraries, once all of them are known.
function(revenant_export_components)
  foreach(component IN LISTS ARGN)
    install(EXPORT revenant-${component}-targets NAMESPACE revenant:: DESTINATION ${REVENANT_PACKAGE_FOLDER}
      COMPONENT ${component})
  endforeach()
endfunction()
