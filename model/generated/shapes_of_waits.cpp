// Shapes that are about what threads wait for, or ask whether they would have to.
#include "model/generated/shapes.hpp"

namespace revenant::model::generated {
namespace {

Statement on(Verb verb, char place) { return {.verb = verb, .place = place}; }

// Something that tells in which order critical sections came.
Statement inside(Dice& dice) {
    switch (dice.below(4)) {
        case 0: return Dice::read('d');
        case 1: return dice.write('d');
        default: return dice.touch("x");
    }
}

void add_section(Dice& dice, Thread& thread, Verb verb, char place) {
    const bool tries = verb == Verb::try_lock || verb == Verb::try_lock_shared;
    thread.push_back(on(verb, place));
    auto does = inside(dice);
    if (tries && (does.verb == Verb::read || does.verb == Verb::write || dice.chance(50))) does.guard = 1;
    thread.push_back(does);
    thread.push_back(on(Verb::unlock, place));
}

}  // namespace

Code tries(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    const bool recursive = dice.chance(25);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(35)) thread.push_back(dice.touch("xy"));
        const char place = recursive ? 'r' : dice.chance(80) ? 'm' : 'n';
        add_section(dice, thread, t == 0 || dice.chance(50) ? Verb::try_lock : Verb::lock, place);
        if (count == 2 && dice.chance(30)) {
            thread.push_back(on(Verb::try_lock, place));
            thread.push_back(on(Verb::unlock, place));
        }
        if (recursive && dice.chance(40)) {
            thread.insert(thread.begin(), on(Verb::lock, 'r'));
            thread.push_back(on(Verb::unlock, 'r'));
        }
        code.threads.push_back(thread);
    }
    return code;
}

// Both at once, beside who takes one, or both one by one: in one of two orders, or with a try.
Code several_at_once(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(25)) thread.push_back(dice.touch("xy"));
        const auto way = t == 0 ? 0 : dice.below(4);
        if (way == 0) {
            add_section(dice, thread, Verb::lock, 'b');
        } else if (way == 1) {
            add_section(dice, thread, dice.chance(70) ? Verb::lock : Verb::try_lock, dice.one_of("mn"));
        } else {
            const char outer = dice.one_of("mn");
            thread.push_back(on(Verb::lock, outer));
            add_section(dice, thread, way == 2 ? Verb::lock : Verb::try_lock, outer == 'm' ? 'n' : 'm');
            thread.push_back(on(Verb::unlock, outer));
        }
        code.threads.push_back(thread);
    }
    return code;
}

Code sharing(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(30)) thread.push_back(dice.touch("xy"));
        constexpr Verb ways[] = {Verb::lock,     Verb::lock,        Verb::lock_shared,    Verb::lock_shared,
                                 Verb::try_lock, Verb::lock_shared, Verb::try_lock_shared};
        const auto sections = count == 2 && dice.chance(40) ? 2 : 1;
        for (int i = 0; i < sections; ++i) add_section(dice, thread, ways[dice.below(7)], 's');
        code.threads.push_back(thread);
    }
    return code;
}

// Somebody waits: for a flag under the mutex, or for the notification alone; somebody notifies, or not.
Code conditions(Dice& dice) {
    Code code;
    const int count = dice.chance(70) ? 2 : 3;
    const auto wait = dice.chance(60) ? Verb::wait : Verb::wait_for;
    const bool tried = dice.chance(20);
    for (int t = 0; t < count; ++t) {
        Thread thread{on(tried && dice.chance(50) ? Verb::try_lock : Verb::lock, 'm')};
        const auto notify = on(dice.chance(60) ? Verb::notify_one : Verb::notify_all, 'c');
        const bool waits = t == 1 || (t == 2 && dice.chance(60));
        if (waits) {
            thread.push_back(dice.load("x"));
            auto waiting = on(t == 1 ? wait : Verb::wait_for, 'c');
            if (dice.chance(75)) waiting.guard = 0;
            thread.push_back(waiting);
            if (dice.chance(30)) thread.push_back(notify);
        } else {
            thread.push_back(dice.store("x"));
            if (dice.chance(60)) thread.push_back(notify);
        }
        thread.push_back(on(Verb::unlock, 'm'));
        if (!waits && (thread.size() < 4 || dice.chance(20))) thread.push_back(notify);
        code.threads.push_back(thread);
    }
    return code;
}

// Some count a latch down after what they do, some wait for it before; one may do both. Or there are two
// latches, and what is done to them, in any order, may be inside of a critical section.
Code latched(Dice& dice) {
    Code code;
    const bool are_two = dice.chance(30);
    const int count = dice.chance(60) ? 2 : 3;
    for (int t = 0; t < count; ++t) {
        Thread thread;
        const char first = are_two ? dice.one_of("kl") : 'l';
        const char second = are_two ? dice.one_of("kl") : 'l';
        const bool counts = t == 0 || dice.chance(40);
        const bool waits = t == 1 || (t == 2 && dice.chance(60));
        const bool locks = are_two && dice.chance(25);
        if (counts || dice.chance(30)) thread.push_back(inside(dice));
        if (locks) thread.push_back(on(Verb::lock, 'm'));
        if (counts) {
            auto counting = on(Verb::count_down, first);
            if (dice.chance(10)) counting.guard = 0;
            thread.push_back(counting);
        } else if (dice.chance(25)) {
            thread.push_back(on(Verb::count_nothing, first));
        }
        if (waits) thread.push_back(on(Verb::await, second));
        if (locks) thread.push_back(on(Verb::unlock, 'm'));
        if (waits || thread.empty() || dice.chance(30)) thread.push_back(inside(dice));
        if (are_two && t == 0 && count == 2) thread.push_back(on(Verb::count_down, second));
        code.threads.push_back(thread);
    }
    return code;
}

Code done_once(Dice& dice) {
    Code code;
    const int count = dice.from_to(2, 3);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(40)) thread.push_back(dice.touch("xy"));
        if (t < 2 || dice.chance(50)) thread.push_back(on(Verb::once, 'o'));
        if (thread.empty() || dice.chance(40)) thread.push_back(dice.touch("xy"));
        if (count == 2 && dice.chance(25)) thread.push_back(on(Verb::once, 'o'));
        code.threads.push_back(thread);
    }
    return code;
}

}  // namespace revenant::model::generated
