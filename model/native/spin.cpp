#include "model/native/spin.hpp"

#include "model/native/atomics.hpp"
#include "model/native/layout.hpp"

namespace revenant::model::native {
namespace {

// The registers that a call preserves lie just below the frame, and what calls it is above: entry_atomic.cpp
// is compiled so.
constexpr std::size_t registers_below = 5 * sizeof(std::uint64_t);

std::uint64_t state_of(int thread, const void* frame) {
    const auto* word =
        reinterpret_cast<const std::uint64_t*>(static_cast<const char*>(frame) - registers_below);
    const auto* const end = reinterpret_cast<const std::uint64_t*>(stack_of(thread) + stack_size);
    std::uint64_t state = 0xcbf2'9ce4'8422'2325;
    for (; word < end; ++word) {
        state = (state ^ *word) * 0x9e37'79b9'7f4a'7c15;
        state ^= state >> 29;
    }
    return state;
}

}  // namespace

Spin& spin() {
    static Spin& instance = *new Spin;
    return instance;
}

void Spin::begin() {
    for (auto& thread : threads_) {
        thread.places.clear();
        thread.reads.clear();
    }
}

void Spin::saw(int thread, CellId cell, std::uint32_t changes) {
    threads_[static_cast<std::size_t>(thread)].reads.push_back({cell, changes});
}

// The state is looked at from the second visit on: most code never comes back.
bool Spin::goes_round(int thread, std::uintptr_t place, const void* frame) {
    auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.places.empty()) own.reads.clear();
    for (auto& known : own.places) {
        if (known.place != place) continue;
        const auto state = state_of(thread, frame);
        const bool is_same = ++known.visits > 2 && known.state == state;
        own.since = known.reads;
        known.state = state;
        known.reads = own.reads.size();
        return is_same && !may_go_on(thread);
    }
    own.places.push_back({place, 1, 0, own.reads.size()});
    return false;
}

bool Spin::may_go_on(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    for (auto i = own.since; i < own.reads.size(); ++i) {
        if (atomics().changes_of(own.reads[i].cell) != own.reads[i].changes) return true;
    }
    return own.since == own.reads.size();
}

CellId Spin::waits_for(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    for (auto i = own.since; i < own.reads.size(); ++i) {
        if (own.reads[i].cell != own.reads[own.since].cell) return no_id;
    }
    return own.reads[own.since].cell;
}

}  // namespace revenant::model::native
