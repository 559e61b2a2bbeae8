// content_index: entries found by the content that they point at, for a registry's use under its mutex.
//
// Purpose: the map of an intern table. The table owns no policy: who may be in it, and for how long
// its content stays whole, is the registry's business.
// Thread-safety: none of its own. An instrumented world reports an access outside the mutex as a data
// race, although it cannot look into the standard container.
// Lifetime: an entry is only compared while it is in the index; its content must be whole until then.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

#include <revenant/platform.hpp>

namespace revenant {

template <class Entry, class P>
class content_index {
public:
    using source = std::source_location;

    /// The entry for which `matches(entry)` holds among those entered under `hash`, or null. Valid
    /// until the index changes.
    template <class Matches>
    [[nodiscard]] Entry* find(std::size_t hash, Matches matches, source where = source::current()) {
        guard_.reading(where);
        const auto [first, last] = entries_.equal_range(hash);
        for (auto it = first; it != last; ++it) {
            if (matches(it->second)) return &it->second;
        }
        return nullptr;
    }

    void insert(std::size_t hash, Entry entry, source where = source::current()) {
        guard_.writing(where);
        entries_.emplace(hash, std::move(entry));
    }

    /// Puts a new entry into the slot of an old one with the same content, and returns the old one.
    Entry replace(Entry& slot, Entry entry, source where = source::current()) {
        guard_.writing(where);
        return std::exchange(slot, std::move(entry));
    }

    /// Takes the entry out and returns it. Requires: `entry` came from `find` with this hash.
    Entry take(std::size_t hash, Entry& entry, source where = source::current()) {
        guard_.writing(where);
        auto it = entries_.equal_range(hash).first;
        while (&it->second != &entry) ++it;
        Entry taken = std::move(it->second);
        entries_.erase(it);
        return taken;
    }

    [[nodiscard]] std::size_t size(source where = source::current()) const {
        guard_.reading(where);
        return entries_.size();
    }

private:
    [[no_unique_address]] typename P::plain_data guard_{cell_name{"entries"}};
    std::unordered_multimap<std::size_t, Entry> entries_;
};

}  // namespace revenant
