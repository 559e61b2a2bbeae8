// std_var_core: what production has under basic_var: a T, so that a sanitizer sees the real access.
// std_allocator: std::allocator with room for a label that nobody reads.
#pragma once

#include <memory>
#include <source_location>
#include <utility>

#include <revenant/cells/cell_name.hpp>
#include <revenant/cells/object_label.hpp>

namespace revenant {

template <class T>
class std_var_core {
public:
    using value_type = T;
    static constexpr bool is_word = false;

protected:
    using source = std::source_location;

    constexpr std_var_core(T initial, cell_name) noexcept : value_(std::move(initial)) {}
    const T& get(source) const noexcept { return value_; }
    void set(T v, source) noexcept { value_ = std::move(v); }
    const T& read(source) const noexcept { return value_; }
    T& write(source) noexcept { return value_; }

private:
    T value_;
};

template <class T>
class std_allocator : public std::allocator<T> {
public:
    constexpr std_allocator() noexcept = default;
    constexpr explicit std_allocator(object_label) noexcept {}
    template <class U>
    constexpr std_allocator(const std_allocator<U>&) noexcept {}
};

}  // namespace revenant
