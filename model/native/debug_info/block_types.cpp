#include "model/native/debug_info/block_types.hpp"

#include <dwarf.h>

#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "model/native/debug_info/dies.hpp"

namespace revenant::model::native::debug_info {
namespace {

bool fits(const std::optional<Dwarf_Die>& type, std::size_t size) {
    return type && is_class(*type) && size_of(*type) == size;
}

// `std::allocator<Conf>::allocate`: what it allocates.
std::optional<Dwarf_Die> allocated_by(Dwarf_Die function) {
    if (name_of(function) != "allocate") return std::nullopt;
    const auto allocator = class_of(function);
    if (!allocator || !is_of_a_library(*allocator)) return std::nullopt;
    if (plain_name_of(*allocator).find("allocator") == std::string_view::npos) return std::nullopt;
    return argument_of(*allocator);
}

std::optional<Dwarf_Die> constructed_by(Dwarf_Die function) {
    const auto of = class_of(function);
    if (!of || name_of(function).empty() || name_of(function) != plain_name_of(*of)) return std::nullopt;
    return of;
}

/// Where each function of the program begins, with the address in the process.
const std::map<std::uintptr_t, Dwarf_Die>& functions_by_address() {
    static const auto all = [] {
        std::map<std::uintptr_t, Dwarf_Die> made;
        for (auto unit : units()) {
            auto both = std::pair{&made, unit.bias};
            const auto visit = [](Dwarf_Die* function, void* to) {
                auto& [functions, bias] = *static_cast<decltype(both)*>(to);
                Dwarf_Addr address = 0;
                if (dwarf_entrypc(function, &address) == 0) functions->emplace(address + bias, *function);
                return static_cast<int>(DWARF_CB_OK);
            };
            dwarf_getfuncs(&unit.die, visit, &both, 0);
        }
        return made;
    }();
    return all;
}

/// The constructor of a fitting class that runs first behind a place. Not one of a library's: an argument of
/// the constructor that is looked for may be of such a class.
class NextConstructor {
public:
    NextConstructor(const Unit& unit, std::uintptr_t place, std::size_t size)
        : bias_(unit.bias), place_(place), size_(size) {}

    std::optional<Dwarf_Die> in(Dwarf_Die function) {
        visit(function);
        look_for_calls(function);
        return found_;
    }

private:
    static constexpr std::uintptr_t bytes_max = 512;  // of code, in which the arguments are made

    void propose(Dwarf_Die constructor, std::uintptr_t address) {
        if (address < place_ || address >= place_ + bytes_max || (found_ && address >= nearest_)) return;
        const auto made = constructed_by(constructor);
        if (!fits(made, size_) || is_of_a_library(*made)) return;
        found_ = made;
        nearest_ = address;
    }

    void visit(Dwarf_Die parent) {
        for_each_child(parent, [&](Dwarf_Die child) {
            const int tag = dwarf_tag(&child);
            if (tag == DW_TAG_inlined_subroutine) propose(child, first_behind_the_place(child));
            if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block) visit(child);
        });
    }

    std::uintptr_t first_behind_the_place(Dwarf_Die die) const {
        std::uintptr_t first = 0;
        Dwarf_Addr base = 0;
        Dwarf_Addr begin = 0;
        Dwarf_Addr end = 0;
        for (std::ptrdiff_t next = 0; (next = dwarf_ranges(&die, next, &base, &begin, &end)) > 0;) {
            if (end + bias_ <= place_) continue;
            const auto address = std::max<std::uintptr_t>(begin + bias_, place_);
            if (first == 0 || address < first) first = address;
        }
        return first;
    }

    // A call has the distance to its function behind the byte E8. What looks like one and is none leads to no
    // function's first byte.
    void look_for_calls(Dwarf_Die function) {
        constexpr unsigned char call = 0xe8;
        Dwarf_Addr base = 0;
        Dwarf_Addr begin = 0;
        Dwarf_Addr end = 0;
        for (std::ptrdiff_t next = 0; (next = dwarf_ranges(&function, next, &base, &begin, &end)) > 0;) {
            if (place_ < begin + bias_ || place_ >= end + bias_) continue;
            const auto last = std::min<std::uintptr_t>(end + bias_, place_ + bytes_max);
            for (auto at = place_; at + 5 <= last; ++at) {
                std::int32_t distance = 0;
                if (*reinterpret_cast<const unsigned char*>(at) != call) continue;
                std::memcpy(&distance, reinterpret_cast<const void*>(at + 1), sizeof distance);
                const auto to = at + 5 + static_cast<std::uintptr_t>(static_cast<std::intptr_t>(distance));
                const auto& functions = functions_by_address();
                if (const auto called = functions.find(to); called != functions.end()) {
                    propose(called->second, at);
                }
            }
        }
    }

