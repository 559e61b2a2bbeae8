// AbstractProgram: for tests of the conflict table: threads that use numbers, mutexes and fences, without a
// memory model. A step sees exactly what the table says that it conflicts with.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

enum class Deed : std::uint8_t {
    read,
    write,
    add,
    fence,
    lock,
    unlock,
    try_lock,
    wait_for_number,  ///< looks at it until it is not 0
    wait_for_mutex,   ///< tries until it has it
    lock_together,    ///< all mutexes at once
    share,
    unshare,
    try_share,
    once,
    count_down,  ///< a latch, of as many counts as the program has
    wait_for_latch,
    wait_if_zero,  ///< waits to be woken, if the number is 0
    wake_one,
    wake_all,
};

struct AbstractStep {
    Deed deed = Deed::read;
    int object = 0;
    bool sequential = false;
};
using AbstractProgram = std::vector<std::vector<AbstractStep>>;

/// What lies between two steps.
class AbstractState {
public:
    /// `is_watched`: what the numbers are together is looked at after every step.
    explicit AbstractState(const AbstractProgram& program, bool is_watched = false)
        : program_(&program), threads_(program.size()), is_watched_(is_watched) {
        holders_.fill(nobody);
        for (const auto& thread : program) {
            for (const auto& step : thread) {
                if (step.deed == Deed::count_down) ++counts_[static_cast<std::size_t>(step.object)];
            }
        }
    }

    [[nodiscard]] bool has_ended(int thread) const { return at(thread).next == steps(thread).size(); }
    [[nodiscard]] ThreadSet able() const {
        ThreadSet set = 0;
        for (int thread = 0; thread < static_cast<int>(threads_.size()); ++thread) {
            if (is_able(thread)) set |= set_of(thread);
        }
        return set;
    }
    /// What the next step of a thread is, as things stand; `announced`: a try counts as one that succeeds.
    [[nodiscard]] Access access(int thread, bool announced) const {
        const auto& step = next(thread);
        const auto number = static_cast<CellId>(step.object);
        const auto mutex = static_cast<CellId>(objects + step.object);
        const auto latch = static_cast<CellId>(3 * objects + step.object);
        const auto object = static_cast<std::size_t>(step.object);
        const bool shares = step.deed == Deed::try_share;
        const bool succeeds = announced || is_free(object, shares);
        const bool waits = at(thread).waits;
        using enum AccessKind;
        switch (step.deed) {
            case Deed::read: return {read, number, no_id, step.sequential};
            case Deed::write: return {write, number, no_id, step.sequential, is_watched_};
            case Deed::add: return {add, number, no_id, step.sequential, is_watched_};
            case Deed::fence: return {fence, no_id, no_id, false};
            case Deed::lock: return {lock, mutex, no_id, false};
            case Deed::unlock: return {unlock, mutex, no_id, false};
            case Deed::wait_for_number: return {waits ? await : read, number, no_id, false};
            case Deed::lock_together: return {AccessKind::lock_together, no_id, no_id, false};
            case Deed::share: return {share, mutex, no_id, false};
            case Deed::unshare: return {unshare, mutex, no_id, false};
            case Deed::try_share: return {succeeds ? try_share : try_failed, mutex, no_id, false};
            case Deed::once:
                return {is_done_[object] && !announced ? passed : lock, static_cast<CellId>(mutex + objects),
                        no_id, false};
            case Deed::count_down: return {count_down, latch, no_id, false};
            case Deed::wait_for_latch: return {wait_for_latch, latch, no_id, false};
            case Deed::wait_if_zero: return {wait_if_equal, number, no_id, false};
            case Deed::wake_one:
            case Deed::wake_all:
                return {announced || sleepers_[object] != 0 ? wake : wake_nobody, number, no_id, false};
            case Deed::try_lock:
            case Deed::wait_for_mutex: break;
        }
        return {waits ? await : succeeds ? try_lock : try_failed, mutex, no_id, false};
    }
    void take(int thread) {
        auto& own = threads_[static_cast<std::size_t>(thread)];
        const auto step = next(thread);
        const auto object = static_cast<std::size_t>(step.object);
        const auto see = [&](int value) { own.seen += std::to_string(value) + "."; };
        if (step.sequential) see(fences_);
        sequential_ += step.sequential ? 1 : 0;
        bool is_done = true;
        woken_ = 0;
        switch (step.deed) {
            case Deed::read: see(numbers_[object]); break;
            case Deed::write: numbers_[object] = 10 * (thread + 1); break;
            case Deed::add: numbers_[object] += thread + 1; break;
            case Deed::fence:
                see(fences_++);
                see(sequential_);
                break;
            case Deed::lock:
                holders_[object] = thread;
                see(takings_[object]++);
                see(shares_taken_[object]);
                break;
            case Deed::lock_together:
                for (std::size_t i = 0; i < objects; ++i) {
                    holders_[i] = thread;
                    see(takings_[i]++);
                }
                break;
            case Deed::share:
                see(takings_[object]);
                take_share(own, object);
                break;
            case Deed::try_share:
                own.seen += is_free(object, true) ? "+" : "-";
                if (is_free(object, true)) take_share(own, object);
                break;
            case Deed::unshare:
                if (!own.shares[object]) break;
                own.shares[object] = false;
                --sharers_[object];
                ++unlocks_[object];
                break;
            case Deed::once:
                own.seen += is_done_[object] ? "p" : "f";
                is_done_[object] = true;
                break;
            case Deed::unlock:
                if (holders_[object] != thread) break;
                holders_[object] = nobody;
                ++unlocks_[object];
                break;
            case Deed::count_down: --counts_[object]; break;
            case Deed::wait_for_latch: break;
            case Deed::wait_if_zero:
                is_done = numbers_[object] != 0;
                own.seen += is_done ? "n" : "w";
                if (!is_done) sleepers_[object] |= set_of(thread);
                break;
            case Deed::wake_one:
            case Deed::wake_all:
                woken_ = step.deed == Deed::wake_all ? sleepers_[object]
                                                     : sleepers_[object] & (0 - sleepers_[object]);
                sleepers_[object] &= ~woken_;
                see(count_of(woken_));
                for_each(woken_, [&](int sleeper) { ++threads_[static_cast<std::size_t>(sleeper)].next; });
                break;
            case Deed::try_lock: static_cast<void>(tries(own, thread, object)); break;
            // Rounds: a look that finds nothing, the wait, another look.
            case Deed::wait_for_number:
                is_done = !own.waits && numbers_[object] != 0;
                own.waits = !own.waits && !is_done;
                break;
            case Deed::wait_for_mutex:
                is_done = !own.waits && tries(own, thread, object);
                own.waits = !own.waits && !is_done;
                own.unlocks = unlocks_[object];
                break;
        }
        if (is_done) ++own.next;
        if (!is_watched_ || (step.deed != Deed::write && step.deed != Deed::add)) return;
        for (const auto number : numbers_) looked_at_ += std::to_string(number) + ",";
        looked_at_ += " ";
    }
    /// Whether somebody has to wake it.
    [[nodiscard]] bool sleeps(int thread) const {
        return std::any_of(sleepers_.begin(), sleepers_.end(),
                           [&](ThreadSet some) { return contains(some, thread); });
    }
    /// Who was woken by the last step.
    [[nodiscard]] ThreadSet woken() const { return woken_; }
    /// What all have seen, and what is left; `!`: a thread has not come to its end.
    [[nodiscard]] std::string end() const {
        std::string text;
        for (int thread = 0; thread < static_cast<int>(threads_.size()); ++thread) {
            text += at(thread).seen + (has_ended(thread) ? " " : "! ");
        }
        for (const auto number : numbers_) text += std::to_string(number) + " ";
        return text + looked_at_;
    }
    /// The mutex that the thread gives back next, or no_id.
    [[nodiscard]] CellId gives_back(int thread) const {
        const auto& step = next(thread);
        const bool holds = holders_[static_cast<std::size_t>(step.object)] == thread;
        if (step.deed == Deed::once && !is_done_[static_cast<std::size_t>(step.object)]) {
            return static_cast<CellId>(2 * objects + step.object);  // begun and done in one step
        }
        return step.deed == Deed::unlock && holds ? static_cast<CellId>(objects + step.object) : no_id;
    }
    /// What a lock_together locks.
    [[nodiscard]] static std::vector<Access> all_locks() {
        std::vector<Access> locks;
        for (int i = 0; i < objects; ++i) {
            locks.push_back({AccessKind::lock, static_cast<CellId>(objects + i), no_id, false});
        }
        return locks;
    }

