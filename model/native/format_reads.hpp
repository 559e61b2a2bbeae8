// What printf and its kin read and write of the program's memory: the strings that a format asks for.
#pragma once

#include <cstdarg>
#include <cstddef>

namespace revenant::model::native {

class Caller;

/// The format itself, and what its %s and %n point to, also where arguments are called by their numbers
/// (%1$s). It ends at a conversion or an argument that it does not know. Takes the arguments.
void announce_format(const Caller& caller, const char* format, va_list arguments);
void announce_format(const Caller& caller, const wchar_t* format, va_list arguments);

/// … and that the result is written, of which there is room for `most` bytes with the zero behind it.
void announce_format(const Caller& caller, const char* format, va_list arguments, char* to,
                     std::size_t most = ~std::size_t{0});

}  // namespace revenant::model::native
