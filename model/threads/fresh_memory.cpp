#include <new>

#include "model/threads/platform.hpp"

namespace revenant::model::threads::detail {

void* fresh_memory(std::size_t size) {
    void* memory = ::operator new(size);
    while (gate::was_a_block(memory)) memory = ::operator new(size);
    return memory;
}

}  // namespace revenant::model::threads::detail
