// cell_name: what an atomic, a plain variable or a mutex is called inside its object, and what it means to
// the object's lifetime. Costs nothing in production.
#pragma once

namespace revenant {

/// What a cell means to the lifetime of the object that holds it. An instrumented world uses it to
/// recognise a resurrection (a strong count that goes 0→1) without help from the code on trial. The bits of
/// an `opaque` cell mean nothing to others, such as an address packed into an integer with a count: they are
/// neither shown nor compared, since they differ from run to run. On a `tried` mutex
/// somebody calls `try_lock`: an instrumented world has more to explore there, and wants to know before.
enum class cell_role : unsigned char { plain, strong_count, weak_count, opaque, tried };
[[nodiscard]] constexpr bool is_counter(cell_role role) noexcept {
    return role == cell_role::strong_count || role == cell_role::weak_count;
}

/// The stable name of a cell inside its object: `strong` in `config#1.strong`, or `slot[2]`. The text must
/// have static storage duration. Cells of one object that have the same name are numbered as they are made:
/// `value`, `value#2`.
struct cell_name {
    const char* text = "";  ///< empty: the world calls it by its role, or `value`
    cell_role role = cell_role::plain;
    int index = -1;  ///< in an array; -1: in none

    /// The name of an element of an array of this name.
    [[nodiscard]] constexpr cell_name at(int place) const noexcept { return {text, role, place}; }
};

/// The name of a cell that was given none, for a world that shows names.
[[nodiscard]] constexpr cell_name named(cell_name name) noexcept {
    if (*name.text != '\0') return name;
    if (name.role == cell_role::strong_count) {
        name.text = "strong";
    } else if (name.role == cell_role::weak_count) {
        name.text = "weak";
    } else {
        name.text = "value";
    }
    return name;
}

}  // namespace revenant
