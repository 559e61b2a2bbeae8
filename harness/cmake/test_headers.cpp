// No code: CMake precompiles a target's headers only if one of its sources has them, and test_main.cpp has
// not.
