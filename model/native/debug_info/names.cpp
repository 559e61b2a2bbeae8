#include "model/native/debug_info/names.hpp"

#include <dwarf.h>

#include <optional>
#include <string_view>

#include "model/native/debug_info/dies.hpp"

namespace revenant::model::native::debug_info {
namespace {

std::string without_marks(std::string_view name) {
    if (name.starts_with("_M_")) name.remove_prefix(3);
    while (name.starts_with('_')) name.remove_prefix(1);
    return std::string(name);
}

std::string remainder(std::size_t offset) { return offset == 0 ? "" : "+" + std::to_string(offset); }

std::string joined(const std::string& outer, const std::string& inner) {
    if (outer.empty() || inner.empty()) return outer + inner;
    return inner.starts_with('[') || inner.starts_with('+') ? outer + inner : outer + "." + inner;
}

/// Raw memory of the standard library's for an object that is made in it.
bool is_storage(Dwarf_Die type) {
    const auto name = plain_name_of(type);
    return name == "__aligned_buffer" || name == "__aligned_membuf";
}

/// What the reader of a report knows as a whole: the fields that a library makes it of tell nothing.
bool is_whole(Dwarf_Die type) {
    if (!is_class(type) || !is_of_a_library(type)) return false;
    const auto name = plain_name_of(type);
    if (name.empty()) return is_of_posix(type);
    if (name.ends_with("mutex")) return true;
    for (const std::string_view begin :
         {"atomic", "__atomic_base", "condition_variable", "counting_semaphore", "latch", "once_flag"}) {
        if (name.starts_with(begin)) return true;
    }
    return false;
}

std::optional<std::string> path(Dwarf_Die type, std::size_t offset, bool into_libraries);

// Of a member of the class or of what it is derived from.
std::optional<std::string> path_in_class(Dwarf_Die type, std::size_t offset, bool into_libraries) {
    if (is_storage(type)) {
        if (const auto held = argument_of(type)) return path(*held, offset, into_libraries);
    }
    std::optional<std::string> found;
    for_each_child(type, [&](Dwarf_Die child) {
        const int tag = dwarf_tag(&child);
        if (found || (tag != DW_TAG_member && tag != DW_TAG_inheritance)) return;
        const auto begin = begin_of(child);
        const auto member = bare(type_of(child));
        if (!begin || !member || offset < *begin) return;
        const auto within = offset - *begin;
        if (within >= std::max<std::size_t>(size_of(*member), 1)) return;
        const auto name = tag == DW_TAG_inheritance ? std::string_view{} : name_of(child);
        const bool is_closed = is_class(*member) && is_of_a_library(*member) && !into_libraries;
        if (!name.empty() && is_closed) {
            found = std::string(name) + remainder(within);
            return;
        }
        const auto inner = path(*member, within, into_libraries);
        if (!inner && tag == DW_TAG_inheritance) return;  // an empty base has no bytes
        const bool is_inner_alone = into_libraries && is_class(*member) && inner && !inner->empty();
        const auto outer = into_libraries ? without_marks(name) : std::string(name);
        found = is_inner_alone ? *inner : joined(outer, inner.value_or(""));
    });
    return found;
}

std::optional<std::string> path(Dwarf_Die type, std::size_t offset, bool into_libraries) {
    if (is_whole(type)) return remainder(offset);
    if (is_class(type)) {
        // What a library holds for the program is the program's again.
        const bool is_own = !is_of_a_library(type);
        return path_in_class(type, offset, into_libraries && !is_own);
    }
    if (dwarf_tag(&type) == DW_TAG_array_type) {
        const auto element = bare(type_of(type));
        const auto size = element ? size_of(*element) : 0;
        if (size == 0) return remainder(offset);
        return joined("[" + std::to_string(offset / size) + "]",
                      path(*element, offset % size, into_libraries).value_or(""));
    }
    return remainder(offset);
}

// libc++'s counts, of which its library alone has debug information: of a future's state the first.
std::optional<std::string> count_of_libcxx(std::string_view plain, std::size_t offset) {
    const bool is_pointers = plain.starts_with("__shared_ptr_");
    if (!is_pointers && plain.find("assoc_s") == plain.npos) return {};
    if (offset == 8) return "owners";
    return is_pointers && offset == 16 ? std::optional<std::string>("weak_owners") : std::nullopt;
}

/// What std::make_shared has made, and where it lies behind the counts.
struct Held {
    Dwarf_Die type;
    std::size_t begin;
};
std::optional<Held> held_by(Dwarf_Die type, std::string_view plain) {
    if (plain != "_Sp_counted_ptr_inplace" && plain != "__shared_ptr_emplace") return {};
    const auto held = argument_of(type);
    if (!held || !is_class(*held)) return {};
    constexpr std::size_t counts = 24;  // of libc++'s
    const auto before = size_of(type) - size_of(*held);
    return Held{*held, before == 32 ? 32 : counts};
}

}  // namespace

std::string type_name(Dwarf_Die type) {
    constexpr std::size_t arguments_max = 24;  // that a line has room for
    const auto plain = plain_name_of(type);
    if (is_of_a_library(type)) {
        if (const auto held = held_by(type, plain)) return type_name(held->type);
        return without_marks(plain);
    }
    const auto whole = name_of(type);
    return std::string(whole.size() - plain.size() <= arguments_max ? whole : plain);
}

bool is_count_of_libcxx(Dwarf_Die type, std::size_t offset) {
    return is_of_a_library(type) && count_of_libcxx(plain_name_of(type), offset).has_value();
}

std::string field_name(Dwarf_Die type, std::size_t offset) {
    const auto plain = is_of_a_library(type) ? plain_name_of(type) : std::string_view{};
    if (auto count = count_of_libcxx(plain, offset)) return *count;
    if (const auto held = held_by(type, plain);
        held && plain == "__shared_ptr_emplace" && offset >= held->begin) {
        return field_name(held->type, offset - held->begin);
    }
    return path(type, offset, is_of_a_library(type)).value_or("");
}

}  // namespace revenant::model::native::debug_info
