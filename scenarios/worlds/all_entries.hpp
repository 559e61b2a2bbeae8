// Every section of the catalogue, in the world of a platform.
#pragma once

#include "scenarios/refcount/entries.hpp"
#include "scenarios/reference/entries.hpp"
#include "scenarios/registry/entries.hpp"
#include "scenarios/tls/entries.hpp"
#include "scenarios/tutorial/entries.hpp"

namespace revenant::scenarios {

template <class P>
void write_all(catalogue<P>& c) {
    RegistrySection<P>::write(c);
    write_refcount(c);
    write_tutorial(c);
    write_reference(c);
    TlsSection<P>::write(c);
}

}  // namespace revenant::scenarios
