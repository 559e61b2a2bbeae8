// Result: a value, or one clear line that says what is wrong with the input that should have given it.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace revenant::model {

struct BadInput {
    std::string line;  ///< what, where, what would be right; no newline
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::move(value)) {}
    Result(BadInput error) : state_(std::move(error)) {}

    explicit operator bool() const noexcept { return std::holds_alternative<T>(state_); }
    /// Requires: there is a value.
    T& operator*() { return std::get<T>(state_); }
    const T& operator*() const { return std::get<T>(state_); }
    T* operator->() { return &std::get<T>(state_); }
    const T* operator->() const { return &std::get<T>(state_); }
    /// Requires: there is none.
    [[nodiscard]] const std::string& error() const { return std::get<BadInput>(state_).line; }

private:
    std::variant<T, BadInput> state_;
};

}  // namespace revenant::model
