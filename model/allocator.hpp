// ModelAllocator: the allocator of the worlds that show objects: each allocation of a container is an object
// of the trace, so that a leak, a double free and a use of a cell inside after the free are found.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <source_location>
#include <type_traits>

#include <revenant/cells/object_label.hpp>

namespace revenant::model {

/// `P` has allocate and deallocate.
template <class P, class T>
class ModelAllocator {
public:
    using value_type = T;
    using is_always_equal = std::true_type;  // what one has allocated another one may free
    template <class U>
    struct rebind {
        using other = ModelAllocator<P, U>;
    };

    /// The label of what it allocates; each step has the line on which the allocator was made.
    explicit ModelAllocator(object_label label = "node") : label_(label) {}
    template <class U>
    ModelAllocator(const ModelAllocator<P, U>& other) : label_(other.label()) {}

    [[nodiscard]] object_label label() const { return label_; }

    [[nodiscard]] T* allocate(std::size_t count) {
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
        return static_cast<T*>(P::allocate(count * sizeof(T), alignof(T), label_));
    }
    void deallocate(T* memory, std::size_t count) {
        P::deallocate(memory, count * sizeof(T), alignof(T), label_.where);
    }

    friend bool operator==(const ModelAllocator&, const ModelAllocator&) { return true; }

private:
    object_label label_;
};

}  // namespace revenant::model
