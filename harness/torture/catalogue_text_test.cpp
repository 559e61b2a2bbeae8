#include "harness/torture/catalogue_text.hpp"

#include <doctest/doctest.h>

namespace revenant::harness::torture {
namespace {

TEST_CASE("a scenario has the implementations that are claimed to be correct, and no others") {
    const auto all = scenarios_of(
        "registry/two_keys\n"
        "    two keys with one hash; each is correct until the last\n"
        "    legacy_registry                          broken: resurrection\n"
        "    weak_registry                            correct\n"
        "    weak_registry+remove_by_content          broken with 3 threads or more: invariant\n"
        "    shared_registry                          correct\n"
        "\n"
        "tutorial/lost_update\n"
        "    two threads add one\n"
        "    load_then_store                          broken: invariant\n");
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == "registry/two_keys");
    CHECK(all[0].correct == std::vector<std::string>{"weak_registry", "shared_registry"});
    CHECK(all[1].id == "tutorial/lost_update");
    CHECK(all[1].correct.empty());
    CHECK(scenarios_of("").empty());
}

}  // namespace
}  // namespace revenant::harness::torture
