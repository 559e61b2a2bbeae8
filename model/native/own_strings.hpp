// Own strings: included before all else by revenant-c++ and revenant_add_races. In C++17 and before,
// libstdc++ says that the functions of std::string are in its library (bits/c++config.h), where nobody sees
// what they do. With this they are the program's own, as they are in C++20.
#pragma once

#if defined(__cplusplus) && __cplusplus < 202002L && __has_include(<bits/c++config.h>)
#include <bits/c++config.h>
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE -1  // "disallows extern templates only in basic_string"
#endif
