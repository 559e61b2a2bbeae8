// Annotations: what a program tells a race detector in words of its own: what comes before what, what it
// means to leave unordered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "model/native/clocks.hpp"

namespace revenant::model::native {

class Annotations {
public:
    void begin() {
        released_.clear();
        benign_.clear();
    }
    /// What has happened by now comes before what follows an `acquire` of the same address.
    void release(std::uintptr_t address, const VectorClock& happened) { released_[address].join(happened); }
    void acquire(std::uintptr_t address, VectorClock& happened) const {
        const auto found = released_.find(address);
        if (found != released_.end()) happened.join(found->second);
    }
    /// Races on these bytes are none, from now on.
    void allow_races(std::uintptr_t address, std::size_t size) { benign_.push_back({address, size}); }
    [[nodiscard]] bool is_benign(std::uintptr_t address) const {
        for (const auto& range : benign_) {
            if (address - range.address < range.size) return true;
        }
        return false;
    }

private:
    struct Range {
        std::uintptr_t address;
        std::size_t size;
    };
    std::map<std::uintptr_t, VectorClock> released_;
    std::vector<Range> benign_;
};

[[nodiscard]] inline Annotations& annotations() {
    static Annotations& instance = *new Annotations;
    return instance;
}

}  // namespace revenant::model::native
