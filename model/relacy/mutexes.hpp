// The mutexes of the model world, and what makes several of them one step.
//
// This header is clean: Relacy is behind the .cpp.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <source_location>

#include <revenant/model/operation.hpp>
#include <revenant/model/program.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::relacy {

using source = std::source_location;

namespace detail {

/// What a thread that gives something back hands on to those that take it after: its view of the others, in
/// the units of the memory model.
using View = std::array<std::size_t, program_threads_max>;

/// What is waited for, with its life: as of an atomic, each operation reads it and the destructor writes it.
class Waitable {
public:
    Waitable(const Waitable&) = delete;
    Waitable& operator=(const Waitable&) = delete;
    [[nodiscard]] CellId id() const { return id_; }

protected:
    explicit Waitable(const cell_name& name);
    ~Waitable() = default;  // whoever derives from it ends the life

    alignas(8) mutable std::byte life_[40];  // who waits for a const latch reads it
    CellId id_;
};

class Lockable : public Waitable {
public:
    /// The thread has it already, and may have it again.
    [[nodiscard]] virtual bool is_had_again() const { return false; }
    /// A part of a step: nobody else has it.
    virtual void take(source where) = 0;
    virtual void lock(source where) = 0;
    virtual void unlock(source where) = 0;
    /// For who has waited on a condition variable: locks it once that has notified the thread.
    void lock_again(CellId condition, source where);

protected:
    explicit Lockable(const cell_name& name) : Waitable(name) {}
    ~Lockable() = default;
};

/// Locks them in one step, once all are free.
void take_together(source where, Lockable* const* first, std::size_t count);

template <class... Mutexes>
requires(std::derived_from<Mutexes, Lockable>&&...) void lock_together(source where, Mutexes&... mutexes) {
    std::array<Lockable*, sizeof...(mutexes)> all{&mutexes...};
    take_together(where, all.data(), all.size());
}

/// Its unlocks are steps only if its role is `tried`: nobody else can tell when they happen.
class Mutex final : public Lockable {
public:
    explicit Mutex(cell_name name = {"mutex"});
    ~Mutex();
    void lock(source where = source::current()) override;
    [[nodiscard]] bool try_lock(source where = source::current());
    void unlock(source where = source::current()) override;
    void take(source where) override;

private:
    alignas(8) std::byte mutex_[64];
};

class RecursiveMutex final : public Lockable {
public:
    explicit RecursiveMutex(cell_name name = {"recursive_mutex"});
    ~RecursiveMutex();
    void lock(source where = source::current()) override;
    [[nodiscard]] bool try_lock(source where = source::current());
    void unlock(source where = source::current()) override;
    [[nodiscard]] bool is_had_again() const override;
    void take(source where) override;

private:
    void have_again(OperationKind kind, source where);
    View released_{};
};

class SharedMutex final : public Lockable {
public:
    explicit SharedMutex(cell_name name = {"shared_mutex"});
    ~SharedMutex();
    void lock(source where = source::current()) override;
    [[nodiscard]] bool try_lock(source where = source::current());
    void unlock(source where = source::current()) override;
    void lock_shared(source where = source::current());
    [[nodiscard]] bool try_lock_shared(source where = source::current());
    void unlock_shared(source where = source::current());
    void take(source where) override;

private:
    View released_{};
    View shares_released_{};  ///< by who shared it since: those that share it do not see each other
};

}  // namespace detail
}  // namespace revenant::model::relacy
