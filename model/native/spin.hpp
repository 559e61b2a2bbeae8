// Spin: when a thread that goes round in a loop may go on.
//
// A thread that is about to do a read again, with the same state as the last time (what it asks for,
// registers, stack, nothing changed by itself in between) and with everything unchanged that it has read
// since, would come to the same place in the same state for ever. It waits until something that it has read
// changes. A loop that counts its rounds has another state in each, and is explored round by round.
//
// To hold a mutex for a while and only read is no change, but a read of what it guards, and of who has
// tried for it in vain; to have it still when the round is over is another state; and a thread waits at no
// place where it has one that its round gives back. Nor is a write to the thread's own stack, which is part
// of its state: others wait for it if they have touched those bytes before.
//
// A round that has only read atomics could as well not have been: whatever happens with it happens without,
// where the thread makes the reads of its last round alone. So a search that takes each class of equivalent
// executions once may take it for an assumption that the thread does not come round (Strategy::spin_assume):
// a thread that could go on after such a round is left behind, and the execution counts as blocked.
// That holds for races too only if another access of the thread stands for each of the round's: the first
// read of the round is made once more before the thread goes on, and what else it accesses it must have
// accessed before (did_more). A store of what is there ends another thread's release sequence, and is no
// read.
//
// A loop that counts its rounds may have too many of them to be explored. If the search bounds them
// (bound_rounds), a thread that has come back so often, in whatever state, waits for a change as well; and if
// nobody else can go on, it goes on alone for a while. What more rounds would have come to is not known then.
// So does one that has yielded so often, and whose rounds alone have changed anything.
//
// Two threads that take mutexes, find another one taken and give back what they have (std::lock) could make
// each other fail for ever. Each makes so many rounds while nobody changes anything, and then waits for the
// others.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/native/asked.hpp"
#include "model/native/checkpoint.hpp"
#include "model/native/clocks.hpp"
#include "model/native/everlasting.hpp"
#include "model/native/stack_images.hpp"
#include "model/native/undo_log.hpp"
#include "model/native/values.hpp"
#include "model/operation.hpp"

namespace revenant::model::native {

class Spin {
public:
    enum class Seen : std::uint8_t {
        value,  ///< of an atomic or a semaphore; or what a mutex guards
        held,   ///< a mutex or read-write lock: it was not to be had
        queue,  ///< that nobody waits for it
    };
    struct Read {
        CellId cell;
        std::uint32_t changes;
        Seen seen = Seen::value;
        Tick before = 0;  ///< when the thread had read it last, if it is an atomic: see did_more
    };

    /// In all executions from now on; 0: not at all. See Schedule::rounds_max.
    void bound_rounds(unsigned rounds_max) {
        rounds_max_ = rounds_max;
        has_bounded_ = false;
    }
    /// Whether a thread had to wait for that reason since.
    [[nodiscard]] bool has_bounded() const { return has_bounded_; }

