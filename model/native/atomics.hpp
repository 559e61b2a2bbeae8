// Atomics: the C++ memory model: which stores a load may read, and what it then knows.
//
// The modification order of an atomic is the order of execution. A load may read an older store than the
// newest, as long as nothing that comes before it has made, overwritten or seen a newer one, in the sense of
// happens-before and of the order of sequentially consistent operations; which one it reads is a choice of
// the strategy. Promises (a load that reads a later store) are left out.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/native/clocks.hpp"
#include "model/native/machine.hpp"
#include "model/native/undo_log.hpp"
#include "model/native/values.hpp"

namespace revenant::model::native {

enum class Change : std::uint8_t { exchange, add, sub, bit_and, bit_or, bit_xor, bit_nand };

class Atomics {
public:
    struct Target {
        std::uintptr_t address;
        std::size_t size;
        std::uintptr_t place;         ///< the code that asks
        const void* frame = nullptr;  ///< of the function that it has called, or null: see spin.hpp
        bool result_is_used = false;  ///< whatever the code there does: the function that it has called does
        std::uintptr_t found_at = 0;  ///< of a CAS: where the program is to find what it has found
    };

    /// Before the objects of the execution before are forgotten.
    void begin();
    void save(std::size_t checkpoint);
    void resume(std::size_t checkpoint);
    [[nodiscard]] Value load(const Target& target, std::memory_order order);
    void store(const Target& target, Value value, std::memory_order order);
    /// Returns what was there.
    Value change(const Target& target, Change how, Value operand, std::memory_order order);
    /// Whether it has stored; otherwise `expected` is what was there.
    [[nodiscard]] bool compare_exchange(const Target& target, Value& expected, Value desired,
                                        std::memory_order success, std::memory_order failure, bool weak);
    void fence(std::memory_order order, std::uintptr_t place);

    /// The thread has gone on to something else than its last load.
    void did_more(int thread) { own(thread).poll = {}; }
    /// What a thread's last load has found at an address; empty: it has done something else since.
    struct Found {
        Value value = 0;
        std::size_t size = 0;
    };
    [[nodiscard]] std::optional<Found> last_found(int thread, std::uintptr_t address) const;
    /// A CAS that is announced counts as what it would be now.
    void classify_pending();
    /// Whether a plain access to bytes of an atomic is in no order with an atomic one.
    [[nodiscard]] bool is_race(std::uintptr_t address, std::size_t size, bool is_write,
                               const VectorClock& clock) const;
    /// How often an atomic has got another value than it had.
    [[nodiscard]] std::uint32_t changes_of(CellId cell) const {
        return cell < locations_.size() ? locations_[cell].changes : 0;
    }
    // What is not read but by a futex, in the kernel, orders nothing else.
    /// A futex is about to look at the word: a read that may race with a plain write, or come too late.
    void is_looked_at(std::uintptr_t word, std::size_t size, std::uintptr_t place);
    /// The current thread has found there what is newest: what it reads from now on is not older.
    void has_seen_newest(CellId cell);
    /// … of another thread, which the current one wakes: not older than this one may read.
    void hand_floor_on(CellId cell, int thread);
    /// Whether this execution has additions in no order that C++ has in one.
    [[nodiscard]] bool lacks_order_of_additions() const;
    /// The value in memory, unchecked.
    [[nodiscard]] static Value peek(std::uintptr_t address, std::size_t size);

private:
    /// One of an atomic's stores, and who has seen it.
    struct Store {
        Value value = 0;
        int thread = 0;
        Tick tick = 0;
        VectorClock released;          ///< what an acquiring load that reads it comes after
        VectorClock seen;              ///< the tick at which a thread had seen it first, 0: it has not
        std::uint64_t sequential = 0;  ///< its place among the sequentially consistent operations, or 0
        std::int32_t addition = -1;    ///< its number, if it is one whose result nobody uses
        std::array<std::uint8_t, threads_max> stale_reads{};  ///< how often a thread has read it so
    };
    struct Counts {
        std::size_t size = 0;
        std::size_t count = 0;  ///< of stores
        VectorClock wrote;      ///< the ticks of the threads' last stores
        VectorClock read;       ///< … and loads
        unsigned spurious_failures = 0;
        std::uint32_t changes = 0;
    };
    struct Location : Counts {
        std::vector<Store> stores;  ///< `count` of them are this execution's

        [[nodiscard]] Store& newest() { return stores[count - 1]; }
        Store& add();
    };
    /// A thread's last load, as long as it does nothing else.
    struct Poll {
        std::uintptr_t place = 0;
        std::uintptr_t address = 0;
        std::size_t index = 0;
        const void* frame = nullptr;
        unsigned times = 1;  ///< in a row, without a step between
    };
    struct Pending {
        Target target{};
        Value expected = 0;
    };
    /// What is a thread's own.
    struct Own {
        Poll poll;
        Pending pending;
        std::uint64_t last_fence = 0;
    };
    static constexpr std::size_t stores_max = 8;  ///< that a load may choose from
    static constexpr unsigned spurious_failures_max = 2;
    static constexpr unsigned stale_reads_max = 2;  ///< of one store, by one thread
    /// An addition whose result nobody uses. Until somebody reads between them, several in a row are in no
    /// order: atomics_additions.cpp.
    struct Addition {
        Value operand = 0;
        VectorClock released;  ///< by itself
        VectorClock before;    ///< what had been released before the first of the row
        std::size_t step = 0;  ///< its number in the execution
        /// It does not come after what another one before it in the row has released.
        bool lacks_order = false;
    };
    /// What a load may read: a store, or the last of some additions that come before the rest of their row.
    struct Option {
        std::size_t index = 0;
        Value value = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
        std::uint32_t first = 0;  ///< a bit each; 0: the row stays as it is
    };
    /// What the current thread knows of stores.
    struct View {
        VectorClock clock;
        std::uint64_t last_fence;
        bool sequential;  ///< it asks as a sequentially consistent operation
    };

