// Failure: what went wrong in an execution, as the runtime notes it where it happens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/outcome.hpp"

namespace revenant::model::native {

/// How an execution ended.
enum class End : std::uint8_t {
    well,
    failed,
    out_of_time,   ///< whoever explores it has waited long enough
    too_long,      ///< more steps than one may have: nothing is known of what comes behind
    not_modelled,  ///< the program asked for what there is no model of: `text` says for what
    not_repeated   ///< the program did not do the same again: the execution is to be made once more
};

/// A rule that several notice the end of.
inline constexpr const char* no_held_mutex_dies = "no mutex is destroyed while it is held";

/// What an exception's words are put behind.
inline constexpr const char* uncaught = "an exception that nobody catches";

struct Failure {
    FindingKind kind = FindingKind::assertion;
    std::string text;            ///< a rule's or the code's own words, or empty
    std::uintptr_t address = 0;  ///< of the access that failed, or 0
    std::size_t size = 0;
    std::int32_t block = -1;   ///< of a leak: the block
    int thread = -1;           ///< that ran then; the machine fills it in
    std::uintptr_t place = 0;  ///< of a fault: as of a call that returns there
    /// Of what has no model, and of an exception: see calls_of_the_program.
    std::vector<std::uintptr_t> calls = {};
    bool is_mismatched_free = false;  ///< see Finding
};

}  // namespace revenant::model::native