    static constexpr int objects = 2;  ///< numbers, and mutexes

private:
    static constexpr int nobody = -1;
    struct Thread {
        std::size_t next = 0;
        bool waits = false;
        int unlocks = 0;  ///< of the mutex that it waits for, when it looked
        std::array<bool, objects> shares{};
        std::string seen;
    };

    [[nodiscard]] const Thread& at(int thread) const { return threads_[static_cast<std::size_t>(thread)]; }
    [[nodiscard]] const std::vector<AbstractStep>& steps(int thread) const {
        return (*program_)[static_cast<std::size_t>(thread)];
    }
    [[nodiscard]] const AbstractStep& next(int thread) const { return steps(thread)[at(thread).next]; }
    [[nodiscard]] bool is_able(int thread) const {
        if (has_ended(thread) || sleeps(thread)) return false;
        const auto& step = next(thread);
        const auto object = static_cast<std::size_t>(step.object);
        if (step.deed == Deed::lock) return is_free(object, false);
        if (step.deed == Deed::share) return is_free(object, true);
        if (step.deed == Deed::wait_for_latch) return counts_[object] == 0;
        if (step.deed == Deed::lock_together) {
            for (std::size_t i = 0; i < objects; ++i) {
                if (!is_free(i, false)) return false;
            }
            return true;
        }
        if (!at(thread).waits) return true;
        return step.deed == Deed::wait_for_number ? numbers_[object] != 0
                                                  : unlocks_[object] != at(thread).unlocks;
    }
    [[nodiscard]] bool is_free(std::size_t object, bool to_share) const {
        return holders_[object] == nobody && (to_share || sharers_[object] == 0);
    }
    void take_share(Thread& own, std::size_t object) {
        own.shares[object] = true;
        ++sharers_[object];
        ++shares_taken_[object];
    }
    bool tries(Thread& own, int thread, std::size_t object) {
        const bool takes = is_free(object, false);
        if (takes) holders_[object] = thread;
        own.seen += takes ? "+" : "-";
        return takes;
    }

    const AbstractProgram* program_;
    std::vector<Thread> threads_;
    bool is_watched_;
    std::string looked_at_;  ///< the numbers after each change of one
    std::array<int, objects> numbers_{};
    std::array<int, objects> holders_{};
    std::array<int, objects> takings_{};
    std::array<int, objects> unlocks_{};
    std::array<int, objects> counts_{};
    std::array<int, objects> sharers_{};
    std::array<int, objects> shares_taken_{};
    std::array<bool, objects> is_done_{};
    std::array<ThreadSet, objects> sleepers_{};  ///< who waits to be woken
    ThreadSet woken_ = 0;
    int fences_ = 0;
    int sequential_ = 0;
};

}  // namespace revenant::model::search
