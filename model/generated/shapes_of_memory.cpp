// Shapes that are about who sees which store: orders, fences, stale reads.
#include <algorithm>

#include "model/generated/shapes.hpp"

namespace revenant::model::generated {

using std::memory_order;

namespace {

constexpr std::string_view xyz = "xyz";

std::string_view single(std::size_t i) { return xyz.substr(i % xyz.size(), 1); }

}  // namespace

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
        const auto from = single(static_cast<std::size_t>(t) + 2);
        const auto to = single(static_cast<std::size_t>(t));
        code.threads.push_back(t == 0 ? Thread{dice.store(to)} : Thread{dice.load(from), dice.store(to)});
    }
    if (dice.chance(50)) code.threads[dice.below(3)] = {dice.touch(xyz)};
    std::rotate(code.threads.begin(), code.threads.begin() + dice.from_to(0, count - 1), code.threads.end());
    return code;
}

// Flags in a word: each thread changes some of them, sometimes because of what it saw, and what was written
// before may be published by them.
Code bits(Dice& dice) {
    Code code;
    const int count = dice.chance(70) ? 2 : 3;
    for (int t = 0; t < count; ++t) {
        Thread thread;
        if (dice.chance(40)) thread.push_back(dice.store("y"));
        thread.push_back(dice.bits("x"));
        if (count == 2 || dice.chance(30))
            thread.push_back(dice.chance(60) ? dice.bits("x") : dice.touch("xy"));
        if (dice.chance(50)) thread.push_back(Dice::only_if(dice.from_to(1, 2), dice.load("y")));
        code.threads.push_back(thread);
    }
    return code;
}

}  // namespace revenant::model::generated
