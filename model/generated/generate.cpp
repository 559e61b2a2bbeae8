#include "model/generated/generate.hpp"

#include <algorithm>

#include "model/generated/dice.hpp"
#include "model/generated/edit.hpp"

namespace revenant::model::generated {
namespace {

using std::memory_order;

// What `full` can do in executions_max, stale reads and spurious failures included.
constexpr double interleavings_max = 3'500;

constexpr std::string_view xyz = "xyz";

std::string_view single(std::size_t i) { return xyz.substr(i % xyz.size(), 1); }

// Each stores to its own place and loads the next one's; between the two, often, a fence.
Code store_buffering(Dice& dice) {
    Code code;
    const auto count = static_cast<std::size_t>(dice.from_to(2, 3));
    const bool all_fenced = dice.chance(60);
    for (std::size_t t = 0; t < count; ++t) {
        Thread thread{dice.store(single(t))};
        if (all_fenced || dice.chance(40)) {
            thread.push_back(dice.chance(75) ? Dice::fence(memory_order::seq_cst) : dice.fence());
        }
        thread.push_back(dice.load(single((t + 1) % count)));
        if (count == 2 && dice.chance(30)) thread.push_back(dice.touch("xy"));
        code.threads.push_back(thread);
    }
    return code;
}

// Relaxed operations with a seq_cst fence somewhere among each thread's: which fence comes first decides
// what is stale, where no operation's order tells which came first.
Code fenced(Dice& dice) {
    Code code;
    const int count = dice.chance(75) ? 2 : 3;
    const bool writes_then_reads = dice.chance(50);
    for (int t = 0; t < count; ++t) {
        Thread thread;
        const int length = count == 2 ? dice.from_to(2, 3) : dice.from_to(1, 2);
        for (int i = 0; i < length; ++i) {
            const auto place = writes_then_reads ? single(static_cast<std::size_t>((i + t) % 2)) : "xy";
            const bool loads = writes_then_reads ? t == 1 : dice.chance(50);
            thread.push_back(loads ? dice.load(place) : dice.store(place));
            if (dice.chance(75)) thread.back().order = memory_order::relaxed;
        }
        thread.insert(thread.begin() + dice.from_to(0, length), Dice::fence(memory_order::seq_cst));
        code.threads.push_back(thread);
    }
    return code;
}

// A value, then a flag; the flag, then the value. Sometimes through a third thread.
Code message_passing(Dice& dice) {
    Thread writer{dice.store("x")};
    if (dice.chance(30)) writer.push_back(dice.fence());
    writer.push_back(dice.chance(70) ? dice.store("y") : dice.add("y"));
    Thread reader{dice.load("y")};
    if (dice.chance(30)) reader.push_back(dice.fence());
    reader.push_back(dice.load("x"));
    Code code{{writer, reader}};
    if (dice.chance(30)) {
        code.threads[1][0].place = 'z';
        code.threads.push_back({dice.load("y"), dice.store("z")});
    } else if (dice.chance(40)) {
        code.threads.push_back({dice.touch("xy")});
    }
    return code;
}

// Plain data behind a flag: some orders publish it, with others the program is broken.
Code publication(Dice& dice) {
    const bool rightly = dice.chance(65);
    Thread writer{dice.write('d')};
    Thread reader{dice.load("x")};
    writer.push_back({.verb = Verb::store, .place = 'x', .operand = 1, .order = dice.store_order()});
    if (rightly) {
        writer[1].order = dice.order({memory_order::release, memory_order::seq_cst});
        reader[0].order = dice.order({memory_order::acquire, memory_order::seq_cst});
    } else if (dice.chance(50)) {
        writer.insert(writer.begin() + 1, dice.fence());
        reader.push_back(dice.fence());
    }
    reader.push_back(Dice::only_if(1, Dice::read('d')));
    if (dice.chance(30)) reader.back() = Dice::only_if(1, dice.write('d'));
    if (dice.chance(30)) writer.push_back(dice.touch("yz"));
    if (dice.chance(30)) reader.insert(reader.begin(), dice.touch("yz"));
    Code code{{writer, reader}};
    if (dice.chance(35)) code.threads.push_back(dice.chance(50) ? reader : Thread{dice.touch("xy")});
    return code;
}

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
        if (dice.chance(40)) thread.push_back(Dice::only_if(dice.from_to(0, 1), dice.touch("xy")));
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

// One or two write a place several times, the others look at it several times: what may be stale, when.
Code coherence(Dice& dice) {
    Thread writer{dice.store("x"), dice.store("x")};
    if (dice.chance(40)) writer.push_back(dice.store("y"));
    Thread reader{dice.load("x"), dice.load("x")};
    if (dice.chance(40)) reader.insert(reader.begin(), dice.load("y"));
    Code code{{writer, reader}};
    if (dice.chance(40)) code.threads.push_back({dice.touch("x")});
    return code;
}

// Four threads of an operation or two: two write, two look (IRIW and its kin), or any.
Code four_threads(Dice& dice) {
    Code code;
    if (dice.chance(40)) {
        code = {{{dice.store("x")}, {dice.store("y")}, {dice.load("x"), dice.load("y")}, {dice.load("y")}}};
        if (dice.chance(40)) code.threads[2].insert(code.threads[2].begin() + 1, dice.fence());
    } else {
        for (int t = 0; t < 4; ++t) code.threads.push_back({dice.touch(t < 2 ? "x" : "xy")});
        code.threads[dice.below(4)].push_back(dice.touch("xy"));
    }
    return code;
}

// Chains from thread to thread, each link a load and a store: who may go first after a race is turned.
Code chain(Dice& dice) {
    Code code;
    const int count = dice.from_to(3, 4);
    for (int t = 0; t < count; ++t) {
        const auto from = single(static_cast<std::size_t>(t + 2));
        const auto to = single(static_cast<std::size_t>(t));
        code.threads.push_back(t == 0 ? Thread{dice.store(to)} : Thread{dice.load(from), dice.store(to)});
    }
    if (dice.chance(50)) code.threads[dice.below(3)] = {dice.touch(xyz)};
    std::rotate(code.threads.begin(), code.threads.begin() + dice.from_to(0, count - 1), code.threads.end());
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

struct Class {
    std::string_view name;
    Code (*make)(Dice&);
};
constexpr Class classes[] = {
    {"store buffering", store_buffering},
    {"seq_cst fences", fenced},
    {"message passing", message_passing},
    {"publication", publication},
    {"CAS contention", cas_contention},
    {"weak CAS", weak_cas},
    {"raising", raising},
    {"critical sections", critical_sections},
    {"locks and atomics", locks_and_atomics},
    {"free or use", free_or_use},
    {"threads alike", alike},
    {"coherence", coherence},
    {"four threads", four_threads},
    {"chain", chain},
    {"anything", anything},
};

}  // namespace

Code Generator::next() {
    Dice dice(random_);
    return cut_to(interleavings_max, classes[turn_++ % std::size(classes)].make(dice));
}

std::string_view Generator::class_name() const {
    return classes[(turn_ + std::size(classes) - 1) % std::size(classes)].name;
}

std::size_t class_count() { return std::size(classes); }

}  // namespace revenant::model::generated
