// Shapes that are about what threads contend for: a CAS, a mutex, an object's life.
#include <algorithm>

#include "model/generated/shapes.hpp"

namespace revenant::model::generated {

using std::memory_order;

Code cas_contention(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    const bool one_place = dice.chance(60);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        const int length = dice.from_to(1, count == 2 ? 3 : 2);
        for (int i = 0; i < length; ++i) {
            const auto places = one_place ? "x" : "xy";
            thread.push_back(dice.chance(70) ? dice.cas(places, dice.chance(30)) : dice.touch(places));
        }
        code.threads.push_back(thread);
    }
    return code;
}

// The budget of spurious failures is an object's, so that who fails first matters to the others.
Code weak_cas(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(30)) thread.push_back(dice.touch("y"));
        thread.push_back(dice.cas("x", true));
        thread.back().expected = dice.chance(75) ? 0 : 1;
        if (dice.chance(40)) {
            thread.push_back(dice.touch("xy"));
            thread.back().guard = dice.from_to(0, 1);
        }
        if (count == 2 && dice.chance(50)) thread.push_back(dice.cas("x", true));
        code.threads.push_back(thread);
    }
    return code;
}

Code raising(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(40)) thread.push_back(dice.touch("xy"));
        thread.push_back(dice.raise("x"));
        if (count == 2 && dice.chance(40)) thread.push_back(dice.touch("xy"));
        code.threads.push_back(thread);
    }
    code.threads[0][0] = dice.raise("x");
    return code;
}

// Plain data under one mutex or two; with two, sometimes in opposite orders: a deadlock.
Code critical_sections(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        const bool both = count == 2 && dice.chance(50);
        const char outer = both && dice.chance(60) ? 'n' : 'm';
        const char inner = outer == 'm' ? 'n' : 'm';
        thread.push_back(Dice::lock(outer));
        if (both) thread.push_back(Dice::lock(inner));
        thread.push_back(dice.chance(50) ? Dice::read('d') : dice.write('d'));
        if (both) thread.push_back(Dice::unlock(inner));
        if (both && dice.chance(30)) thread.push_back(dice.write('e'));
        thread.push_back(Dice::unlock(outer));
        code.threads.push_back(thread);
    }
    return code;
}

// Relaxed atomics inside critical sections and outside of them.
Code locks_and_atomics(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(35)) thread.push_back(dice.touch("xy"));
        const bool locks = t < 2 || dice.chance(50);
        if (locks) thread.push_back(Dice::lock('m'));
        thread.push_back(dice.touch("xy"));
        if (locks && dice.chance(30)) thread.push_back(dice.chance(50) ? Dice::read('d') : dice.write('d'));
        if (locks) thread.push_back(Dice::unlock('m'));
        if (dice.chance(35)) thread.push_back(dice.touch("xy"));
        code.threads.push_back(thread);
    }
    return code;
}

// Who frees is told by a count or a flag, or by nobody.
Code free_or_use(Dice& dice) {
    const auto use = [&dice] {
        const auto kind = dice.below(4);
        return kind == 0 ? Dice::read('v') : kind == 1 ? dice.write('v') : dice.touch("u");
    };
    const int count = dice.from_to(2, 3);
    const int way = dice.from_to(0, 9);
    Code code;
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (way < 6) {  // the last one out frees
            const auto order = way < 4 ? memory_order::acq_rel : dice.any_order();
            if (dice.chance(60)) thread.push_back(use());
            thread.push_back({.verb = Verb::add, .place = 'x', .operand = 1, .order = order});
            thread.push_back(Dice::only_if(count - 1, Dice::free()));
        } else if (t == 0) {
            thread.push_back(use());
            thread.push_back({.verb = Verb::store, .place = 'x', .operand = 1, .order = dice.store_order()});
        } else if (t == 1) {
            if (way < 9) thread.push_back({.verb = Verb::load, .place = 'x', .order = dice.load_order()});
            thread.push_back(way < 9 ? Dice::only_if(1, Dice::free()) : Dice::free());
            if (way == 9) code.threads[0] = {use()};
        } else {
            thread.push_back(dice.chance(50) ? use() : dice.touch("x"));
        }
        if (dice.chance(20)) thread.push_back(dice.touch("y"));
        code.threads.push_back(thread);
    }
    return code;
}

// Some threads alike, perhaps one that is not.
Code alike(Dice& dice) {
    Thread twin;
    const int length = dice.from_to(1, 3);
    for (int i = 0; i < length; ++i) twin.push_back(dice.chance(20) ? dice.fence() : dice.touch("xy"));
    if (dice.chance(25)) {
        twin.insert(twin.begin(), Dice::lock('m'));
        twin.push_back(Dice::unlock('m'));
    }
    Code code{{twin, twin}};
    if (length == 1 || dice.chance(30)) code.threads.push_back(twin);
    if (dice.chance(40)) code.threads.push_back({dice.touch("xy")});
    if (dice.chance(50)) std::rotate(code.threads.begin(), code.threads.end() - 1, code.threads.end());
    return code;
}

Code anything(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        const int length = dice.from_to(1, count == 2 ? 4 : 3);
        char held = 0;
        for (int i = 0; i < length; ++i) {
            const auto kind = dice.below(100);
            if (kind < 12 && held == 0) {
                thread.push_back(Dice::lock(held = dice.one_of("mn")));
            } else if (kind < 24) {
                thread.push_back(dice.fence());
            } else if (kind < 30) {
                thread.push_back(held != 0 && dice.chance(50) ? dice.write('d') : Dice::read('d'));
            } else if (kind < 32) {
                thread.push_back(dice.raise("xy"));
            } else if (kind < 35) {
                thread.push_back(dice.chance(50) ? Dice::free() : dice.touch("u"));
            } else {
                thread.push_back(dice.touch(dice.chance(80) ? "xy" : "xyz"));
                if (dice.chance(15)) thread.back().guard = dice.from_to(0, 1);
            }
        }
        if (held != 0) thread.push_back(Dice::unlock(held));
        code.threads.push_back(thread);
    }
    return code;
}

}  // namespace revenant::model::generated
