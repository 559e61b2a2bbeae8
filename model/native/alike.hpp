// Alike: which threads of an execution are interchangeable until one of them has taken a step.
//
// Threads are alike that one thread has started, without a turn of another's in between, with one function on
// equal arguments: the same pointer, or, from std::thread, a copy of the callable that has the same bytes. A
// search then takes the permutations of their first steps once (model/search/dpor.hpp).
//
// That is right only as long as nobody can tell them apart. So it is watched that none of them
// - touches what their parent has done between starting the first and the last of them,
// - asks for its own name (pthread_self, gettid),
// - waits for another thread's end before it has taken a step: it would go on after one of them has, and
//   the others cannot take its place,
// - is joined or detached by itself: from the first to the last of them, the thread that joins takes no step
//   and touches nothing that another thread has touched, and it leaves none out.
// In an execution that is looked at before the search, the threads count as different then; in a search that
// takes them for alike, the program is refused with the option that helps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/native/checkpoint.hpp"
#include "model/native/clocks.hpp"
#include "model/native/shadow.hpp"
#include "model/native/undo_log.hpp"
#include "model/search/thread_set.hpp"

namespace revenant::model::native {

class Alike {
public:
    /// Watches in each execution from now on, or only in those whose search takes threads for alike.
    void ask(bool asks) { asks_ = asks; }
    void begin();
    void save(std::size_t checkpoint);
    void resume(std::size_t checkpoint);
    /// A thread has been made by the current one, and has not run yet.
    void started(int thread, bool detached);
    /// … that has the number of one which has ended. It is like no other.
    void started_again(int thread);
    /// The current thread is about to touch bytes.
    void touches(int thread, std::uintptr_t address, std::size_t size, bool is_write) {
        if (search::contains(watched_, thread)) look_at(thread, address, size, is_write);
    }
    /// The current thread asks for its own name.
    void asks_for_its_name();
    /// The current thread has joined another one, or detached it. `tells`: … and has got something of it.
    void joined(int thread, bool tells) { named(thread, tells, false); }
    void detached(int thread) { named(thread, false, true); }
    /// The current thread waits for another one to end.
    void waits_for_end();
    /// The current thread ends.
    void ends() { acts(); }
    /// The current thread does what is no access, and yet can be seen by others, or sees them.
    void acts();
    /// Another thread goes on than before.
    void turn() { ++turns_; }

    /// The class of each thread of the execution, as a search takes it.
    [[nodiscard]] std::vector<unsigned> classes() const;

private:
    struct Thread {
        int first = 0;  ///< the lowest number of its class
        int parent = 0;
        std::uint64_t turn = 0;
        void* (*start)(void*) = nullptr;
        std::uintptr_t argument = 0;
        std::size_t argument_size = 0;  ///< 0: the argument is what `argument` says, and no memory
        Tick tick = 0;                  ///< the parent's, when it was started
        VectorClock knows;
        std::uint64_t time = 0;
        std::uint64_t blocked_signals = 0;
        bool detached = false;
        bool named = false;
    };
    /// Of the class whose first thread has this number.
    struct Class {
        search::ThreadSet members = 0;
        search::ThreadSet named = 0;
        search::ThreadSet detached = 0;  ///< … of these
        int joiner = -1;                 ///< who has named some and not all; -1: nobody
        Span between;                    ///< what the parent has done between the first start and the last
        bool differs = false;
    };

    [[nodiscard]] bool are_alike(const Thread& one, const Thread& other) const;
    void look_at(int thread, std::uintptr_t address, std::size_t size, bool is_write);
    void differ(int first);
    void watch(int first);
    void named(int thread, bool tells, bool detached);
    /// To be changed.
    [[nodiscard]] Thread& thread_of(int number);
    [[nodiscard]] Class& class_of(int first);

    struct Mark {
        std::size_t threads_before = 0;
        std::size_t classes_before = 0;
        std::uint64_t turns = 0;
        int made = 0;
        search::ThreadSet watched = 0;
        search::ThreadSet joiners = 0;
        search::ThreadSet again = 0;
        bool watches = false;
    };
    std::array<Thread, threads_max> threads_{};
    std::array<Class, threads_max> classes_{};
    bool asks_ = false;
    bool watches_ = false;  ///< somebody takes threads for alike, or asks
    int made_ = 0;
    std::uint64_t turns_ = 0;
    search::ThreadSet watched_ = 0;  ///< members of classes with several, and those who join them
    search::ThreadSet joiners_ = 0;  ///< who have begun to join the members of one
    search::ThreadSet again_ = 0;    ///< started so: what they do is not the member's
    bool notes_ = false;
    Marks<Mark> marks_;
    UndoLog<int, Thread> threads_before_;
    UndoLog<int, Class> classes_before_;
};

}  // namespace revenant::model::native
