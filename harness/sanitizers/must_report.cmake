# Runs PROGRAM with ARGUMENTS; fails unless it prints REPORT.
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_VARIABLE out ERROR_VARIABLE out RESULT_VARIABLE status)
string(FIND "${out}" "${REPORT}" found)
if(found EQUAL -1)
  message(FATAL_ERROR "the canary is silent: ${PROGRAM} ${ARGUMENTS} did not report '${REPORT}' "
    "(exit ${status}):\n${out}")
endif()