    std::uintptr_t bias_;
    std::uintptr_t place_;
    std::size_t size_;
    std::optional<Dwarf_Die> found_;
    std::uintptr_t nearest_ = 0;
};

/// What a function's own pointers may point to: its variables', its parameters', its result. Known only if
/// all that fit are of one class.
class OwnPointers {
public:
    explicit OwnPointers(std::size_t size) : size_(size) {}

    std::optional<Dwarf_Die> in(Dwarf_Die function) {
        propose(function);
        visit(function);
        return names_.size() == 1 ? found_ : std::nullopt;
    }
    /// Whether one of them begins with a part of this class, which has its size: that part may have been made
    /// for the whole.
    bool has_whole_of(Dwarf_Die part, Dwarf_Die function) {
        static_cast<void>(in(function));
        for (const auto& type : all_) {
            if (name_of(type) != name_of(part) && begins_with(type, part)) return true;
        }
        return false;
    }

private:
    void propose(Dwarf_Die typed) {
        const auto type = pointee_of(type_of(typed));
        if (!fits(type, size_) || is_of_a_library(*type) || name_of(*type).empty()) return;
        if (names_.emplace(name_of(*type)).second) all_.push_back(*type);
        found_ = type;
    }
    // An inlined function's `this` is of whatever the function works on.
    static bool is_of_inlined(Dwarf_Die scope, Dwarf_Die child) {
        return dwarf_tag(&scope) == DW_TAG_inlined_subroutine &&
               dwarf_hasattr_integrate(&child, DW_AT_artificial) != 0;
    }
    static bool begins_with(Dwarf_Die type, Dwarf_Die part) {
        bool found = false;
        bool is_first = true;
        for_each_child(type, [&](Dwarf_Die child) {
            const int tag = dwarf_tag(&child);
            const bool is_part = tag == DW_TAG_member || tag == DW_TAG_inheritance;
            if (!is_part || dwarf_hasattr(&child, DW_AT_external) != 0) return;
            if (!std::exchange(is_first, false)) return;
            const auto first = bare(type_of(child));
            if (!first || !is_class(*first)) return;
            found = name_of(*first) == name_of(part) || begins_with(*first, part);
        });
        return found;
    }
    void visit(Dwarf_Die parent) {
        for_each_child(parent, [&](Dwarf_Die child) {
            const int tag = dwarf_tag(&child);
            const bool is_variable = tag == DW_TAG_variable || tag == DW_TAG_formal_parameter;
            if (is_variable && !is_of_inlined(parent, child)) propose(child);
            if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block) visit(child);
        });
    }

    std::size_t size_;
    std::set<std::string> names_;
    std::vector<Dwarf_Die> all_;
    std::optional<Dwarf_Die> found_;
};

/// What a place says of a block that was asked for there, or further in.
struct Answer {
    bool is_last = false;  ///< whoever has called it says nothing better
    std::optional<Dwarf_Die> type;
};

Answer answer_at(std::uintptr_t place, std::size_t size) {
    const auto unit = unit_at(place - 1);
    if (!unit) return {};
    const auto functions = functions_at(*unit, place - 1);
    if (functions.empty()) return {};
    bool is_own = false;
    for (const auto& function : functions) {
        if (auto type = allocated_by(function)) return {true, fits(type, size) ? type : std::nullopt};
        if (!is_of_a_library(function)) {
            is_own = true;
        } else if (plain_name_of(function) == "thread") {
            return {true,
                    std::nullopt};  // what a thread is started with: no pointer of the program's points to it
        }
    }
    if (auto type = NextConstructor(*unit, place, size).in(functions.back())) {
        const bool is_part = OwnPointers(size).has_whole_of(*type, functions.back());
        return {true, is_part ? std::nullopt : type};
    }
    if (!is_own) return {};
    return {true, OwnPointers(size).in(functions.back())};
}

}  // namespace

std::optional<Dwarf_Die> block_type(const std::vector<std::uintptr_t>& places, std::size_t size) {
    static std::map<std::pair<std::uintptr_t, std::size_t>, Answer> known;
    for (const auto place : places) {
        const auto [answer, is_new] = known.try_emplace({place, size});
        if (is_new) answer->second = answer_at(place, size);
        if (answer->second.is_last) return answer->second.type;
    }
    return std::nullopt;
}

}  // namespace revenant::model::native::debug_info
