#include "model/native/spin.hpp"

#include <algorithm>
#include <utility>

#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/spin_wait.hpp"

namespace revenant::model::native {
namespace {

constexpr unsigned idle_rounds_max = 2;
constexpr std::size_t places_max = 64;
// Of threads that go on alone in loops whose rounds are bounded, in one execution. Those that count mostly
// stop before.
constexpr unsigned rounds_alone_max = 12'000;
constexpr std::size_t looked_at_max = 4096;  // bytes of a stack, where nobody has been before

std::uint64_t state_of(int thread, const void* frame) {
    const auto* word =
        reinterpret_cast<const std::uint64_t*>(static_cast<const char*>(frame) - registers_below);
    const auto* const end = reinterpret_cast<const std::uint64_t*>(stack_of(thread) + stack_size);
    std::uint64_t state = 0xcbf2'9ce4'8422'2325;
    for (; word < end; ++word) {
        state = (state ^ *word) * 0x9e37'79b9'7f4a'7c15;
        state ^= state >> 29;
    }
    return state;
}

std::uint64_t bytes_at(std::uintptr_t address, std::size_t size) {
    const auto* const from = reinterpret_cast<const unsigned char*>(address);
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < size; ++i) bytes = bytes << 8 | from[i];
    return bytes;
}

}  // namespace

constinit Everlasting<Spin> the_spin;

void Spin::begin() {
    for (auto& thread : threads_) {
        thread.places.clear();
        thread.reads.clear();
        thread.loops.clear();
        thread.writes = 0;
        thread.held = 0;
        thread.taken = 0;
        thread.others = 0;
        thread.yields = 0;
        thread.yields_alone = false;
        thread.written_count = 0;
        thread.was_last = false;
        thread.is_alone = false;
        thread.error = 0;
        thread.failed = {};
    }
    images_.begin();
    changes_ = 0;
    alone_left_ = rounds_alone_max;
    noted_ = all_threads;
    marks_.clear();
    before_.clear();
    written_before_.shorten(0);
    places_before_.shorten(0);
    reads_before_.shorten(0);
    loops_before_.shorten(0);
}

void Spin::save(std::size_t checkpoint) {
    noted_ = 0;
    marks_.add(checkpoint) = {before_.size(), changes_, alone_left_, images_.size()};
}

void Spin::note(int number) {
    noted_ |= search::set_of(number);
    const auto& own = threads_[static_cast<std::size_t>(number)];
    before_.note(number, {own, own.places.size(), own.reads.size(), own.loops.size()});
    for (std::size_t i = 0; i < own.written_count; ++i) written_before_.add() = own.written[i];
    for (const auto& place : own.places) places_before_.add() = place;
    for (const auto& read : own.reads) reads_before_.add() = read;
    for (const auto& loop : own.loops) loops_before_.add() = loop;
}

void Spin::resume(std::size_t checkpoint) {
    const auto& mark = marks_[checkpoint];
    const auto take_last = [](auto& from, std::size_t count, auto& to) {
        to.resize(count);
        while (count > 0) to[--count] = from.take_last();
    };
    before_.roll_back(mark.before, [&](int number, const Before& before) {
        auto& own = threads_[static_cast<std::size_t>(number)];
        static_cast<Counts&>(own) = before.counts;
        for (auto i = own.written_count; i > 0;) own.written[--i] = written_before_.take_last();
        take_last(places_before_, before.places, own.places);
        take_last(reads_before_, before.reads, own.reads);
        take_last(loops_before_, before.loops, own.loops);
    });
    changes_ = mark.changes;
    alone_left_ = mark.alone_left;
    images_.shorten(mark.images);
    noted_ = 0;
}

// Of what lies on its stack some bytes may never have been written: they are others than the last time, and
// the thread is to find them the same when it comes back here.
void Spin::look_again(int number, std::size_t answers, const void* frame) {
    const auto& known = threads_[static_cast<std::size_t>(number)].places;
    for (const auto& place : known) {
        if (place.answers == answers) images_.take_again(place.stack, number, frame);
    }
}

// Where there is no place yet that the thread may come back to, it need not be known what it changes.
void Spin::writes(int number, std::uintptr_t address, std::size_t size) {
    auto& own = thread(number);
    const bool is_known =
        std::any_of(own.written.begin(), own.written.begin() + static_cast<std::ptrdiff_t>(own.written_count),
                    [&](const Written& one) { return one.address == address && one.size == size; });
    if (is_known) return;
    if (own.places.empty() || size > sizeof(std::uint64_t) || own.written_count == written_max) {
        own.written_count = 0;
        return wrote(number);
    }
    own.written[own.written_count++] = {address, size, bytes_at(address, size)};
}

// Plain bytes, which others cannot see before its next step that they can.
void Spin::wrote(int number) {
    auto& own = thread(number);
    if (own.loops.empty()) return changed(number);
    own.places.clear();
    own.was_last = false;
    own.error = 0;
    ++changes_;
    ++own.writes;
}

// What it has written since its last step, nobody else can have seen meanwhile.
void Spin::settle_written(int number) {
    auto& own = thread(number);
    const bool is_same =
        std::all_of(own.written.begin(), own.written.begin() + static_cast<std::ptrdiff_t>(own.written_count),
                    [](const Written& one) { return bytes_at(one.address, one.size) == one.before; });
    own.written_count = 0;
    if (!is_same) wrote(number);
}

void Spin::found_another(int thread, std::uintptr_t expected) {
    const bool is_own = expected - stack_of(thread) < stack_size;
    if (!is_own) wrote(thread);
}

