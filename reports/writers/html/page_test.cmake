# A page made by hand, and a browser to go through it where there is one: Node, Chromium, and what
# `npm ci` installs in readers/.
add_executable(made_page EXCLUDE_FROM_ALL readers/made_page.cpp)
revenant_target(made_page)
target_link_libraries(made_page PRIVATE revenant::reports)

find_program(REVENANT_NODE node)
find_program(REVENANT_CHROMIUM chromium)
set(readers ${CMAKE_CURRENT_SOURCE_DIR}/readers)
if(REVENANT_TESTS AND REVENANT_NODE AND REVENANT_CHROMIUM AND EXISTS ${readers}/node_modules/playwright-core)
  set_target_properties(made_page PROPERTIES EXCLUDE_FROM_ALL FALSE)
  add_test(NAME page_test
    COMMAND sh -c "\"$1\" > made.html && CHROMIUM=\"$2\" \"$3\" \"$4\" made.html screenshots" sh
      $<TARGET_FILE:made_page> ${REVENANT_CHROMIUM} ${REVENANT_NODE} ${readers}/page_test.mjs
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(page_test PROPERTIES LABELS browser TIMEOUT 300)
endif()
