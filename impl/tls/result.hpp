// result: a value, or one line that says why there is none.
//
// Thread-safety: as that of the value. Requires: `value` is called on a result that has one.
// One use:  auto made = client_context::make(config); if (!made) return made.error();
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace revenant {

/// One line, without an end of line: what is wrong with which field, file or step.
struct error_line {
    std::string text;
};

template <class T>
class [[nodiscard]] result {
public:
    result(T value) : content_(std::move(value)) {}
    result(error_line error) : content_(std::move(error)) {}

    explicit operator bool() const noexcept { return content_.index() == 0; }
    [[nodiscard]] T& value() & { return std::get<0>(content_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(content_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(content_)); }
    [[nodiscard]] const std::string& error() const { return std::get<1>(content_).text; }

private:
    std::variant<T, error_line> content_;
};

}  // namespace revenant
