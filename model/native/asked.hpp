// Asked: what a thread asks for, to tell whether it asks for the same again.
#pragma once

#include <cstdint>

#include "model/native/values.hpp"
#include "model/operation.hpp"

namespace revenant::model::native {

/// What a thread asks for at a place of its code. It may have come from the last call's result and be in no
/// register that this call preserves: the address of the next node of a list, say.
struct Asked {
    std::uintptr_t place = 0;
    CellId cell = no_id;
    Value operand = 0;            ///< of what changes an atomic
    Value expected = 0;           ///< of a CAS …
    std::uintptr_t found_at = 0;  ///< … and where it is to put what it finds instead
    std::uint32_t orders = 0;
    friend bool operator==(const Asked&, const Asked&) = default;
};

}  // namespace revenant::model::native