    void begin();
    void save(std::size_t checkpoint);
    void resume(std::size_t checkpoint);
    /// The thread is at this call again, in an execution that begins as the one before. `answers`: how many
    /// calls had returned by then.
    void repeats(int thread, std::size_t answers, const void* frame) {
        if (!threads_[static_cast<std::size_t>(thread)].places.empty()) look_again(thread, answers, frame);
    }
    /// The thread has changed something that others, or it itself later, can tell from before.
    void changed(int number) {
        auto& own = thread(number);
        own.places.clear();
        own.reads.clear();
        own.loops.clear();
        own.was_last = false;
        own.is_alone = false;
        own.error = 0;
        ++changes_;
        ++own.writes;
    }
    /// It is about to write plain bytes. If what they hold is the same by its next step, that is no change.
    void writes(int thread, std::uintptr_t address, std::size_t size);
    /// … and it is time to see. Before others may look, or somebody asks what it has changed.
    void settle(int number) {
        if (threads_[static_cast<std::size_t>(number)].written_count != 0) settle_written(number);
    }
    /// A failed exchange has put what it has found where the thread keeps what it expects.
    void found_another(int thread, std::uintptr_t expected);
    /// A try at this place has failed, and has left the error in errno. Since its last change the thread may
    /// have been elsewhere with another one there. That of the try itself, nobody can look at any more.
    void left_error(int thread, int error, std::uintptr_t place);
    /// It has taken a mutex, or the same once more: the number of that.
    std::uint32_t takes(int number, CellId mutex) {
        auto& own = thread(number);
        own.held += one_of(mutex);
        return ++own.taken;
    }
    /// It has given back what it took as that number; `whole`: and does not hold it any more.
    void gives_back(int number, CellId mutex, std::uint32_t taken, bool whole) {
        auto& own = thread(number);
        own.held -= one_of(mutex);
        for (auto& place : own.places) place.gives_back = place.gives_back || (whole && taken <= place.taken);
    }
    /// How often it has changed something.
    [[nodiscard]] std::uint32_t writes_of(int thread) const {
        return threads_[static_cast<std::size_t>(thread)].writes;
    }
    /// The thread has read a cell, which had been changed so often by then; or has found a lock held, which
    /// had been released so often; or has found nobody in a queue, which somebody had joined or left so
    /// often.
    void saw(int number, const Read& read) {
        if (is_watched(number)) thread(number).reads.push_back(read);
    }
    /// Whether there is a place that the thread may come back to.
    [[nodiscard]] bool is_watched(int thread) const {
        const auto& own = threads_[static_cast<std::size_t>(thread)];
        return !own.places.empty() || !own.loops.empty();
    }
    /// The thread does what others may tell from not having done it, though it changes nothing. A round is
    /// not to be left out then, unless the thread has done the same before the round and released nothing
    /// between: whoever is in no order with the one is in none with the other either. What the round itself
    /// releases would be left out with it. `is_made_up_for`: whether it has, since the tick when it last
    /// released.
    template <class IsMadeUpFor>
    void did_more(int number, const IsMadeUpFor& is_made_up_for) {
        if (!is_watched(number)) return;
        for (auto& place : thread(number).places) {
            place.has_more = place.has_more || !is_made_up_for(place.released_at);
        }
    }
    void did_more(int number) {
        did_more(number, [](Tick) { return false; });
    }
    enum class Round : std::uint8_t {
        none,       ///< it has not been here before in this state
        over,       ///< it has, and what it has read meanwhile has changed
        unchanged,  ///< it has, and is to wait first
    };
    /// It is about to read; `frame` is that of the function which it has called for it.
    [[nodiscard]] Round goes_round(int thread, const Asked& asked, const void* frame);
    /// Whether the round that has just ended has only read atomics, or written to one what was there, and has
    /// done nothing that could be told from its not having been. `next`: the cell that it is about to read.
    [[nodiscard]] bool has_only_read(int thread, CellId next) const;
    /// Whether something has changed that the thread has read since it was last here.
    [[nodiscard]] bool may_go_on(int thread) const;
    /// Whether it has read one thing in the round.
    [[nodiscard]] bool has_read_once(int thread) const {
        const auto& own = threads_[static_cast<std::size_t>(thread)];
        return own.since + 1 == own.reads.size();
    }
    /// … if that is an atomic or a mutex.
    [[nodiscard]] bool has_read_what_changed(int thread) const;
    /// Whether it has had its rounds, and waits for what it has read to change.
    [[nodiscard]] bool is_bounded(int thread) const {
        return threads_[static_cast<std::size_t>(thread)].is_bounded;
    }
    /// Whether it may go on without a change once nobody else can.
    [[nodiscard]] bool may_come_last(int thread) const {
        const auto& own = threads_[static_cast<std::size_t>(thread)];
        return own.is_idle || (own.is_bounded && !own.is_alone);
    }
    /// Nobody else could go on. If it comes round once more it waits as others do, for what it reads.
    void goes_on_alone(int number) {
        auto& own = thread(number);
        (own.is_bounded ? own.is_alone : own.was_last) = true;
        own.yields_alone = own.is_bounded;
    }
    /// It yields. Whether it has done so as often as the search lets it, with no change by others.
    [[nodiscard]] bool yields_in_vain(int number);
    [[nodiscard]] bool others_have_changed(int thread) const {
        const auto& own = threads_[static_cast<std::size_t>(thread)];
        return changes_ - own.writes != own.others;
    }
    /// The one cell that it waits for, or no_id: several.
    [[nodiscard]] CellId waits_for(int thread) const;