void Spin::failed_for_nothing(int number, const Asked& asked, const void* frame) {
    if (frame == nullptr) return;
    changed(number);
    auto& own = thread(number);
    own.failed = {asked, state_of(number, frame), own.writes};
}

bool Spin::tries_again(int number, const Asked& asked, const void* frame) {
    auto& own = thread(number);
    const auto failed = own.failed;
    own.failed = {};
    return failed.asked == asked && failed.writes == own.writes && failed.state == state_of(number, frame);
}

std::uint32_t Spin::changes() const { return changes_ + machine().shadow.shared_writes(); }

// A loop may take several rounds to come to the same state, so that more than the last are kept. Most code
// never comes back: the state of a large stack is looked at from the second visit on.
Spin::Round Spin::goes_round(int number, const Asked& asked, const void* frame) {
    auto& own = thread(number);
    settle(number);
    own.is_bounded = false;
    const auto is_here = [&](const Place& known) { return known.asked.place == asked.place; };
    const auto used = stack_of(number) + stack_size - reinterpret_cast<std::uintptr_t>(frame);
    const bool is_looked_at =
        used <= looked_at_max || std::any_of(own.places.begin(), own.places.end(), is_here);
    Place now{asked,
              {},
              own.held,
              own.taken,
              false,
              own.reads.size(),
              machine().shadow.shared_writes(),
              changes(),
              0,
              machine().known_thread(number).released_at,
              false,
              machine().answers()};
    const auto known = std::find_if(own.places.begin(), own.places.end(), [&](const Place& before) {
        return is_looked_at && before.asked == asked && before.held == own.held &&
               images_.is_same(before.stack, number, frame);
    });
    if (known == own.places.end()) {
        if (own.places.size() == places_max) own.places.erase(own.places.begin());
        if (is_looked_at) now.stack = images_.take(number, frame);
        own.places.push_back(now);
        if (rounds_max_ == 0 || !has_had_its_rounds(number, asked.place, frame)) return Round::none;
        return may_go_on(number) ? Round::over : Round::unchanged;
    }
    if (known->changes == now.changes) now.idle_rounds = known->idle_rounds + 1;
    own.since = known->reads;
    own.shared_writes = known->shared_writes;
    own.released_at = known->released_at;
    own.has_more = known->has_more;
    own.changes = now.changes;
    own.is_idle = now.idle_rounds > idle_rounds_max && !own.was_last;
    now.stack = known->stack;
    const bool gives_back = known->gives_back;
    *known = now;
    if (gives_back) return Round::none;  // it is to wait where others can have what the round gives back
    return own.is_idle || !may_go_on(number) ? Round::unchanged : Round::over;
}

// A thread that went on alone is not held up again before it has changed anything that others can see.
bool Spin::has_had_its_rounds(int number, std::uintptr_t place, const void* frame) {
    auto& own = thread(number);
    auto loop = std::find_if(own.loops.begin(), own.loops.end(),
                             [&](const Loop& known) { return known.place == place && known.frame == frame; });
    if (loop == own.loops.end()) {
        if (own.loops.size() == places_max) own.loops.erase(own.loops.begin());
        own.loops.push_back({place, frame, 0, own.reads.size()});
        return false;
    }
    own.since = std::exchange(loop->reads, own.reads.size());
    if (has_read_what_changed(number)) {
        loop->rounds = 0;
        own.is_alone = false;
        return false;
    }
    ++loop->rounds;
    if (own.is_alone && alone_left_ != 0) {
        --alone_left_;
        return false;
    }
    if (loop->rounds < rounds_max_) return false;
    own.is_idle = false;
    own.is_bounded = true;
    has_bounded_ = true;
    return true;
}

bool Spin::yields_in_vain(int number) {
    if (rounds_max_ == 0) return false;
    auto& own = thread(number);
    settle(number);
    if (others_have_changed(number)) {
        own.others = changes_ - own.writes;
        own.yields = 0;
        own.yields_alone = false;
    }
    if (++own.yields <= rounds_max_) return false;
    if (own.yields_alone && alone_left_ != 0) {
        --alone_left_;
        return false;
    }
    own.is_bounded = true;
    has_bounded_ = true;
    return true;
}

// Whatever else it might have done makes its state another one, or has been noted by did_more, or is a step
// on something else: a lock, or a plain variable that is one.
bool Spin::has_only_read(int thread, CellId next) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.is_idle || own.is_bounded || own.since == own.reads.size() || own.has_more) return false;
    const auto& objects = machine().objects.all();
    return std::all_of(own.reads.begin() + static_cast<std::ptrdiff_t>(own.since), own.reads.end(),
                       [&](const Read& read) {
                           return objects[read.cell].kind == ObjectKind::atomic && read.seen == Seen::value &&
                                  (read.before > own.released_at || read.cell == next);
                       });
}

bool Spin::may_go_on(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.is_idle) return changes() != own.changes;
    if (own.since == own.reads.size() || has_read_what_changed(thread)) return true;
    return !own.is_bounded && machine().shadow.shared_writes() != own.shared_writes;
}

bool Spin::has_read_what_changed(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    return std::any_of(own.reads.begin() + static_cast<std::ptrdiff_t>(own.since), own.reads.end(),
                       [&](const Read& read) { return has_changed(read, thread); });
}

CellId Spin::waits_for(int thread) const {
    const auto& own = threads_[static_cast<std::size_t>(thread)];
    if (own.is_idle) return no_id;
    for (auto i = own.since; i < own.reads.size(); ++i) {
        if (own.reads[i].cell != own.reads[own.since].cell) return no_id;
    }
    return own.reads[own.since].cell;
}

}  // namespace revenant::model::native
