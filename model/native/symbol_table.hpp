// The table of symbols in the program's own file, most of which the loader does not know.
#pragma once

#include <elf.h>

#include <functional>
#include <string_view>

namespace revenant::model::native {

using VisitSymbol = std::function<void(const Elf64_Sym& symbol, std::string_view name)>;

/// In the table's order. None, if the program has been stripped of it.
void for_each_symbol_of_the_program(const VisitSymbol& visit);

}  // namespace revenant::model::native