    /// A weak CAS has failed for no reason. If the thread's next step is to try the same again, in the same
    /// state, it might as well not have failed.
    void failed_for_nothing(int thread, const Asked& asked, const void* frame);
    /// Whether that is so. Asked before the thread's next step; the answer is given once.
    [[nodiscard]] bool tries_again(int thread, const Asked& asked, const void* frame);
    /// The next step is another one.
    void does_something_else(int number) {
        if (threads_[static_cast<std::size_t>(number)].failed.asked.place != 0) thread(number).failed = {};
        settle(number);
    }

private:
    /// A place that the thread has been at since its last change.
    struct Place {
        Asked asked;
        StackImage stack;                 ///< … and its state
        std::uint64_t held = 0;           ///< … with the mutexes that it holds
        std::uint32_t taken = 0;          ///< how many it had taken before
        bool gives_back = false;          ///< … and has given one of those back since
        std::size_t reads = 0;            ///< how many of its reads came before
        std::uint32_t shared_writes = 0;  ///< see shadow.hpp
        std::uint32_t changes = 0;        ///< of anybody
        unsigned idle_rounds = 0;         ///< in which nobody has changed anything
        Tick released_at = 0;             ///< when the thread had last released anything
        bool has_more = false;            ///< since: see did_more
        std::size_t answers = 0;          ///< how many calls had returned before: see `repeats`
    };
    /// The last step, if it was a weak CAS that failed for no reason.
    struct Failed {
        Asked asked;
        std::uint64_t state = 0;
        std::uint32_t writes = 0;
    };
    /// A place that the thread has come back to in a loop, in whatever state, with nothing changed but what
    /// it alone has written.
    struct Loop {
        std::uintptr_t place = 0;
        const void* frame = nullptr;
        unsigned rounds = 0;
        std::size_t reads = 0;  ///< how many of its reads came before the last
    };
    /// Plain bytes, as they were.
    struct Written {
        std::uintptr_t address = 0;
        std::size_t size = 0;
        std::uint64_t before = 0;
    };
    static constexpr std::size_t written_max = 8;
    struct Counts {
        std::size_t written_count = 0;
        std::size_t since = 0;            ///< the reads of the round that is waited in
        std::uint32_t shared_writes = 0;  ///< at its beginning
        std::uint32_t changes = 0;        ///< at its end
        bool is_idle = false;             ///< the thread has had enough rounds
        bool was_last = false;            ///< … and waited until nobody else could go on
        bool is_bounded = false;          ///< it has come back as often as the search lets it
        bool is_alone = false;            ///< … and waited until nobody else could go on
        int error = 0;                    ///< that a try has left since the last change
        std::uint32_t writes = 0;
        std::uint32_t others = 0;   ///< the others' changes when it yielded last
        unsigned yields = 0;        ///< how often it has, since
        bool yields_alone = false;  ///< … and it has waited until nobody else could go on
        std::uint64_t held = 0;     ///< a sum over the mutexes that the thread holds
        std::uint32_t taken = 0;    ///< how many it has taken
        Tick released_at = 0;       ///< at the beginning of the round
        bool has_more = false;      ///< … and since
        Failed failed;
    };
    struct Thread : Counts {
        std::array<Written, written_max> written{};  ///< since its last step
        std::vector<Place> places;
        std::vector<Read> reads;  ///< since the first of the places, or of the loops
        std::vector<Loop> loops;  ///< if the search bounds them
    };
    /// A thread as it was; the last of written_before_, places_before_ and so on are its own.
    struct Before {
        Counts counts;
        std::size_t places = 0;
        std::size_t reads = 0;
        std::size_t loops = 0;
    };
    struct Mark {
        std::size_t before = 0;
        std::uint32_t changes = 0;
        unsigned alone_left = 0;
        std::size_t images = 0;
    };
    /// To be changed: what it was is noted.
    [[nodiscard]] Thread& thread(int number) {
        auto& found = threads_[static_cast<std::size_t>(number)];
        if (!search::contains(noted_, number)) note(number);
        return found;
    }
    [[nodiscard]] static std::uint64_t one_of(CellId mutex) {
        return (std::uint64_t{mutex} + 1) * 0x9e37'79b9'7f4a'7c15;
    }
    void note(int number);
    void wrote(int number);
    void settle_written(int number);
    void look_again(int number, std::size_t answers, const void* frame);
    [[nodiscard]] std::uint32_t changes() const;
    [[nodiscard]] bool has_had_its_rounds(int number, std::uintptr_t place, const void* frame);

    std::array<Thread, threads_max> threads_;
    StackImages images_;
    std::uint32_t changes_ = 0;
    unsigned rounds_max_ = 0;
    unsigned alone_left_ = 0;
    bool has_bounded_ = false;

    search::ThreadSet noted_ = all_threads;
    Marks<Mark> marks_;
    UndoLog<int, Before> before_;
    Stack<Written> written_before_;
    Stack<Place> places_before_;
    Stack<Read> reads_before_;
    Stack<Loop> loops_before_;
};

extern constinit Everlasting<Spin> the_spin;
[[nodiscard]] inline Spin& spin() { return the_spin.value; }

}  // namespace revenant::model::native
