// guarded: a standard container, or anything else that no world can wrap, whose accesses cannot be forgotten:
// there is no way to it but `read` and `write`, which the instrumented worlds see. In production it is the
// container.
//
// Lifetime: as of basic_var: what is lent counts when it is lent, and is to be taken anew in each critical
// section. Iterators and references into the container are the caller's to watch.
// One use:  typename P::template guarded<std::unordered_map<key, value>> entries_{cell_name{"entries"}};
//           const auto found = entries_.read().find(k);
#pragma once

#include <functional>
#include <source_location>
#include <utility>

#include <revenant/cells/cell_name.hpp>

namespace revenant {

template <class P, class T>
class guarded {
public:
    using value_type = T;
    using source = std::source_location;

    guarded() : accesses_(cell_name{"data"}) {}
    explicit guarded(cell_name name) : accesses_(name) {}
    /// Its own arguments, after the name.
    template <class First, class... Rest>
    explicit guarded(cell_name name, First&& first, Rest&&... rest)
        : value_(std::forward<First>(first), std::forward<Rest>(rest)...), accesses_(name) {}
    guarded(const guarded&) = delete;
    guarded& operator=(const guarded&) = delete;

    const T& read(source where = source::current()) const {
        accesses_.reading(where);
        return value_;
    }
    T& write(source where = source::current()) {
        accesses_.writing(where);
        return value_;
    }
    /// Calls `change` with a reference to the container, and returns what that returns, by value.
    template <class Change>
    auto update(Change&& change, source where = source::current()) {
        return std::invoke(std::forward<Change>(change), write(where));
    }

private:
    T value_;
    // Is destroyed first: a destructor that is not ordered after every access is told before it runs.
    [[no_unique_address]] typename P::plain_data accesses_;
};

}  // namespace revenant
