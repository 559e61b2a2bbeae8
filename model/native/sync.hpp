// Sync: what threads wait for: mutexes, condition variables, semaphores, read-write locks, barriers, futexes,
// and the guards of what is done once. State by the address of the program's object, which is not looked
// into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "model/native/machine.hpp"

namespace revenant::model::native {

class Sync {
public:
    void begin();

    /// Whether the program can ask if a mutex is free, so that an unlock is a step: see search/access.hpp.
    bool unlocks_are_visible = false;

    enum class MutexType : std::uint8_t { normal, recursive, checked };
    void lock(std::uintptr_t mutex, MutexType type, std::uintptr_t place);
    [[nodiscard]] bool try_lock(std::uintptr_t mutex, MutexType type, std::uintptr_t place);
    void unlock(std::uintptr_t mutex, std::uintptr_t place);
    /// A mutex that is destroyed or initialised is free from now on.
    void forget_mutex(std::uintptr_t mutex, std::uintptr_t place);

    /// False: the time is out.
    bool wait(std::uintptr_t condition, std::uintptr_t mutex, bool has_time_out, std::uintptr_t place);
    void notify(std::uintptr_t condition, bool all, std::uintptr_t place);

    /// 0, or the error that the system call would give.
    [[nodiscard]] int futex_wait(std::uintptr_t word, std::uint32_t expected, bool has_time_out,
                                 std::uintptr_t place);
    [[nodiscard]] unsigned futex_wake(std::uintptr_t word, unsigned count, std::uintptr_t place);

    void semaphore_init(std::uintptr_t semaphore, unsigned value);
    void semaphore_post(std::uintptr_t semaphore, std::uintptr_t place);
    void semaphore_wait(std::uintptr_t semaphore, std::uintptr_t place);
    [[nodiscard]] bool semaphore_try_wait(std::uintptr_t semaphore, std::uintptr_t place);
    [[nodiscard]] unsigned semaphore_value(std::uintptr_t semaphore, std::uintptr_t place);

    void barrier_init(std::uintptr_t barrier, unsigned count);
    /// Whether this is the thread that has completed it.
    [[nodiscard]] bool barrier_wait(std::uintptr_t barrier, std::uintptr_t place);

    void run_key_destructors(int thread);
    [[nodiscard]] unsigned make_key(void (*destroy)(void*));
    [[nodiscard]] bool is_key(unsigned key) const { return key - first_key < keys_.size(); }
    [[nodiscard]] void*& key_value(unsigned key);

    struct Mutex {
        int holder = nobody;
        unsigned depth = 0;
        VectorClock released;
    };
    [[nodiscard]] Mutex& mutex(std::uintptr_t address);

private:
    struct Queue {
        std::vector<int> waiting;
        VectorClock released;
        unsigned value = 0;  ///< of a semaphore; the threads that a barrier is for
    };
    static constexpr unsigned first_key = 1'000'000;

    Queue& queue(std::uintptr_t address, ObjectKind kind);
    void acquired(std::uintptr_t address, std::uintptr_t place);
    void release(std::uintptr_t address);
    [[nodiscard]] std::size_t pick(const Queue& queue);

    std::vector<Mutex> mutexes_;  ///< by the number of the object
    std::vector<Queue> queues_;
    std::vector<void (*)(void*)> keys_;
    std::map<std::pair<int, unsigned>, void*> key_values_;
};

[[nodiscard]] Sync& sync();

}  // namespace revenant::model::native
