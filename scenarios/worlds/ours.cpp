// Our own catalogue, in the world that this is compiled for.
#include "scenarios/catalogue.hpp"
#include "scenarios/worlds/all_entries.hpp"

REVENANT_CATALOGUE(revenant::scenarios::write_all)
