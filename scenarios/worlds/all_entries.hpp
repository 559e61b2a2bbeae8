// Every section of the catalogue, in the world of a platform.
#pragma once

#include "scenarios/refcount/entries.hpp"
#include "scenarios/reference/entries.hpp"
#include "scenarios/registry/entries.hpp"
#include "scenarios/tls/entries.hpp"
#include "scenarios/tutorial/entries.hpp"

namespace revenant::scenarios {

template <class P>
std::vector<Entry> all_entries() {
    std::vector<Entry> all;
    RegistrySection<P>::add_to(all);
    add_refcount_entries<P>(all);
    add_tutorial_entries<P>(all);
    add_reference_entries<P>(all);
    TlsSection<P>::add_to(all);
    return all;
}

}  // namespace revenant::scenarios
