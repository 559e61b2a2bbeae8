// Own strings: included before all else by revenant-c++ and revenant_add_races. A standard library says that
// the functions of std::string are in its own file, where nobody sees what they do: libstdc++ in C++17 and
// before (bits/c++config.h), libc++ always. With this they are the program's own, as libstdc++ has them in
// C++20.
#pragma once

#if defined(__cplusplus) && __has_include(<bits/c++config.h>) && !__has_include(<__config>)
#if __cplusplus < 202002L
#include <bits/c++config.h>
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE -1  // "disallows extern templates only in basic_string"
#endif
#elif defined(__cplusplus) && __has_include(<__config>)
// The lists of what its header declares as there.
#if __has_include(<__string/extern_template_lists.h>)
#include <__string/extern_template_lists.h>
#elif __has_include(<__string>)
#include <__string>
#endif
#undef _LIBCPP_STRING_UNSTABLE_EXTERN_TEMPLATE_LIST
#define _LIBCPP_STRING_UNSTABLE_EXTERN_TEMPLATE_LIST(declare, character)
#undef _LIBCPP_STRING_V1_EXTERN_TEMPLATE_LIST
#define _LIBCPP_STRING_V1_EXTERN_TEMPLATE_LIST(declare, character)
#endif
