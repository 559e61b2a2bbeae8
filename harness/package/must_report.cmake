# Runs PROGRAM with ARGUMENTS; fails unless it prints what the regular expression REPORT matches and ends
# with the exit status STATUS. Not just the sanitizer's name: that is in its own troubles too.
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_VARIABLE out ERROR_VARIABLE out RESULT_VARIABLE status)
if(NOT out MATCHES "${REPORT}" OR NOT status STREQUAL "${STATUS}")
  message(FATAL_ERROR "the canary is silent: ${PROGRAM} ${ARGUMENTS} should have reported '${REPORT}' "
    "with exit status ${STATUS} (it was ${status}):\n${out}")
endif()
