// What the sections of the catalogue, one a folder, write their entries with.
#pragma once

#include <revenant/scenarios/catalogue.hpp>

namespace revenant::scenarios {

/// A Program of this type, for an Entry's `make`.
template <class Program>
std::unique_ptr<model::Program> make_program(unsigned threads) {
    return std::make_unique<Program>(threads);
}

inline Claim correct() { return {}; }
inline Claim broken(std::vector<model::FindingKind> kinds, unsigned from_threads = 2) {
    return {from_threads, std::move(kinds)};
}
/// It takes a stale read or a spurious failure: no switch of threads alone shows it.
inline Claim only_stale(Claim claim) {
    claim.stale_or_spurious = true;
    return claim;
}

}  // namespace revenant::scenarios