    /// What is about to change of an atomic, and how it was.
    struct Undo {
        enum class What : std::uint8_t {
            step,   ///< all that one operation changes, but the stores there were
            seen,   ///< the thread has not seen the store
            store,  ///< the store, which is the last of stores_before_
            whole,  ///< all: the last of counts_before_, and so many stores as it has
        };
        What what = What::step;
        std::uint8_t thread = 0;
        CellId cell = 0;
        std::uint32_t index = 0;  ///< of the store; of a step, the number of stores
        Tick wrote = 0;
        Tick read = 0;
        unsigned spurious_failures = 0;
        std::uint32_t changes = 0;
    };
    struct Mark {
        std::size_t log = 0;
        std::size_t own_before = 0;
        std::size_t additions = 0;
        std::size_t formers = 0;
        std::uint64_t sequential = 0;
        search::ThreadSet pending_cas = 0;
        VectorClock fenced;
    };

    Location& location(const Target& target);
    /// To be changed: what it was is noted.
    [[nodiscard]] Own& own(int thread) {
        auto& found = own_[static_cast<std::size_t>(thread)];
        if (!search::contains(noted_, thread)) note(thread);
        return found;
    }
    void note(int thread);
    Undo& note(Undo::What what, const Location& location, std::size_t index);
    void note_step(const Location& location);
    void note_store(const Location& location, std::size_t index);
    void note_whole(const Location& location);
    void put_back(const Undo& undo);
    void check(const Target& target, OperationKind kind, bool is_write, std::memory_order order);
    [[nodiscard]] View view(const Location& location, bool sequential) const;
    [[nodiscard]] static bool knows(const View& view, const Store& store);
    [[nodiscard]] static bool knows_of_a_reader(const View& view, const Store& store);
    [[nodiscard]] static std::size_t floor(const Location& location, const View& view);
    void read(Location& location, std::size_t index, std::memory_order order);
    void has_seen(Location& location, std::size_t index, int thread);
    void write(Location& location, const Target& target, Value value, std::memory_order order,
               const VectorClock* continued);
    [[nodiscard]] search::Access access(search::AccessKind kind, CellId cell, std::memory_order order) const;

    std::vector<Location> locations_;  ///< by the number of the object
    [[nodiscard]] static search::AccessKind access_of(const Pending& pending);
    [[nodiscard]] bool is_poll_again(const Target& target, CellId cell);
    static void repeat_store(const Target& target);
    void refuse_overlap(const Target& target, bool is_anew);
    [[nodiscard]] bool forget_others(std::uintptr_t byte, std::uintptr_t own);
    void saw(const Target& target, const Location& location, std::size_t index, Tick before);
    /// What a load may choose from, the newest first.
    [[nodiscard]] const std::vector<Option>& options(const Location& location, bool sequential);
    /// What a CAS may fail by instead of what is newest.
    [[nodiscard]] const std::vector<Option>& failures(const Location& location, Value wanted,
                                                      bool sequential);
    /// One of them is read.
    void take(Location& location, const Option& option);

    void add(Location& location, const Target& target, Value operand, std::memory_order order);
    void add_orders(const Location& location, const View& view);
    void add_orders_of(const Location& location, const View& view, std::size_t begin, std::size_t end);
    [[nodiscard]] static std::size_t row_begin(const Location& location, std::size_t end);
    [[nodiscard]] bool comes_before(const Store& one, const Store& other) const;

    std::vector<Addition> additions_;
    std::vector<Option> options_;
    std::array<Own, threads_max> own_{};
    search::ThreadSet pending_cas_ = 0;  ///< who has announced a CAS
    VectorClock fenced_;                 ///< what the sequentially consistent fences so far have published
    std::uint64_t sequential_ = 0;

    bool notes_ = false;
    search::ThreadSet noted_ = all_threads;
    Marks<Mark> marks_;
    Stack<Undo> log_;
    Stack<Counts> counts_before_;
    Stack<Store> stores_before_;
    UndoLog<int, Own> own_before_;  ///< by the thread
    /// What whoever has woken a thread knew then, which holds for the thread's reads of the word. No mark on
    /// a store: that would tell its order among additions, and a wake is in no order with those.
    struct Told {
        CellId cell = no_id;
        int thread = 0;
        VectorClock clock;
        std::uint64_t last_fence = 0;
    };
    /// Null: nobody has woken the thread there.
    [[nodiscard]] const Told* find_told(CellId cell, int thread) const;
    /// An atomic that was forgotten, as one of another size has its bytes: those who are in no order with it.
    struct Former {
        std::uintptr_t address = 0;
        std::size_t size = 0;
        VectorClock wrote;
        VectorClock read;
    };
    /// … as long as nobody writes the byte as plain data.
    std::vector<Former> formers_;
    std::vector<Told> told_;  ///< behind the first, there are no checkpoints
};

extern constinit Everlasting<Atomics> the_atomics;
[[nodiscard]] inline Atomics& atomics() { return the_atomics.value; }

}  // namespace revenant::model::native
