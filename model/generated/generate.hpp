// generate: small programs from a seed, by class. Random programs alone once missed a dropped rule that a
// class made for it (store buffering around fences) caught at once.
//
// Deterministic: std::mt19937 and remainders, which are the same in every library.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include "model/generated/code.hpp"

namespace revenant::model::generated {

class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    /// The next program; the classes take turns.
    [[nodiscard]] Code next();
    /// The class of the last one.
    [[nodiscard]] std::string_view class_name() const;

private:
    std::mt19937 random_;
    std::size_t turn_ = 0;
};

[[nodiscard]] std::size_t class_count();

}  // namespace revenant::model::generated
