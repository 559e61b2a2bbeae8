// What functions of libc on strings have in common with those that know the room for their result.
#pragma once

#include <cstddef>

namespace revenant::model::native {

class Caller;

char* copy_text(const Caller& caller, char* to, const char* from);
/// As strncpy: zeros behind a short one, none behind a long one.
char* copy_text(const Caller& caller, char* to, const char* from, std::size_t most);
char* append_text(const Caller& caller, char* to, const char* from, std::size_t most);

}  // namespace revenant::model::native
