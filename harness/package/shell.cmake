# Man pages and completions, made of what the command itself says: help2man reads its --help, and
# revenant-completions is linked with the options that it parses.
if(NOT REVENANT_MODEL)
  return()
endif()
set(made ${CMAKE_CURRENT_BINARY_DIR}/shell)
set(scripts ${made}/bash/revenant ${made}/zsh/_revenant ${made}/fish/revenant.fish)
add_custom_command(OUTPUT ${scripts}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${made}/bash ${made}/zsh ${made}/fish
  COMMAND revenant-completions bash > ${made}/bash/revenant
  COMMAND revenant-completions zsh > ${made}/zsh/_revenant
  COMMAND revenant-completions fish > ${made}/fish/revenant.fish
  DEPENDS revenant-completions
  VERBATIM)
set(made_files ${scripts})

find_program(REVENANT_HELP2MAN help2man)
if(REVENANT_HELP2MAN)
  # A page's date is that of the sources.
  set(seconds 0)
  find_package(Git QUIET)
  if(GIT_FOUND)
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR} log -1 --format=%ct
      OUTPUT_VARIABLE seconds OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  if(NOT seconds)
    string(TIMESTAMP seconds "%s" UTC)  # that of the build, or SOURCE_DATE_EPOCH
  endif()
  add_custom_command(OUTPUT ${made}/man/revenant.1
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/man_pages.sh $<TARGET_FILE:revenant> ${PROJECT_VERSION} ${seconds}
      ${made}/man
    DEPENDS revenant man_pages.sh
    VERBATIM)
  list(APPEND made_files ${made}/man/revenant.1)
else()
  message(STATUS "There is no help2man: no man pages")
endif()
add_custom_target(revenant_shell ALL DEPENDS ${made_files})

if(REVENANT_INSTALL)
  set_property(GLOBAL APPEND PROPERTY revenant_package_targets revenant_shell)
  install(FILES ${made}/bash/revenant DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    COMPONENT command)
  install(FILES ${made}/zsh/_revenant DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
    COMPONENT command)
  install(FILES ${made}/fish/revenant.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT command)
  if(REVENANT_HELP2MAN)
    install(DIRECTORY ${made}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
  endif()
endif()

if(REVENANT_TESTS AND REVENANT_HELP2MAN)
  add_test(NAME package_shell
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/shell_test.sh $<TARGET_FILE:revenant> ${made})
  set_tests_properties(package_shell PROPERTIES LABELS model TIMEOUT 300)
endif()
