// The litmus tests: what C++'s memory model allows, and what this model reaches. They pin what
// "exhaustive" means here, so that nobody reads more into it.
//
// Notation: threads are separated by `||`, statements by `;`. x, y, z are atomics that start at 0, d is
// plain data, other letters are registers. `x=1 rlx` stores, `a=x acq` loads, `p=x.add(1) ar` and
// `a=x.exchange(1) rlx` modify, `b=x.cas_strong(0,1).seen rlx/rlx` gives the value seen, `.succeeded`
// whether it stored. Orders: rlx acq rel ar sc. An outcome is a conjunction over registers and final
// values; the outcome `0` is a data race.
#pragma once

#include <string_view>
#include <vector>

namespace revenant::model::litmus {

struct Test {
    std::string_view name;
    std::string_view program;
    std::string_view outcome;
    /// RC11 with C++20's release sequences, as GenMC 0.13 answers; for a weak CAS, the standard, since
    /// GenMC lets none fail spuriously.
    bool allowed;
    /// What the exhaustive search of Relacy's 2019 snapshot (Debian 12) reaches, measured 2026-11-22.
    bool reached;
};

[[nodiscard]] const std::vector<Test>& table();

}  // namespace revenant::model::litmus
