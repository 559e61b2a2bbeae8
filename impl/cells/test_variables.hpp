// What every Platform promises of its plain data, containers, arrays and memory, as claims that hold: for the
// tests of each world. See test_atomics.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <revenant/platform.hpp>
#include "impl/cells/test_atomics.hpp"

namespace revenant {

struct point {
    int x = 0;
    int y = 0;
    friend bool operator==(const point&, const point&) = default;
};

template <class P, class Claim>
void claims_of_plain_data(Claim claim) {
    typename P::template var<int> number;
    REVENANT_CLAIM(number == 0);
    number = 7;
    number += 5;
    number -= 2;
    number *= 6;
    number /= 4;
    number %= 8;
    REVENANT_CLAIM(number == 7);
    number |= 8;
    number &= 12;
    number ^= 1;
    REVENANT_CLAIM(number == 13 && number++ == 13 && ++number == 15 && number-- == 15 && --number == 13);
    number.write() = 3;
    REVENANT_CLAIM(number.read() == 3);
    REVENANT_CLAIM(number.update([](int& n) { return n++; }) == 3 && number.get() == 4);
    typename P::template var<int> other{number};
    other += 1;
    number = other;
    REVENANT_CLAIM(number == 5);

    typename P::template var<point> where;
    where.update([](point& p) { p.y = 2; });
    REVENANT_CLAIM(where.read() == point{0, 2});
    static point points[3] = {};
    typename P::template var<point*> at = points;
    at += 2;
    REVENANT_CLAIM(at-- == points + 2 && at == points + 1);

    typename P::template var<std::string> text{"first", {"text"}};
    text = "second, and so long that it is not in the string itself";
    text += "!";
    REVENANT_CLAIM(text.get().back() == '!' && text.read().size() == 56);
    text.set("third");
    REVENANT_CLAIM(text.update([](std::string& t) { return t += "?"; }) == "third?");
    const std::string copy = text;
    REVENANT_CLAIM(copy == "third?");
    typename P::template var<std::vector<int>> list{{1, 2}};
    list.write().push_back(3);
    REVENANT_CLAIM(list.read().size() == 3);
    typename P::template var<std::unique_ptr<int>> owner{std::make_unique<int>(1)};
    owner = std::make_unique<int>(2);
    REVENANT_CLAIM(*owner.read() == 2);
}

template <class P, class Claim>
void claims_of_containers(Claim claim) {
    typename P::template guarded<std::unordered_map<int, std::string>> entries{cell_name{"entries"}};
    entries.write().emplace(1, "one");
    REVENANT_CLAIM(entries.read().size() == 1 && entries.read().at(1) == "one");
    REVENANT_CLAIM(entries.update([](auto& map) { return map.erase(1); }) == 1);
    typename P::template guarded<std::vector<int>> list{cell_name{"list"}, 3u, 7};
    REVENANT_CLAIM(list.read() == std::vector{7, 7, 7});

    using Pair = std::pair<const int, std::string>;
    using Nodes = typename P::template allocator<Pair>;
    using Map = std::map<int, std::string, std::less<>, Nodes>;
    Map map{Nodes{"entry"}};
    for (int i = 0; i < 5; ++i) map.emplace(i, "value");
    map.erase(2);
    auto moved = std::move(map);
    REVENANT_CLAIM(moved.size() == 4 && moved.get_allocator() == Nodes{"entry"});
}

struct alignas(64) cache_line {
    char data[64] = {};
    [[nodiscard]] bool is_aligned() const { return reinterpret_cast<std::uintptr_t>(this) % 64 == 0; }
};

template <class P, class Claim>
void claims_of_arrays_and_memory(Claim claim) {
    typename P::template atomic<int> plain[4];
    std::array<typename P::template atomic<int>, 4> array{};
    cell_array<typename P::template atomic<int>, 4> named{"slot", 1};
    cell_array<typename P::template var<std::string>, 2> texts{"text", "none"};
    for (std::size_t i = 0; i < 4; ++i) plain[i] = array[i] += named[i] += static_cast<int>(i);
    REVENANT_CLAIM(plain[3] == 4 && array[2] == 3 && named[0] == 1 && named.size() == 4);
    int sum = 0;
    for (auto& cell : named) sum += cell;
    REVENANT_CLAIM(sum == 10 && texts[1].read() == "none");

    auto* const line = P::template make<cache_line>("line");
    auto* const next = P::template make<cache_line>("line");
    REVENANT_CLAIM(line->is_aligned() && next->is_aligned());
    P::destroy(line);
    P::destroy(next);
    std::vector<cache_line, typename P::template allocator<cache_line>> lines(3);
    REVENANT_CLAIM(lines[0].is_aligned() && lines[2].is_aligned());
}

template <class P, class Claim>
void claims_of_variables(Claim claim) {
    claims_of_plain_data<P>(claim);
    claims_of_containers<P>(claim);
    claims_of_arrays_and_memory<P>(claim);
}

}  // namespace revenant
