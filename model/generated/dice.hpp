// Dice: the random choices that programs are made of. Throw once for each argument list: the order in which
// a compiler throws for several is its own.
#pragma once

#include <initializer_list>
#include <random>
#include <string_view>

#include "model/generated/code.hpp"

namespace revenant::model::generated {

class Dice {
public:
    explicit Dice(std::mt19937& random) : random_(random) {}

    [[nodiscard]] unsigned below(unsigned count) { return static_cast<unsigned>(random_() % count); }
    [[nodiscard]] int from_to(int low, int high) {
        return low + static_cast<int>(below(static_cast<unsigned>(high - low + 1)));
    }
    [[nodiscard]] bool chance(unsigned percent) { return below(100) < percent; }
    [[nodiscard]] char one_of(std::string_view places) {
        return places[below(static_cast<unsigned>(places.size()))];
    }
    [[nodiscard]] std::memory_order order(std::initializer_list<std::memory_order> orders) {
        return orders.begin()[below(static_cast<unsigned>(orders.size()))];
    }

    [[nodiscard]] std::memory_order load_order() {
        return order({std::memory_order::relaxed, std::memory_order::relaxed, std::memory_order::acquire,
                      std::memory_order::seq_cst});
    }
    [[nodiscard]] std::memory_order store_order() {
        return order({std::memory_order::relaxed, std::memory_order::relaxed, std::memory_order::release,
                      std::memory_order::seq_cst});
    }
    [[nodiscard]] std::memory_order any_order() {
        return order({std::memory_order::relaxed, std::memory_order::acquire, std::memory_order::release,
                      std::memory_order::acq_rel, std::memory_order::seq_cst});
    }
    [[nodiscard]] Statement load(std::string_view places) {
        return {.verb = Verb::load, .place = one_of(places), .order = load_order()};
    }
    [[nodiscard]] Statement store(std::string_view places) {
        return {
            .verb = Verb::store, .place = one_of(places), .operand = from_to(1, 2), .order = store_order()};
    }
    [[nodiscard]] Statement add(std::string_view places) {
        return {.verb = Verb::add, .place = one_of(places), .operand = 1, .order = any_order()};
    }
    /// Sets, keeps or turns round some of the bits 1 and 2.
    [[nodiscard]] Statement bits(std::string_view places) {
        constexpr Verb verbs[] = {Verb::bit_or, Verb::bit_and, Verb::bit_xor};
        const auto verb = verbs[below(3)];
        return {.verb = verb, .place = one_of(places), .operand = from_to(1, 3), .order = any_order()};
    }
    [[nodiscard]] Statement exchange(std::string_view places) {
        return {
            .verb = Verb::exchange, .place = one_of(places), .operand = from_to(1, 2), .order = any_order()};
    }
    [[nodiscard]] Statement cas(std::string_view places, bool weak) {
        return {.verb = weak ? Verb::cas_weak : Verb::cas_strong,
                .place = one_of(places),
                .expected = from_to(0, 1),
                .operand = from_to(1, 2),
                .order = any_order(),
                .failure_order = load_order()};
    }
    [[nodiscard]] Statement raise(std::string_view places) {
        return {.verb = Verb::raise,
                .place = one_of(places),
                .order = any_order(),
                .failure_order = load_order()};
    }
    [[nodiscard]] Statement fence() { return {.verb = Verb::fence, .order = any_order()}; }
    [[nodiscard]] static Statement fence(std::memory_order order) {
        return {.verb = Verb::fence, .order = order};
    }
    [[nodiscard]] static Statement lock(char mutex) { return {.verb = Verb::lock, .place = mutex}; }
    [[nodiscard]] static Statement unlock(char mutex) { return {.verb = Verb::unlock, .place = mutex}; }
    [[nodiscard]] static Statement read(char place) { return {.verb = Verb::read, .place = place}; }
    [[nodiscard]] Statement write(char place) {
        return {.verb = Verb::write, .place = place, .operand = from_to(1, 2)};
    }
    [[nodiscard]] static Statement free() { return {.verb = Verb::free}; }
    [[nodiscard]] static Statement only_if(int result, Statement statement) {
        statement.guard = result;
        return statement;
    }

    /// An operation on one of the atomics.
    [[nodiscard]] Statement touch(std::string_view places) {
        switch (below(8)) {
            case 0:
            case 1:
            case 2: return load(places);
            case 3:
            case 4: return store(places);
            case 5: return add(places);
            case 6: return exchange(places);
            default: return cas(places, chance(50));
        }
    }

private:
    std::mt19937& random_;
};

}  // namespace revenant::model::generated
