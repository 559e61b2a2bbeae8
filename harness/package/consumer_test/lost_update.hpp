// A race in a few lines, for tests of two frameworks. WRONG ON PURPOSE: an update is lost.
#pragma once

#include <revenant/check.hpp>

inline auto lost_update() {
    using P = revenant::world;
    return revenant::check<P>(2, [](auto& s) {
        auto& number = s.template make<P::atomic<int>>("number", 0);
        s.threads(2, "add", [&] { number.store(number.load() + 1); });
        s.at_end([&] { s.require(number.load() == 2, "both count"); });
    });
}
