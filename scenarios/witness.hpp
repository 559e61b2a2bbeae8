// Witness: what a scenario knows of its objects without touching them, to check the invariants that
// no memory model can know: one live object for a key, contents destroyed exactly once.
//
// Plain data, looked at between two steps; in the model that is atomic, since a model runs on one OS
// thread. On a platform without `violated` (production) a Witness does nothing.
#pragma once

#include <array>
#include <cstddef>

#include "model/outcome.hpp"

namespace revenant::scenarios {

template <class P>
concept Judging = requires {
    &P::violated;
};

template <class P>
class Witness {
public:
    /// A thread now holds a strong reference on the object that `intern` gave it for `key`.
    void held(int key, const void* object) {
        if constexpr (Judging<P>) {
            for (const auto& entry : held_) {
                if (entry.object != nullptr && entry.key == key && entry.object != object) {
                    P::violated(model::FindingKind::invariant, "there is at most one live object for a key");
                }
            }
            *free_slot(held_) = {key, object};
        }
    }
    /// … and is about to release it.
    void releases(const void* object) {
        if constexpr (Judging<P>) {
            for (auto& entry : held_) {
                if (entry.object == object) {
                    entry = {};
                    return;
                }
            }
        }
    }
    /// An object that nobody else has seen is thrown away.
    void discards() {
        if constexpr (Judging<P>) {
            if (P::holds_a_mutex()) {
                P::violated(model::FindingKind::invariant, "no destructor runs under the registry's mutex");
            }
        }
    }
    /// The object's contents are destroyed now, by whoever runs.
    void destroys(const void* object) {
        if constexpr (Judging<P>) {
            if (P::holds_a_mutex()) {
                P::violated(model::FindingKind::invariant, "no destructor runs under the registry's mutex");
            }
            for (const auto& entry : destroyed_) {
                if (entry.object == object) {
                    P::violated(model::FindingKind::double_destroy, "contents are destroyed exactly once");
                }
            }
            *free_slot(destroyed_) = {0, object};
        }
    }
    /// A new object at this address: the one before it is forgotten.
    void makes(const void* object) {
        if constexpr (Judging<P>) {
            for (auto& entry : destroyed_) {
                if (entry.object == object) entry = {};
            }
        }
    }

private:
    struct Entry {
        int key = 0;
        const void* object = nullptr;
    };
    using Entries = std::array<Entry, 16>;  // above what five threads of any scenario hold

    static Entry* free_slot(Entries& entries) {
        for (auto& entry : entries) {
            if (entry.object == nullptr) return &entry;
        }
        P::violated(model::FindingKind::assertion, "the scenario has more objects than its witness");
    }

    Entries held_{};
    Entries destroyed_{};
};

}  // namespace revenant::scenarios
