// Block types: as what a block of memory was allocated. Debug information says nothing of it, so that it is
// found out: from the allocator of a container, from the constructor that runs behind `new`, or from the
// pointers of the function that has asked. The size of the block decides what may be believed.
#pragma once

#include <elfutils/libdw.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace revenant::model::native::debug_info {

/// `places`: where the calls return to, from the innermost out.
[[nodiscard]] std::optional<Dwarf_Die> block_type(const std::vector<std::uintptr_t>& places,
                                                  std::size_t size);

}  // namespace revenant::model::native::debug_info
