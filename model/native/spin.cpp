#include "model/native/spin.hpp"

#include <algorithm>

#include "model/native/layout.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

// The registers that a call preserves lie just below the frame, and what calls it is above: entry_atomic.cpp
// is compiled so.
constexpr std::size_t registers_below = 5 * sizeof(std::uint64_t);

constexpr unsigned idle_rounds_max = 2;
constexpr std::size_t places_max = 64;
constexpr std::size_t looked_at_max = 4096;  // bytes of a stack, where nobody has been before

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

std::uint64_t bytes_at(std::uintptr_t address, std::size_t size) {
    const auto* const from = reinterpret_cast<const unsigned char*>(address);
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < size; ++i) bytes = bytes << 8 | from[i];
    return bytes;
}

}  // namespace

constinit Everlasting<Spin> the_spin;

void Spin::begin() {
    for (auto& thread : threads_) {
        thread.places.clear();
        thread.reads.clear();
        thread.writes = 0;
        thread.written_count = 0;
        thread.was_last = false;
        thread.failed = {};
    }
    changes_ = 0;
}

// Where there is no place yet that the thread may come back to, it need not be known what it changes.
void Spin::writes(int thread, std::uintptr_t address, std::size_t size) {
    auto& own = threads_[static_cast<std::size_t>(thread)];
    const bool is_known =
        std::any_of(own.written.begin(), own.written.begin() + static_cast<std::ptrdiff_t>(own.written_count),
                    [&](const Written& one) { return one.address == address && one.size == size; });
    if (is_known) return;
    if (own.places.empty() || size > sizeof(std::uint64_t) || own.written_count == written_max) {
        own.written_count = 0;
        return changed(thread);
    }
    own.written[own.written_count++] = {address, size, bytes_at(address, size)};
}

// What it has written since its last step, nobody else can have seen meanwhile.
void Spin::settle(int thread) {
    auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.written_count == 0) return;
    const bool is_same =
        std::all_of(own.written.begin(), own.written.begin() + static_cast<std::ptrdiff_t>(own.written_count),
                    [](const Written& one) { return bytes_at(one.address, one.size) == one.before; });
    own.written_count = 0;
    if (!is_same) changed(thread);
}

void Spin::found_another(int thread, std::uintptr_t expected) {
    const bool is_own = expected - stack_of(thread) < stack_size;
    if (!is_own) changed(thread);
}

void Spin::failed_for_nothing(int thread, std::uintptr_t place, const void* frame) {
    if (frame == nullptr) return;
    changed(thread);
    auto& own = threads_[static_cast<std::size_t>(thread)];
    own.failed = {place, state_of(thread, frame), own.writes};
}

bool Spin::tries_again(int thread, std::uintptr_t place, const void* frame) {
    auto& own = threads_[static_cast<std::size_t>(thread)];
    const auto failed = own.failed;
    own.failed = {};
    return failed.place == place && failed.writes == own.writes && failed.state == state_of(thread, frame);
}

void Spin::saw(int thread, const Read& read) {
    threads_[static_cast<std::size_t>(thread)].reads.push_back(read);
}

std::uint32_t Spin::changes() const { return changes_ + machine().shadow.shared_writes(); }

// A loop may take several rounds to come to the same state, so that more than the last are kept. Most code
// never comes back: the state of a large stack is looked at from the second visit on.
bool Spin::goes_round(int thread, std::uintptr_t place, const void* frame) {
    auto& own = threads_[static_cast<std::size_t>(thread)];
    settle(thread);
    if (own.places.empty()) own.reads.clear();
    const auto is_here = [&](const Place& known) { return known.place == place; };
    const auto used = stack_of(thread) + stack_size - reinterpret_cast<std::uintptr_t>(frame);
    const bool is_looked_at =
        used <= looked_at_max || std::any_of(own.places.begin(), own.places.end(), is_here);
    Place now{place,
              is_looked_at ? state_of(thread, frame) : 0,
              own.reads.size(),
              machine().shadow.shared_writes(),
              changes(),
              0};
    const auto known = std::find_if(own.places.begin(), own.places.end(), [&](const Place& before) {
        return is_looked_at && is_here(before) && before.state == now.state;
    });
    if (known == own.places.end()) {
        if (own.places.size() == places_max) own.places.erase(own.places.begin());
        own.places.push_back(now);
        return false;
    }
    if (known->changes == now.changes) now.idle_rounds = known->idle_rounds + 1;
    own.since = known->reads;
    own.shared_writes = known->shared_writes;
    own.changes = now.changes;
    own.is_idle = now.idle_rounds > idle_rounds_max && !own.was_last;
    *known = now;
    return own.is_idle || !may_go_on(thread);
}

bool Spin::may_go_on(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.is_idle) return changes() != own.changes;
    if (machine().shadow.shared_writes() != own.shared_writes) return true;
    for (auto i = own.since; i < own.reads.size(); ++i) {
        if (has_changed(own.reads[i], thread)) return true;
    }
    return own.since == own.reads.size();
}

CellId Spin::waits_for(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.is_idle) return no_id;
    for (auto i = own.since; i < own.reads.size(); ++i) {
        if (own.reads[i].cell != own.reads[own.since].cell) return no_id;
    }
    return own.reads[own.since].cell;
}

}  // namespace revenant::model::native
