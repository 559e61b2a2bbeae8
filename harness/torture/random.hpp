// Random: choices that a seed decides, the same ones on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

namespace revenant::harness::torture {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// From 0 to n - 1. Requires: n > 0. By remainder: the distributions of `std` differ between libraries.
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    /// True once in so many.
    [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
    /// One of a container's elements. Requires: it is not empty.
    template <class Container>
    [[nodiscard]] const auto& pick(const Container& from) {
        return *std::next(std::begin(from), static_cast<std::ptrdiff_t>(below(std::size(from))));
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace revenant::harness::torture
