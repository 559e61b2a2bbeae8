#include <catch2/catch.hpp>

#include <lost_update.hpp>

TEST_CASE("both additions count") { CHECK(lost_update()); }
