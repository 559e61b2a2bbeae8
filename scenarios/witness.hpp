// Witness: what a scenario knows of its objects without touching them, to check the invariants that
// no memory model can know: one live object for a key, contents destroyed exactly once.
//
// Plain data, looked at between two steps; in the model that is atomic, since a model runs on one OS
// thread. What another thread did is judged by the order of the steps around it, not by which was run
// first: one execution stands for all that are equivalent to it. On a platform that cannot tell it (real
// threads) a Witness does nothing: its own data would be a race.
#pragma once

#include <array>
#include <cstddef>

#include <revenant/model/outcome.hpp>

namespace revenant::scenarios {

template <class P>
concept Judging = P::tells_moments;

template <class P>
struct MomentOf {
    struct type {};
};
template <Judging P>
struct MomentOf<P> {
    using type = typename P::Moment;
};

template <class P>
class Witness {
public:
    /// A thread now holds a strong reference on the object that `intern` gave it for `key`.
    void held(int key, const void* object) {
        if constexpr (Judging<P>) {
            for (std::size_t i = 0; i < holds_.size; ++i) {
                const auto& other = holds_.all[i];
                if (other.key != key || other.object == object) continue;
                if (other.released && P::is_over(other.until)) continue;
                P::violated(model::FindingKind::invariant, "there is at most one live object for a key");
            }
            add(holds_, {.key = key, .object = object});
        }
    }
    /// … and is about to release it.
    void releases(const void* object) {
        if constexpr (Judging<P>) {
            for (std::size_t i = 0; i < holds_.size; ++i) {
                auto& hold = holds_.all[i];
                if (hold.object != object || hold.released) continue;
                hold.released = true;
                hold.until = P::now();
                return;
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
            for (std::size_t i = 0; i < destroyed_.size; ++i) {
                if (destroyed_.all[i] == object) {
                    P::violated(model::FindingKind::double_destroy, "contents are destroyed exactly once");
                }
            }
            add(destroyed_, object);
        }
    }
    /// A new object at this address: the one before it is forgotten.
    void makes(const void* object) {
        if constexpr (Judging<P>) {
            for (std::size_t i = 0; i < destroyed_.size; ++i) {
                if (destroyed_.all[i] == object) destroyed_.all[i] = nullptr;
            }
        }
    }

private:
    struct Hold {
        int key = 0;
        const void* object = nullptr;
        bool released = false;
        typename MomentOf<P>::type until = {};  ///< when it was
    };
    template <class T>
    struct List {
        std::size_t size = 0;
        std::array<T, 96> all;  // above what twelve threads of any scenario hold
    };

    template <class T>
    static void add(List<T>& list, const T& item) {
        if (list.size == list.all.size()) {
            P::violated(model::FindingKind::assertion, "the scenario has more objects than its witness");
        }
        list.all[list.size++] = item;
    }

    List<Hold> holds_;
    List<const void*> destroyed_;
};

}  // namespace revenant::scenarios
