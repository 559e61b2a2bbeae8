include(CMakeFindDependencyMacro)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/revenant-targets.cmake)

# COMPONENTS tls: revenant::tls and revenant::http, if they were installed.
if("tls" IN_LIST revenant_FIND_COMPONENTS)
  include(${CMAKE_CURRENT_LIST_DIR}/revenant-tls-targets.cmake OPTIONAL RESULT_VARIABLE revenant_tls_FOUND)
  if(revenant_tls_FOUND)
    find_dependency(OpenSSL 3)
  elseif(revenant_FIND_REQUIRED_tls)
    set(revenant_FOUND FALSE)
    set(revenant_NOT_FOUND_MESSAGE "revenant was installed without its component tls")
  endif()
endif()
