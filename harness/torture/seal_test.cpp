#include "harness/torture/seal.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "reports/case.hpp"
#include "reports/results.hpp"

namespace revenant::harness::torture {
namespace {

std::string tree(const std::string& name) {
    std::ifstream in(REVENANT_SOURCE_ROOT "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string with(std::string text, const std::string& old, const std::string& fresh) {
    REQUIRE(text.find(old) != text.npos);
    return text.replace(text.find(old), old.size(), fresh);
}

TEST_CASE("a damaged case that is sealed gets past the checksum") {
    const auto damaged = with(tree("reports/bugs/bun-27838/bun-27838.case"), "threads: 2", "threads: 9");
    CHECK(reports::parse_case(damaged).error().find("checksum") != std::string::npos);
    const auto parsed = reports::parse_case(sealed_case(damaged));
    CHECK((parsed || parsed.error().find("checksum") == std::string::npos));
}

TEST_CASE("a damaged share that is sealed is read") {
    const auto damaged = with(tree("reports/fuzz/results-corpus/share.json"), "91", "92");
    CHECK_FALSE(reports::parse_results(damaged));
    CHECK(reports::parse_results(sealed_results(damaged)));
}

TEST_CASE("a checkpoint gets other work, and keeps the search that it is of") {
    const auto whole = tree("harness/search/fuzz/corpus/whole.json");
    REQUIRE(work_of(whole).starts_with("work "));
    CHECK(work_of(sealed_checkpoint(whole, "work 1")) == "work 1");
    CHECK(sealed_checkpoint(whole, work_of(whole)) == whole);
    CHECK(sealed_checkpoint("{", "work 1") == "{");
}

}  // namespace
}  // namespace revenant::harness::torture
