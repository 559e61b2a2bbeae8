// What every Platform promises of its atomics, as claims that hold: for the tests of each world. A claim is
// an expression, and is its own name.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include <revenant/platform.hpp>

namespace revenant {

enum class light : std::int16_t { red = -1, green = 1 };

#define REVENANT_CLAIM(...) claim((__VA_ARGS__), #__VA_ARGS__)

/// `claim(holds, text)` is called for each.
template <class P, class Claim>
void claims_of_numbers(Claim claim) {
    typename P::template atomic<int> number;
    REVENANT_CLAIM(number == 0);
    number.store(-5);
    REVENANT_CLAIM(number.load() == -5);
    REVENANT_CLAIM(number.fetch_add(2) == -5);
    REVENANT_CLAIM(number.fetch_sub(-7) == -3);
    REVENANT_CLAIM(number.exchange(12) == 4);
    REVENANT_CLAIM(number.fetch_or(3) == 12);
    REVENANT_CLAIM(number.fetch_and(-2) == 15);
    REVENANT_CLAIM(number.fetch_xor(6) == 14);
    REVENANT_CLAIM(number == 8);

    typename P::template atomic<std::uint8_t> small = std::uint8_t{255};
    REVENANT_CLAIM(small.fetch_add(1) == 255 && small == 0);
    REVENANT_CLAIM(small.fetch_sub(1) == 0 && small == 255);
    typename P::template atomic<std::int8_t> smaller{std::int8_t{127}};
    REVENANT_CLAIM(++smaller == -128);
    typename P::template atomic<std::uint16_t> short_one;
    REVENANT_CLAIM(--short_one == 65535);
    typename P::template atomic<std::int64_t> wide{std::numeric_limits<std::int64_t>::min()};
    REVENANT_CLAIM(wide-- == std::numeric_limits<std::int64_t>::min());
    REVENANT_CLAIM(wide == std::numeric_limits<std::int64_t>::max());
    typename P::template atomic<double> real = 1.5;
    REVENANT_CLAIM(real.fetch_add(0.25) == 1.5 && real == 1.75);
}

template <class P, class Claim>
void claims_of_operators(Claim claim) {
    typename P::template atomic<int> number = 1;
    REVENANT_CLAIM((number = 7) == 7);
    REVENANT_CLAIM(++number == 8 && number++ == 8 && number == 9);
    REVENANT_CLAIM(--number == 8 && number-- == 8 && number == 7);
    REVENANT_CLAIM((number += 5) == 12 && (number -= 4) == 8);
    REVENANT_CLAIM((number |= 3) == 11 && (number &= 10) == 10 && (number ^= 2) == 8);
    const int copy = number;
    REVENANT_CLAIM(copy == 8);
    typename P::template atomic<bool> is_set;
    REVENANT_CLAIM(!is_set && (is_set = true) && is_set);
    REVENANT_CLAIM(is_set.exchange(false) && !is_set);
    using Number = typename P::template atomic<int>;
    static_assert(!std::is_copy_constructible_v<Number> && !std::is_assignable_v<Number&, Number&>);
    static_assert(Number::is_always_lock_free && std::is_same_v<typename Number::value_type, int>);
    REVENANT_CLAIM(number.is_lock_free());
}

template <class P, class Claim>
void claims_of_enums_and_pointers(Claim claim) {
    typename P::template atomic<light> traffic{light::red};
    REVENANT_CLAIM(traffic.exchange(light::green) == light::red && traffic == light::green);
    auto seen = light::red;
    REVENANT_CLAIM(!traffic.compare_exchange_strong(seen, light::red) && seen == light::green);
    REVENANT_CLAIM(traffic.compare_exchange_strong(seen, light::red) && traffic == light::red);

    static std::int64_t array[4] = {};
    typename P::template atomic<std::int64_t*> at = array;
    REVENANT_CLAIM(at.fetch_add(3) == array && at == array + 3);
    REVENANT_CLAIM(at.fetch_sub(1) == array + 3 && at == array + 2);
    REVENANT_CLAIM(++at == array + 3 && at-- == array + 3 && (at -= 2) == array);
    at = nullptr;
    REVENANT_CLAIM(at.load() == nullptr);
}

template <class P, class Claim>
void claims_of_compare_exchange(Claim claim) {
    using std::memory_order;
    typename P::template atomic<int> number = 1;
    int seen = 2;
    REVENANT_CLAIM(!number.compare_exchange_strong(seen, 9, memory_order::acq_rel) && seen == 1);
    REVENANT_CLAIM(number.compare_exchange_strong(seen, 3, memory_order::release) && number == 3);
    REVENANT_CLAIM(!number.compare_exchange_weak(seen, 9) && seen == 3);
    while (!number.compare_exchange_weak(seen, 4, memory_order::acquire)) continue;
    REVENANT_CLAIM(number == 4);
    static_assert(order_of_failure(memory_order::acq_rel) == memory_order::acquire);
    static_assert(order_of_failure(memory_order::release) == memory_order::relaxed);
    static_assert(order_of_failure(memory_order::seq_cst) == memory_order::seq_cst);
}

template <class P, class Claim>
void claims_of_flags_and_counts(Claim claim) {
    typename P::atomic_flag flag;
    REVENANT_CLAIM(!flag.test() && !flag.test_and_set());
    REVENANT_CLAIM(flag.test_and_set(std::memory_order::acquire) && flag.test());
    flag.clear(std::memory_order::release);
    REVENANT_CLAIM(!flag.test());

    typename P::template strong_count<int> refs{1};
    REVENANT_CLAIM(++refs == 2 && refs.fetch_sub(1) == 2 && (refs += -1) == 0);
    typename P::template weak_count<std::uint16_t> weak;
    REVENANT_CLAIM(weak == 0 && (weak = std::uint16_t{3}) == 3);
}

template <class P, class Claim>
void claims_of_atomics(Claim claim) {
    claims_of_numbers<P>(claim);
    claims_of_operators<P>(claim);
    claims_of_enums_and_pointers<P>(claim);
    claims_of_compare_exchange<P>(claim);
    claims_of_flags_and_counts<P>(claim);
}

}  // namespace revenant
