// LibcsOwn: what functions of libc keep for themselves, one of it for all threads: of two threads that call
// them in no order, the standard says that they race.
#pragma once

#include <ctime>

namespace revenant::model::native {

struct LibcsOwn {
    std::tm date;               ///< the result of gmtime and localtime
    char date_text[32];         ///< … of asctime and ctime
    char* token;                ///< what is to come of strtok's text
    unsigned long environment;  ///< of getenv and setenv, for all of it: another number once it has changed
};
/// Tracked, and put back, as the program's own variables are.
extern LibcsOwn libcs_own;

}  // namespace revenant::model::native
