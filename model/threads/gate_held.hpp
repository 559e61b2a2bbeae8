// GateHeld: which mutexes are held, for how many they are shared, and who sleeps until a condition variable
// wakes it. Part of the gate: compiled without instrumentation; the rules are told in gate.hpp.
//
// Thread-safety: none; whoever has the turn calls. Where a function returns bool: false, there is no room.
#pragma once

#include "model/threads/gate_objects.hpp"

namespace revenant::model::threads::gate {

class GateHeld {
public:
    void clear();

    [[nodiscard]] bool has_holder(Hidden mutex) const;
    /// By somebody for itself, or by some who share it.
    [[nodiscard]] bool is_held(Hidden mutex) const;
    [[nodiscard]] bool hold(Hidden mutex);
    /// What a latch has left is shared by nobody that there is.
    [[nodiscard]] bool share(Hidden mutex, int parts = 1);
    void give_back(Hidden mutex);
    void give_share_back(Hidden mutex, int parts = 1);

    [[nodiscard]] bool sleep(Hidden condition, int thread);
    [[nodiscard]] bool sleeps(Hidden condition, int thread) const;
    void wake(Hidden condition, int thread);
    /// How many sleep, and the n-th of them, in order of their coming.
    [[nodiscard]] int sleepers(Hidden condition) const;
    [[nodiscard]] int sleeper(Hidden condition, int n) const;

    /// Memory is freed: what was locked in it is nobody's to wait for any more.
    void freed(Hidden begin, std::size_t size);

private:
    static constexpr int held_max = 64;
    struct Held {
        Hidden mutex;
        int shares;  ///< 0: it has one holder
    };
    struct Sleeper {
        Hidden condition;
        int thread;
    };
    [[nodiscard]] int find(Hidden mutex) const;
    void remove(int i);

    Held held_[held_max];
    Sleeper sleepers_[held_max];
    int size_;
    int sleeping_;
};

}  // namespace revenant::model::threads::gate
