#include "model/native/shadow.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>

namespace revenant::model::native {
namespace {

// A mark: a tick, whose it is, and two flags. Of reads the highest bit says that there are several.
constexpr unsigned tick_bits = 30 - std::bit_width(unsigned{threads_max} - 1);
constexpr std::uint32_t tick_mask = (1u << tick_bits) - 1;
constexpr std::uint32_t thread_mask = threads_max - 1;
constexpr std::uint32_t atomic_flag = 1u << 30;
constexpr std::uint32_t freed_flag = 1u << 31;
constexpr std::uint32_t shared_flag = 1u << 31;
static_assert(threads_max <= 128);

// An execution has far fewer ticks than are kept free.
constexpr Tick base_max = tick_mask - (1u << 22);
constexpr std::uint32_t shared_max = 1u << 30;

std::uint32_t mark_of(int thread, Tick tick) {
    return static_cast<std::uint32_t>(thread) << tick_bits | tick;
}
Tick tick_of(std::uint32_t mark) { return mark & tick_mask; }
int thread_of(std::uint32_t mark) { return static_cast<int>(mark >> tick_bits & thread_mask); }

}  // namespace

void Shadow::reserve() {
    arena_ = static_cast<Byte*>(
        map_memory(0, (arena_end - arena_begin) * sizeof(Byte), "no address space for the race check"));
}

void Shadow::track(std::uintptr_t begin, std::uintptr_t end) {
    auto* const bytes = static_cast<Byte*>(
        map_memory(0, (end - begin) * sizeof(Byte), "no address space for the race check"));
    ranges_.push_back({begin, end, bytes});
}

void Shadow::wipe() {
    ::madvise(arena_, (arena_end - arena_begin) * sizeof(Byte), MADV_DONTNEED);
    for (const auto& range : ranges_) {
        ::madvise(range.bytes, (range.end - range.begin) * sizeof(Byte), MADV_DONTNEED);
    }
    base_ = 0;
    last_ = 0;
    shared_base_ = 0;
}

void Shadow::begin() {
    shared_base_ += static_cast<std::uint32_t>(shared_reads_.size());
    shared_reads_.clear();
    shared_writes_ = 0;
    base_ = std::max(base_, last_);
    if (base_ >= base_max || shared_base_ >= shared_max) wipe();
    ++base_;
    notes_ = false;
    has_too_many_ = false;
    marks_.clear();
    bytes_before_.clear();
    reads_before_.clear();
}

void Shadow::save(std::size_t checkpoint) {
    notes_ = true;
    marks_.add(checkpoint) = {bytes_before_.size(), shared_reads_.size(), reads_before_.size(),
                              shared_writes_};
}

void Shadow::resume(std::size_t checkpoint) {
    const auto& mark = marks_[checkpoint];
    bytes_before_.roll_back(mark.bytes, [](const Equal& bytes, const Byte& before) {
        std::fill_n(bytes.begin, bytes.size, before);
    });
    reads_before_.roll_back(mark.reads_before, [&](std::size_t number, const VectorClock& before) {
        shared_reads_[number] = before;
    });
    shared_reads_.resize(mark.reads);
    shared_writes_ = mark.shared_writes;
}

void Shadow::note_equal(Byte* bytes, std::size_t size) {
    constexpr std::size_t notes_max = std::size_t{1} << 20;
    if (bytes_before_.size() == notes_max) has_too_many_ = true;
    if (notes_ && !has_too_many_) bytes_before_.note({bytes, size}, *bytes);
}

// These bytes are about to change.
void Shadow::note(Byte* bytes, std::size_t size) {
    if (!notes_ || size == 0) return;
    if (are_equal(bytes, size)) return note_equal(bytes, size);
    for (auto* const end = bytes + size; bytes != end;) {
        auto* const first = bytes;
        while (bytes != end && bytes->write == first->write && bytes->read == first->read) ++bytes;
        note_equal(first, static_cast<std::size_t>(bytes - first));
    }
}

bool Shadow::is_unordered(std::uint32_t mark, const VectorClock& clock) const {
    const Tick tick = tick_of(mark);
    return tick >= base_ && !clock.covers(thread_of(mark), tick);
}

bool Shadow::reads_are_unordered(std::uint32_t reads, const VectorClock& clock) const {
    if ((reads & shared_flag) == 0) return is_unordered(reads, clock);
    const auto number = reads & ~shared_flag;
    if (number < shared_base_) return false;
    return !clock.covers_all(shared_reads_[number - shared_base_]);
}

bool Shadow::is_of_another(const Byte& byte, int thread) const {
    const auto is_other = [&](std::uint32_t mark) {
        return tick_of(mark) >= base_ && thread_of(mark) != thread;
    };
    if ((byte.read & shared_flag) != 0) return (byte.read & ~shared_flag) >= shared_base_;
    return is_other(byte.read) || is_other(byte.write);
}

void Shadow::note_read(Byte& byte, int thread, const VectorClock& clock) {
    const auto mine = mark_of(thread, clock[thread]);
    if (byte.read == mine) return;
    const bool several = (byte.read & shared_flag) != 0 && (byte.read & ~shared_flag) >= shared_base_;
    if (several) {
        const auto number = (byte.read & ~shared_flag) - shared_base_;
        auto& readers = shared_reads_[number];
        if (notes_ && !has_too_many_) reads_before_.note(number, readers);
        readers[thread] = clock[thread];
        return;
    }
    if ((byte.read & shared_flag) != 0 || !is_unordered(byte.read, clock)) {
        byte.read = mine;
        return;
    }
    VectorClock readers;
    readers[thread_of(byte.read)] = tick_of(byte.read);
    readers[thread] = clock[thread];
    byte.read = shared_flag | (shared_base_ + static_cast<std::uint32_t>(shared_reads_.size()));
    shared_reads_.push_back(readers);
}

// Two at a time: whoever accesses an object accesses all of it, mostly.
bool Shadow::are_equal(const Byte* bytes, std::size_t size) {
    using Pair [[gnu::vector_size(2 * sizeof(Byte))]] = long long;
    const auto pair_at = [&](std::size_t at) {
        Pair pair;
        __builtin_memcpy(&pair, bytes + at, sizeof pair);
        return pair;
    };
    if (size == 1) return true;
    const auto last = pair_at(size - 2);
    Pair differences = last ^ __builtin_shufflevector(last, last, 1, 0);
    for (std::size_t at = 0; at + 2 < size; at += 2) differences |= pair_at(at) ^ last;
    return (differences[0] | differences[1]) == 0;
}

// Bytes whose marks are all the same: one is looked at. False, and nothing is done: each has to be.
bool Shadow::access_equal(Byte* bytes, std::size_t size, bool is_write, std::uint32_t mine,
                          const VectorClock& clock) {
    auto byte = *bytes;
    const auto is_own = [&](std::uint32_t mark) { return (mark ^ mine) >> tick_bits == 0; };
    const auto is_old = [&](std::uint32_t mark) { return tick_of(mark) < base_; };
    const bool is_written = !is_own(byte.write) && !is_old(byte.write);  // … by another thread
    if (is_written && ((byte.write & (freed_flag | atomic_flag)) != 0 || is_unordered(byte.write, clock))) {
        return false;
    }
    if ((byte.read & shared_flag) != 0) return false;
    const bool is_read = !is_own(byte.read) && !is_old(byte.read);
    if (is_read && is_unordered(byte.read, clock)) return false;
    if (is_write) {
        shared_writes_ += is_written || is_read ? 1 : 0;
        byte = {mine, 0};
    } else {
        byte.read = mine;
    }
    if (byte.write == bytes->write && byte.read == bytes->read) return true;
    if (notes_) note_equal(bytes, size);
    for (auto* const end = bytes + size; bytes != end; ++bytes) *bytes = byte;
    return true;
}

Clash Shadow::access(std::uintptr_t address, std::size_t size, bool is_write, int thread,
                     const VectorClock& clock) {
    auto* const bytes = at(address);
    if (bytes == nullptr) return Clash::none;
    const auto mine = mark_of(thread, clock[thread]);
    if (are_equal(bytes, size) && access_equal(bytes, size, is_write, mine, clock)) return Clash::none;
    return access_each(bytes, size, is_write, thread, clock);
}

Clash Shadow::access_each(Byte* byte, std::size_t size, bool is_write, int thread, const VectorClock& clock) {
    note(byte, size);
    auto worst = Clash::none;
    bool is_shared = false;
    const auto mine = mark_of(thread, clock[thread]);
    const auto is_own = [&](std::uint32_t mark) { return (mark ^ mine) >> tick_bits == 0; };
    for (auto* const end = byte + size; byte != end; ++byte) {
        // Nobody else has been here: most accesses.
        const bool is_free = is_own(byte->write) || tick_of(byte->write) < base_;
        const bool is_unread = (byte->read & shared_flag) == 0 && tick_of(byte->read) < base_;
        if (is_free && (is_unread || is_own(byte->read))) {
            if (is_write) {
                *byte = {mine, 0};
            } else {
                byte->read = mine;
            }
            continue;
        }
        if (tick_of(byte->write) >= base_) {
            if ((byte->write & freed_flag) != 0) return Clash::freed;
            if ((byte->write & atomic_flag) != 0) worst = std::max(worst, Clash::atomic);
            if (is_unordered(byte->write, clock)) return Clash::race;
        }
        if (is_write) {
            if (reads_are_unordered(byte->read, clock)) return Clash::race;
            is_shared = is_shared || is_of_another(*byte, thread);
            byte->write = mine;
            byte->read = 0;
        } else {
            note_read(*byte, thread, clock);
        }
    }
    shared_writes_ += is_shared ? 1 : 0;
    return worst;
}

Clash Shadow::atomic_access(std::uintptr_t address, std::size_t size, bool is_write,
                            const VectorClock& clock) const {
    const auto* byte = at(address);
    if (byte == nullptr) return Clash::none;
    if (are_equal(byte, size)) size = 1;
    for (const auto* const end = byte + size; byte != end; ++byte) {
        if (tick_of(byte->write) >= base_) {
            if ((byte->write & freed_flag) != 0) return Clash::freed;
            if (is_unordered(byte->write, clock)) return Clash::race;
        }
        if (is_write && reads_are_unordered(byte->read, clock)) return Clash::race;
    }
    return Clash::none;
}

bool Shadow::is_atomic(const Byte& byte) const {
    return (byte.write & atomic_flag) != 0 && tick_of(byte.write) >= base_;
}

bool Shadow::is_atomic(std::uintptr_t address) const {
    const auto* const byte = at(address);
    return byte != nullptr && is_atomic(*byte);
}

void Shadow::make_atomic(std::uintptr_t address, std::size_t size) {
    auto* byte = at(address);
    if (byte == nullptr) return;
    note(byte, size);
    for (auto* const end = byte + size; byte != end; ++byte) {
        if (tick_of(byte->write) < base_) byte->write = mark_of(0, base_);
        byte->write |= atomic_flag;
    }
}

void Shadow::last_write(std::uintptr_t address, int& thread, Tick& tick) const {
    const auto* const byte = at(address);
    const bool known = byte != nullptr && tick_of(byte->write) >= base_;
    thread = known ? thread_of(byte->write) : 0;
    tick = known ? tick_of(byte->write) : base_;
}

Clash Shadow::free(std::uintptr_t address, std::size_t size, int thread, const VectorClock& clock,
                   bool unchecked) {
    auto* byte = at(address);
    note(byte, size);
    ++shared_writes_;
    const Byte freed{mark_of(thread, clock[thread]) | freed_flag, 0};
    Byte last{};  // nothing is in no order with bytes that nobody has used
    for (auto* const end = byte + size; byte != end; ++byte) {
        const bool is_like_last = byte->write == last.write && byte->read == last.read;
        if (!unchecked && !is_like_last) {
            if (is_unordered(byte->write, clock) || reads_are_unordered(byte->read, clock))
                return Clash::race;
            last = *byte;
        }
        *byte = freed;
    }
    return Clash::none;
}

void Shadow::hand_over(std::uintptr_t address, std::size_t size, int thread, Tick tick) {
    auto* byte = at(address);
    if (byte == nullptr) return;
    note(byte, size);
    for (auto* const end = byte + size; byte != end; ++byte) *byte = {mark_of(thread, tick), 0};
}

bool Shadow::was_touched(std::uintptr_t address, std::size_t size, bool is_write, const Span& span) const {
    const auto* byte = at(address);
    if (byte == nullptr) return false;
    const auto is_within = [&](Tick tick) { return tick >= span.from && tick <= span.to; };
    const auto is_one = [&](std::uint32_t mark) {
        return thread_of(mark) == span.thread && is_within(tick_of(mark));
    };
    for (const auto* const end = byte + size; byte != end; ++byte) {
        if (is_one(byte->write)) return true;
        if (!is_write) continue;
        if ((byte->read & shared_flag) == 0) {
            if (is_one(byte->read)) return true;
        } else if (const auto number = byte->read & ~shared_flag; number >= shared_base_) {
            if (is_within(shared_reads_[number - shared_base_][span.thread])) return true;
        }
    }
    return false;
}

bool Shadow::is_of_another(std::uintptr_t address, std::size_t size, int thread) const {
    const auto* byte = at(address);
    if (byte == nullptr) return false;
    const auto* const end = byte + size;
    return std::any_of(byte, end, [&](const Byte& one) { return is_of_another(one, thread); });
}

std::uint64_t Shadow::shared_bytes(std::uintptr_t address, int thread) const {
    std::uint64_t shared = 0;
    const auto* const byte = at(address);
    for (unsigned i = 0; byte != nullptr && i < sizeof shared; ++i) {
        const auto mark = byte[i].write;
        const bool is_old = tick_of(mark) < base_;
        if (!is_old && (thread_of(mark) != thread || (mark & atomic_flag) != 0)) {
            shared |= std::uint64_t{0xff} << (8 * i);
        }
    }
    return shared;
}

void Shadow::allocate(std::uintptr_t address, std::size_t size, int thread, Tick tick) {
    auto* byte = at(address);
    note(byte, size);
    const Byte fresh{mark_of(thread, tick), 0};
    for (auto* const end = byte + size; byte != end; ++byte) *byte = fresh;
}

}  // namespace revenant::model::native
