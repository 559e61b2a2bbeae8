#include "model/native/recorder.hpp"

#include "model/native/export.hpp"
#include "model/native/layout.hpp"
#include "model/native/libcs_own.hpp"
#include "model/native/segments.hpp"
#include "model/native/sources.hpp"

namespace revenant::model::native {
namespace {

const char* word_of(ObjectKind kind) {
    switch (kind) {
        case ObjectKind::mutex: return "mutex";
        case ObjectKind::condition: return "condition";
        case ObjectKind::guard: return "once";
        case ObjectKind::semaphore: return "semaphore";
        case ObjectKind::rwlock: return "rwlock";
        case ObjectKind::barrier: return "barrier";
        case ObjectKind::annotation: return "annotation";
        case ObjectKind::atomic: return "atomic";
        case ObjectKind::freed:
        case ObjectKind::plain: break;
    }
    return "data";
}

// What has no name is told apart by a number behind this.
const char* label_of(std::uintptr_t address, ObjectKind kind) {
    if (kind != ObjectKind::plain && kind != ObjectKind::freed) return word_of(kind);
    if (address - number_of(&libcs_own) < sizeof libcs_own) return "libc";
    if (!in_arena(address)) return "outside";
    if (address < heap_of(0)) return "before_main";  // was made by then
    return is_of_a_stack(address) ? "local" : "thread_local";
}

}  // namespace

void Recorder::begin() {
    trace_ = {};
    places_.clear();
    steps_before_choices_.clear();
    cells_.clear();
    blocks_.clear();
    outside_.clear();
    labels_.clear();
    numbers_.clear();
    frees_from_before_ = false;
    freed_ = no_id;
    addresses_.clear();
    frames_.clear();
    frames_of_steps_.clear();
    last_at_.clear();
}

// A cell is what the program has at an address; a mutex at the address of a number is another one. A plain
// access to the watched bytes and an atomic one to the same are of one cell. Where a whole block is watched,
// because it is freed, each of its fields is a cell.
CellId Recorder::cell(std::uintptr_t address, ObjectKind kind, std::size_t size) {
    if (kind == ObjectKind::plain || kind == ObjectKind::atomic) {
        kind = ObjectKind::plain;
        const bool is_watched = address < watched_ + watched_size_ && watched_ < address + size;
        if (is_watched && !watches_block()) address = watched_;
    }
    if (kind == ObjectKind::mutex && address % 2 != 0) {  // of what is done once: see once.hpp
        kind = ObjectKind::guard;
        --address;
    }
    const auto known = cells_.find({address, kind});
    if (known != cells_.end()) return known->second;
    Cell made;
    const auto block = machine().heap.block_around(address);
    if (block >= 0) made.block = blocks_[block];
    const auto number = static_cast<CellId>(trace_.cells.size());
    made.name = name_of(address, kind, made.block);
    if (*made.name == '\0') made.name = labels_[number] = label_of(address, kind);
    trace_.cells.push_back(made);
    addresses_.push_back(address);
    cells_[{address, kind}] = number;
    return number;
}

bool Recorder::watches_block() const {
    const auto& heap = machine().heap;
    const auto block = heap.block_at(watched_);
    return block >= 0 && heap.blocks()[static_cast<std::size_t>(block)].size == watched_size_;
}

const char* Recorder::name_of(std::uintptr_t address, ObjectKind kind, BlockId block) {
    if (block != no_id) {
        const auto number = machine().heap.block_around(address);
        const auto offset = address - machine().heap.blocks()[static_cast<std::size_t>(number)].address;
        const bool is_data = kind == ObjectKind::plain || kind == ObjectKind::freed;
        std::string name = is_data ? "" : word_of(kind);
        return kept(name + "+" + std::to_string(offset));
    }
    if (names) {
        if (auto variable = variable_at(address); !variable.empty()) return kept(std::move(variable));
    }
    return "";
}

Step& Recorder::add(OperationKind kind, std::uint16_t target, std::uintptr_t place) {
    Step step;
    step.thread = machine().current();
    step.operation.kind = kind;
    step.operation.target = target;
    const bool is_on_block = kind == OperationKind::allocate || kind == OperationKind::free;
    if (!is_on_block && target != no_id) note_frame(target);
    trace_.steps.push_back(step);
    constexpr std::size_t calls_max = 32;
    const auto& calls = machine().runner().calls;
    places_.push_back({place});
    if (names && is_of_standard_library(place)) {
        // Of a library: whoever has called it is in no list.
        for (const auto& frame : frames_here()) {
            if (!is_code_of_the_process(frame.place)) places_.back().push_back(frame.place);
        }
        return trace_.steps.back();
    }
    for (auto call = calls.rbegin(); call != calls.rend() && places_.back().size() < calls_max; ++call) {
        places_.back().push_back(*call);
    }
    return trace_.steps.back();
}

void Recorder::loaded(const Atomics::Target& target, Value value, std::memory_order order, bool stale) {
    auto& step =
        add(OperationKind::load, cell(target.address, ObjectKind::atomic, target.size), target.place);
    step.operation.order = order;
    step.operation.stale = stale;
    step.operation.before = static_cast<std::uint64_t>(value);
}

void Recorder::changed(OperationKind kind, const Atomics::Target& target, Value before, Value after,
                       std::memory_order order, const char* verb) {
    auto& step = add(kind, cell(target.address, ObjectKind::atomic, target.size), target.place);
    step.operation.order = order;
    step.operation.verb = verb;
    step.operation.before = static_cast<std::uint64_t>(before);
    step.operation.after = static_cast<std::uint64_t>(after);
}

void Recorder::compared(OperationKind kind, const Atomics::Target& target, Value before, Value desired,
                        std::memory_order order, const Comparison& how) {
    changed(kind, target, before, desired, order, "");
    auto& operation = trace_.steps.back().operation;
    operation.failed = how.failed;
    operation.spurious = how.spurious;
    operation.stale = how.stale;
}

void Recorder::fenced(std::memory_order order, std::uintptr_t place) {
    add(OperationKind::fence, no_id, place).operation.order = order;
}

void Recorder::noted(OperationKind kind, const char* verb, std::uintptr_t address, ObjectKind object,
                     std::uintptr_t place) {
    auto& step = add(kind, cell(address, object, 1), place);
    step.operation.verb = verb;
    if (object != ObjectKind::atomic) trace_.cells[step.operation.target].value = CellValue::opaque;
}

void Recorder::tried_in_vain(std::uintptr_t address, ObjectKind object, std::uintptr_t place) {
    noted(OperationKind::try_lock, "", address, object, place);
    trace_.steps.back().operation.failed = true;
}

void Recorder::awaited(std::uintptr_t address, ObjectKind object, std::uintptr_t place) {
    add(OperationKind::yield, address == 0 ? no_id : cell(address, object, 1), place);
}

void Recorder::asked(const char* verb, std::uintptr_t place) {
    add(OperationKind::yield, no_id, place).operation.verb = verb;
}

void Recorder::accessed(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place,
                        bool unfinished) {
    const bool is_watched = address < watched_ + watched_size_ && watched_ < address + size;
    const bool is_left_out = leaves_reads_out_ && !is_write;
    if (unfinished || (is_watched && !is_left_out && !is_repeated(is_write, place))) {
        stepped(address, size, is_write, place, unfinished);
    }
}

// A loop that polls plain data has its read in the trace once, and not a million times.
bool Recorder::is_repeated(bool is_write, std::uintptr_t place) const {
    if (trace_.steps.empty()) return false;
    const auto& last = trace_.steps.back();
    const auto kind = is_write ? OperationKind::write : OperationKind::read;
    return last.thread == machine().current() && last.operation.kind == kind &&
           places_.back().front() == place;
}

void Recorder::stepped(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place,
                       bool unfinished) {
    auto& step = add(is_write ? OperationKind::write : OperationKind::read,
                     cell(address, ObjectKind::plain, size), place);
    step.unfinished = unfinished;
    if (frees_from_before_) step.operation.kind = OperationKind::retire;
    if (frees_from_before_) step.operation.verb = "free";
    trace_.cells[step.operation.target].value = CellValue::opaque;  // a write is seen before it is done
}

void Recorder::allocated(std::int32_t block, std::uintptr_t place) {
    const auto number = static_cast<BlockId>(trace_.blocks.size());
    Block made;
    made.label = "block";
    made.ordinal = number + 1u;
    made.creator = machine().current();
    made.allocated_step = static_cast<int>(trace_.steps.size());
    trace_.blocks.push_back(made);
    blocks_[block] = number;
    add(OperationKind::allocate, number, place).operation.on_block = true;
}

void Recorder::freed(std::int32_t block, std::uintptr_t place, bool unfinished) {
    const auto number = blocks_[block];
    auto& step = add(OperationKind::free, number, place);
    step.operation.on_block = true;
    step.unfinished = unfinished;
    if (!unfinished) trace_.blocks[number].freed_step = static_cast<int>(trace_.steps.size()) - 1;
}

void Recorder::freed_no_block(std::uintptr_t address, std::uintptr_t place) {
    noted(OperationKind::retire, "free", address, ObjectKind::freed, place);
    trace_.steps.back().unfinished = true;
    freed_ = trace_.steps.back().operation.target;
}

void Recorder::unfinished(OperationKind kind, const Atomics::Target& target, std::memory_order order) {
    auto& step = add(kind, cell(target.address, ObjectKind::atomic, target.size), target.place);
    step.operation.order = order;
    step.unfinished = true;
}

std::uint64_t Recorder::without_address(std::uint64_t value) {
    if (value == 0) return 0;
    if (const auto block = machine().heap.block_around(value); block >= 0) {
        const auto offset = value - machine().heap.blocks()[static_cast<std::size_t>(block)].address;
        return pointer_into(blocks_[block], offset);
    }
    const auto [known, is_new] = outside_.try_emplace(value, outside_.size());
    static_cast<void>(is_new);
    return pointer_outside(known->second);
}

Trace Recorder::finish() {
    if (names) name_locals();
    number_labels();
    constexpr std::uint64_t lowest_address = 0x10000;
    const auto is_address = [&](std::uint64_t value) {
        return value >= lowest_address && (in_arena(value) || (names && !variable_at(value).empty()));
    };
    for (const auto& step : trace_.steps) {
        if (step.operation.on_block || step.operation.target == no_id) continue;
        const bool one = is_address(step.operation.before) || is_address(step.operation.after);
        if (one && trace_.cells[step.operation.target].value == CellValue::number) {
            trace_.cells[step.operation.target].value = CellValue::pointer;
        }
    }
    show_numbers();
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
        auto& operation = trace_.steps[i].operation;
        if (trace_.value_of(operation) == CellValue::pointer) {
            operation.before = without_address(operation.before);
            operation.after = without_address(operation.after);
        }
        if (!names) continue;
        const auto source = source_of(places_[i]);
        operation.where = source.where;
        trace_.steps[i].call = source.function;
    }
    return trace_;
}

}  // namespace revenant::model::native
