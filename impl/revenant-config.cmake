include(CMakeFindDependencyMacro)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/revenant-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/revenant-native.cmake OPTIONAL)
