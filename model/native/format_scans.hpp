// What scanf and its kin write of the program's memory: what a format says of what its arguments point to.
#pragma once

#include <cstdarg>

namespace revenant::model::native {

class Caller;

/// So many were assigned: what scanf has returned.
struct Scanned {
    int assigned;
    bool a_allocates;  ///< %as, as before C99
};

/// Announced when it is written. Takes the arguments.
void announce_scanned(const Caller& caller, const char* format, va_list arguments, Scanned how);
void announce_scanned(const Caller& caller, const wchar_t* format, va_list arguments, Scanned how);

}  // namespace revenant::model::native
