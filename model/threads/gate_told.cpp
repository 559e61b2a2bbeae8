// What the gate is told of beside the steps: blocks and cells, which it tells its parent of, and what goes
// wrong. Compiled without instrumentation, as gate.cpp is.
#include "model/threads/gate_state.hpp"

namespace revenant::model::threads::gate {

void add_block(const char* label, const void* at, std::size_t size) {
    if (!objects.add(ObjectClass::block, at, size)) end_with("crowded");
    Line line;
    line.word("block").thread(me).word(label);
    say(line);
}

void add_cell(ObjectClass type, const void* at, const cell_name& name, CellValue value) {
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
