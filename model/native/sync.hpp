// Sync: what threads wait for: mutexes, condition variables, semaphores, read-write locks, barriers, futexes,
// and the guards of what is done once. State by the address of the program's object, which is looked into for
// what was put there before main alone.
//
// A `deadline` is a time of the thread's clock; no_deadline: it waits for ever.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/native/machine.hpp"
#include "model/native/undo_log.hpp"

namespace revenant::model::native {

/// A step on what threads wait for.
[[nodiscard]] inline search::Access on(search::AccessKind kind, CellId cell) { return {kind, cell, no_id}; }

class Sync {
public:
    /// Before the objects of the execution before are forgotten.
    void begin();
    /// Of mutexes only: whoever uses anything else asks `Machine::runs`, and no checkpoint comes behind it.
    void save(std::size_t checkpoint);
    /// Before the objects of the execution before are forgotten.
    void resume(std::size_t checkpoint);

    enum class MutexType : std::uint8_t { normal, recursive, checked };
    void lock(std::uintptr_t mutex, MutexType type, std::uintptr_t place, const void* frame);
    [[nodiscard]] bool try_lock(std::uintptr_t mutex, MutexType type, std::uintptr_t place,
                                const void* frame);
    /// False: the time is out.
    [[nodiscard]] bool lock_until(std::uintptr_t mutex, MutexType type, Nanoseconds deadline,
                                  std::uintptr_t place);
    /// False: the thread does not hold it, and the mutex is of a type that says so.
    bool unlock(std::uintptr_t mutex, MutexType type, std::uintptr_t place);
    /// A mutex that is destroyed or initialised is free from now on.
    void forget_mutex(std::uintptr_t mutex, std::uintptr_t place);

    /// False: the time is out.
    bool wait(std::uintptr_t condition, std::uintptr_t mutex, Nanoseconds deadline, std::uintptr_t place);
    void notify(std::uintptr_t condition, bool all, std::uintptr_t place);

    /// 0, or the error that the system call would give. `size`: of the word; the kernel's have four bytes.
    [[nodiscard]] int futex_wait(std::uintptr_t word, Value expected, Nanoseconds deadline,
                                 std::uintptr_t place, std::size_t size = 4);
    [[nodiscard]] unsigned futex_wake(std::uintptr_t word, unsigned count, std::uintptr_t place,
                                      const void* frame);

    void semaphore_init(std::uintptr_t semaphore, unsigned value);
    void semaphore_post(std::uintptr_t semaphore, std::uintptr_t place);
    /// False: the time is out.
    bool semaphore_wait(std::uintptr_t semaphore, Nanoseconds deadline, std::uintptr_t place);
    [[nodiscard]] bool semaphore_try_wait(std::uintptr_t semaphore, std::uintptr_t place, const void* frame);
    /// `to`: where the thread will have it.
    [[nodiscard]] unsigned semaphore_value(std::uintptr_t semaphore, std::uintptr_t to, std::uintptr_t place,
                                           const void* frame);
    void semaphore_destroy(std::uintptr_t semaphore, std::uintptr_t place);

    /// Read-write locks. `deadline` 0: the thread does not wait. Returns 0 or EBUSY, ETIMEDOUT, EDEADLK.
    enum class Share : std::uint8_t { reads, writes };
    [[nodiscard]] int share_lock(std::uintptr_t lock, Share share, Nanoseconds deadline, std::uintptr_t place,
                                 const void* frame);
    void share_unlock(std::uintptr_t lock, std::uintptr_t place);
    void share_destroy(std::uintptr_t lock, std::uintptr_t place);

    void barrier_init(std::uintptr_t barrier, unsigned count);
    void barrier_destroy(std::uintptr_t barrier, std::uintptr_t place);
    /// Whether this is the thread that has completed it.
    [[nodiscard]] bool barrier_wait(std::uintptr_t barrier, std::uintptr_t place);

    void run_key_destructors(int thread);
    /// Another thread begins that has its number.
    void forget_key_values(int thread);
    [[nodiscard]] unsigned make_key(void (*destroy)(void*));
    [[nodiscard]] bool is_key(unsigned key) const { return key - first_key < keys_.size(); }
    [[nodiscard]] void*& key_value(unsigned key);
    /// Nobody runs its destructor, nor has a value for it.
    void forget_key(unsigned key);
    /// Every execution begins with the keys and values that there are now.
    void keep_keys();
    [[nodiscard]] std::vector<void*> key_values() const;

