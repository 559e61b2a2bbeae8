#include <new>

#include "model/replay/platform.hpp"

namespace revenant::model::replay::detail {

void* fresh_memory(std::size_t size) {
    void* memory = ::operator new(size);
    while (gate::was_a_block(memory)) memory = ::operator new(size);
    return memory;
}

}  // namespace revenant::model::replay::detail
