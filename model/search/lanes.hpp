// Lanes: what is done to all threads' entries of two clocks at once.
//
// A compiler cannot know that two clocks do not overlap, and would go through them entry by entry.
#pragma once

#include <array>
#include <cstddef>

namespace revenant::model::search {

/// `Compared`: the type that entries are compared as. Signed ones take processors fewer instructions.
template <class Entry, std::size_t count, class Compared = Entry>
struct Lanes {
    static constexpr std::size_t vector_bytes = 16;
    static_assert(sizeof(Entry) * count % vector_bytes == 0 && sizeof(Compared) == sizeof(Entry));
    using Entries = std::array<Entry, count>;
    using Vector [[gnu::vector_size(vector_bytes)]] = Compared;
    using Words [[gnu::vector_size(vector_bytes)]] = long long;
    static constexpr std::size_t per_vector = vector_bytes / sizeof(Entry);

    [[nodiscard]] static Vector get(const Entries& entries, std::size_t at) {
        Vector vector;
        __builtin_memcpy(&vector, entries.data() + at, sizeof vector);
        return vector;
    }
    /// Each entry becomes the greater one.
    static void join(Entries& to, const Entries& from) {
        for (std::size_t at = 0; at < count; at += per_vector) {
            const auto mine = get(to, at);
            const auto other = get(from, at);
            const Vector greater = mine < other ? other : mine;
            __builtin_memcpy(to.data() + at, &greater, sizeof greater);
        }
    }
    /// Whether any entry of `one` is greater than the other's.
    [[nodiscard]] static bool any_greater(const Entries& one, const Entries& other) {
        Words found{};
        for (std::size_t at = 0; at < count; at += per_vector) {
            found |= reinterpret_cast<Words>(get(one, at) > get(other, at));
        }
        return (found[0] | found[1]) != 0;
    }
    /// Whether any entry of `one` is not 0, and not greater than the other's.
    [[nodiscard]] static bool any_within(const Entries& one, const Entries& other) {
        Words found{};
        for (std::size_t at = 0; at < count; at += per_vector) {
            const auto mine = get(one, at);
            found |= reinterpret_cast<Words>(mine != 0) & ~reinterpret_cast<Words>(mine > get(other, at));
        }
        return (found[0] | found[1]) != 0;
    }
};

}  // namespace revenant::model::search