    struct Mutex {
        int holder = nobody;
        unsigned depth = 0;
        std::uint32_t releases = 0;
        std::uint32_t writes_before = 0;  ///< of the holder, when it took it
        std::uint32_t taken = 0;          ///< see Spin::takes
        /// How often a thread has held it and written something meanwhile, or tried to take it in vain.
        std::array<std::uint32_t, threads_max> changes{};
        std::uint32_t changes_of_all = 0;
        VectorClock released;
        std::uint64_t noted = 0;  ///< the moment since which its changes need not be noted
    };
    /// To be changed: what it was is noted.
    [[nodiscard]] Mutex& mutex(std::uintptr_t address);
    /// Of one that there has been a step on.
    [[nodiscard]] const Mutex& known_mutex(CellId cell) const { return mutexes_[cell]; }
    /// How often others than the thread have held a mutex and written something meanwhile; or tried to take
    /// it, and could tell that it was held.
    [[nodiscard]] std::uint32_t changes_of(CellId cell, int thread) const;
    [[nodiscard]] std::uint32_t releases_of(CellId cell) const { return mutexes_[cell].releases; }
    /// How often the value of a semaphore has changed.
    [[nodiscard]] std::uint32_t value_changes_of(CellId cell) const { return queues_[cell].changes; }
    /// How often somebody has come to wait for a condition variable or futex, or has left.
    [[nodiscard]] std::uint32_t movements_of(CellId cell) const { return queues_[cell].movements; }
    /// How often a read-write lock has been given back.
    [[nodiscard]] std::uint32_t share_releases_of(CellId cell) const { return shares_[cell].releases; }

    /// A mutex or read-write lock that lies there and that a thread holds, any or this one; or 0.
    [[nodiscard]] std::uintptr_t held_within(std::uintptr_t address, std::size_t size,
                                             int thread = nobody) const;

private:
    struct Queue {
        std::vector<int> waiting;
        VectorClock released;
        unsigned value = 0;         ///< of a semaphore; the threads that a barrier is for
        std::uint32_t changes = 0;  ///< of the value of a semaphore
        std::uint32_t movements = 0;
        bool is_known = false;
        bool is_destroyed = false;  ///< a semaphore or barrier, until it is initialised again
    };
    struct ShareLock {
        int writer = nobody;
        std::array<std::uint8_t, threads_max> reads{};  ///< how often a thread has it
        unsigned readers = 0;                           ///< the sum
        std::vector<std::pair<int, Share>> waiting;
        std::uint32_t releases = 0;
        VectorClock released_by_writers;
        VectorClock released_by_readers;
    };
    struct KeyValue {
        int thread = 0;
        unsigned key = 0;
        void* value = nullptr;
    };
    static constexpr unsigned first_key = 1'000'000;

    void forget_all_but_mutexes();
    /// Written down, if somebody does.
    static void tried_in_vain(std::uintptr_t address, ObjectKind object, std::uintptr_t place);
    static void noted(OperationKind kind, const char* verb, std::uintptr_t address, ObjectKind object,
                      std::uintptr_t place);
    [[nodiscard]] bool holds_again(std::uintptr_t address, MutexType type);
    [[nodiscard]] bool begins_to_unlock(std::uintptr_t address, MutexType type, std::uintptr_t place);
    Queue& queue(std::uintptr_t address, ObjectKind kind);
    /// Null: the thread has no value for the key.
    [[nodiscard]] void** find_value(int thread, unsigned key);
    void acquired(std::uintptr_t address, std::uintptr_t place);
    static void count_change(Mutex& of);
    void release(std::uintptr_t address);
    void mutex_taken(std::uintptr_t address, bool takes, std::uintptr_t place);
    [[nodiscard]] std::size_t pick(const Queue& queue);
    Queue& semaphore_queue(std::uintptr_t semaphore);
    static void take_one(Queue& from);
    /// The thread is in a queue: false if its time was out before somebody woke it.
    [[nodiscard]] bool wait_in(std::uintptr_t address, ObjectKind kind, Nanoseconds deadline,
                               std::uintptr_t place);
    static void join_queue(Queue& queue);
    static void leave_queue(Queue& queue);
    [[nodiscard]] static bool finds_nobody(CellId cell, const Queue& queue);
    void go_on(int thread);
    ShareLock& share(std::uintptr_t lock);
    void share_taken(ShareLock& lock, int thread, Share share);
    void share_handed_over(ShareLock& lock);

    std::vector<Mutex> mutexes_;  ///< by the number of the object
    std::vector<Queue> queues_;
    std::vector<ShareLock> shares_;
    std::vector<void (*)(void*)> keys_;
    std::vector<KeyValue> key_values_;
    std::vector<void (*)(void*)> keys_kept_;
    std::vector<KeyValue> key_values_kept_;

    std::uint64_t moment_ = 0;  ///< grows with each checkpoint that is made, or put back
    bool notes_ = false;
    Marks<std::size_t> marks_;
    UndoLog<std::size_t, Mutex> mutexes_before_;  ///< by the cell
};

extern constinit Everlasting<Sync> the_sync;
[[nodiscard]] inline Sync& sync() { return the_sync.value; }

}  // namespace revenant::model::native
