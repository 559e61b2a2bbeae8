#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "impl/http/soak_report.hpp"

namespace revenant::http {
namespace {

std::vector<SoakSample> with_memory(const std::vector<long>& kib) {
    std::vector<SoakSample> samples;
    for (const long held : kib) {
        samples.push_back({.requests = 10 * (static_cast<int>(samples.size()) + 1), .resident_kib = held});
    }
    return samples;
}

TEST_CASE("the table of a soak has every value of every sample, under its name") {
    CHECK(csv_of({{16, 2000, 30, 3, 2, 1}, {32, 2001, 31, 0, 0, 0}}) ==
          "requests,resident_kib,descriptors,pooled,cached,interned\n"
          "16,2000,30,3,2,1\n"
          "32,2001,31,0,0,0\n");
}

TEST_CASE("the drawing of a soak has both lines, from 0 to the highest value") {
    const std::string svg = svg_of({{10, 500, 40, 0, 0, 0}, {20, 1000, 20, 0, 0, 0}});
    CHECK(svg.find("d=\"M410 115L740 40\"") != std::string::npos);   // half, then all of the room above 190
    CHECK(svg.find("d=\"M410 260L740 335\"") != std::string::npos);  // all, then half of that above 410
    CHECK(svg.find(">1000</text>") != std::string::npos);
    CHECK(svg.find(">40</text>") != std::string::npos);
    CHECK(svg.find(">20 requests</text>") != std::string::npos);
    CHECK(svg_of({}).find("</svg>") != std::string::npos);
}

TEST_CASE("what a soak holds has grown if the end lies above the middle, whatever its start and its peaks") {
    CHECK(resident_growth_kib(with_memory({1, 1, 1, 900, 900, 900, 901, 899, 900, 900, 5000, 900})) == 0);
    CHECK(resident_growth_kib(with_memory({1, 2, 3, 4, 5, 6, 7, 8})) == 4);
    CHECK(resident_growth_kib(with_memory({8, 7, 6, 5, 4, 3, 2, 1})) == -4);
    CHECK(resident_growth_kib(with_memory({1, 2, 3})) == 0);
    CHECK(resident_growth_kib({}) == 0);
}

}  // namespace
}  // namespace revenant::http
