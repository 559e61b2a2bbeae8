// REVENANT_CATALOGUE: the catalogue of a program, in the world that its source is compiled for. The same
// source is compiled for each: with REVENANT_WORLD_THREADS for real threads, without it for the model.
#pragma once

#ifdef REVENANT_WORLD_THREADS
#include <revenant/model/threads/platform.hpp>
namespace revenant {
using world = model::threads::threads_platform;
}  // namespace revenant
#else
#include <revenant/model/relacy/platform.hpp>
namespace revenant {
using world = model::relacy::relacy_platform;
}  // namespace revenant
#endif

#include <revenant/scenarios/catalogue_of.hpp>

/// At namespace scope, outside of any namespace, in one source of a program. `write`: a function template of
/// one parameter P that is called with a revenant::catalogue<P>&.
#define REVENANT_CATALOGUE(write)                                                            \
    const ::revenant::scenarios::Catalogue& revenant::scenarios::whole_catalogue() {         \
        static const auto all = ::revenant::scenarios::without_faults(                       \
            ::revenant::scenarios::written<::revenant::world>([](auto& to) { write(to); })); \
        return all;                                                                          \
    }
