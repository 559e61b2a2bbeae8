// Names: what a type, and what lies at an offset in it, is called in a line of a report.
#pragma once

#include <elfutils/libdw.h>

#include <string>

#include "model/native/debug_info/debug_info.hpp"

namespace revenant::model::native::debug_info {

/// `Conf`, without its namespace. A class of a library without the underscores and arguments that tell a
/// reader little: `Hash_node`; what make_shared makes goes by what it holds.
[[nodiscard]] std::string type_name(Dwarf_Die type);

/// `users`, `entries[2].owner`; behind the beginning of what is shown no further, `text+8`. Empty: nothing is
/// known to be there.
[[nodiscard]] std::string field_name(Dwarf_Die type, std::size_t offset);

/// One of libc++'s counts, whose fields are in its own library's debug information alone.
[[nodiscard]] bool is_count_of_libcxx(Dwarf_Die type, std::size_t offset);

/// As what number it is to be shown that lies at an offset, and how many bytes it has.
[[nodiscard]] Number number_at(Dwarf_Die type, std::size_t offset, std::size_t& size);

}  // namespace revenant::model::native::debug_info
