// What the gate is told of beside the steps: blocks and cells, which it tells its parent of, and what goes
// wrong. Compiled without instrumentation, as gate.cpp is.
#include "model/threads/gate_state.hpp"

namespace revenant::model::threads::gate {

bool watch(void (*look)()) {
    refuse_while_looking();
    if (me != setup_thread) fails("invariant", every_step_rules::too_late);
    const bool is_first = look_after_step == nullptr;
    look_after_step = look;
    return is_first;
}
bool looks() { return is_looking; }

// Relaxed: whoever stored has handed its turn over since, by the gate's own release and acquire.
template <class Word>
static std::uint64_t word_at(const void* at) {
    return __atomic_load_n(static_cast<const Word*>(at), __ATOMIC_RELAXED);
}
bool peek(const void* at, std::size_t size, std::uint64_t& word) {
    if (objects.is_in_freed(hidden(at))) return false;
    switch (size) {
        case 1: word = word_at<std::uint8_t>(at); return true;
        case 2: word = word_at<std::uint16_t>(at); return true;
        case 4: word = word_at<std::uint32_t>(at); return true;
        case 8: word = word_at<std::uint64_t>(at); return true;
        default: return false;
    }
}

void add_block(const char* label, const void* at, std::size_t size) {
    if (!objects.add(ObjectClass::block, at, size)) end_with("crowded");
    Line line;
    line.word("block").thread(me).word(label);
    say(line);
}

void add_cell(ObjectClass type, const void* at, const cell_name& name, CellValue value) {
    refuse_while_looking();
    const auto block = objects.block_around(hidden(at));
    if (!objects.add(type, at, 0)) end_with("crowded");
    Line line;
    line.word("cell").number(block).number(static_cast<unsigned>(value));
    line.number(static_cast<std::uint64_t>(name.index + 1)).word(named(name).text);  // 0: in no array
    say(line);
}

std::uint64_t pointer_of(std::uint64_t address) {
    if (!follows() || address == 0) return 0;
    const auto block = objects.block_around(hidden(std::uintptr_t{address}));
    return block == no_id ? pointer_outside(0) : pointer_into(block, 0);
}

bool is_live_block(const void* at) { return objects.live_block(at) != no_id; }
bool was_a_block(const void* at) { return objects.was_a_block(at); }
void free_block(const void* at) { objects.freed(at); }
void freeing(const void* at, std::size_t size) {
    if (serial()) threads.held.freed(hidden(at), size);
}

void fails(const char* what_failed, const char* text) {
    Line line;
    line.word("failed").word(what_failed).word(text);
    say(line);
    Line message;
    message.word("revenant: ").add_to_word(what_failed).add_to_word(":").word(text);
    message.write_to(STDERR_FILENO);
    leave_process(exit_check_failed);
}

void report_begins() { __atomic_store_n(&reporting, 1u, __ATOMIC_RELAXED); }

}  // namespace revenant::model::threads::gate
