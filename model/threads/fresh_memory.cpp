#include <new>

#include "model/threads/platform.hpp"

namespace revenant::model::threads::detail {

void* fresh_memory(std::size_t size, std::size_t alignment) {
    void* fresh = memory(size, alignment);
    while (gate::was_a_block(fresh)) fresh = memory(size, alignment);
    return fresh;
}

}  // namespace revenant::model::threads::detail
