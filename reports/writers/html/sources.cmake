# The HTML writer's part of revenant_reports: its sources, and the page's own files put into the binary.
set(html ${CMAKE_CURRENT_LIST_DIR})
set(html_scripts ${html}/dom.js ${html}/layout.js ${html}/joins.js ${html}/timeline.js ${html}/counters.js
  ${html}/details.js ${html}/story.js ${html}/viewer.js ${html}/plot_frame.js ${html}/plots.js
  ${html}/table.js ${html}/page.js)
string(REPLACE ";" "," html_script_list "${html_scripts}")
add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/html_assets.cpp
  COMMAND ${CMAKE_COMMAND} -D OUT=${CMAKE_CURRENT_BINARY_DIR}/html_assets.cpp -D STYLE=${html}/page.css
    -D SCRIPTS=${html_script_list} -P ${html}/embed.cmake
  DEPENDS ${html}/embed.cmake ${html}/page.css ${html_scripts}
  VERBATIM)
set(html_sources writers/html.cpp ${html}/escape.cpp ${html}/tracks.cpp
  ${html}/finding_data.cpp ${html}/finding_groups.cpp ${html}/finding_markup.cpp ${html}/provenance.cpp
  ${html}/plot_data.cpp ${html}/data.cpp ${html}/cell.cpp ${html}/markup.cpp
  ${CMAKE_CURRENT_BINARY_DIR}/html_assets.cpp)
