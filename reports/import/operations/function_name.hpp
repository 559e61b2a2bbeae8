// FunctionName: the parts of a function's name as a debugger or a sanitizer prints it, whatever its language.
//
//     std::__shared_ptr<Map, 2>::__shared_ptr(std::__shared_ptr<Map, 2> const&)     C++
//     <alloc::sync::Arc<T> as core::ops::drop::Drop>::drop                          Rust
//     main.(*Job).Release    -[Job release]    job_put    ptr.RefCount.deref        Go, Objective-C, C, Zig
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::reports {

struct FunctionName {
    /// Without what templates and parameters add: `std::__shared_ptr::__shared_ptr`.
    std::string bare;
    std::string owner;       ///< `std::__shared_ptr`; empty for a free function
    std::string word;        ///< `__shared_ptr`: the last part
    std::string parameters;  ///< `std::__shared_ptr<Map, 2> const&`
    std::string arguments;   ///< of the templates of the last part: what `drop_in_place` drops
    std::string self;        ///< Rust: the type that has the trait which is the owner, `alloc::sync::Arc`
};

[[nodiscard]] FunctionName function_name(std::string_view printed);

/// `ns::Type<args>::name(params) const` → `ns::Type::name`.
[[nodiscard]] std::string bare_name(std::string_view printed);

/// The words of an identifier in small letters: `ThreadSafeRefCount` and `thread_safe_ref_count` have the
/// same four.
[[nodiscard]] std::vector<std::string> words_of(std::string_view identifier);

/// The identifier that stands last in a name: `__shared_ptr` of `std::__shared_ptr`.
[[nodiscard]] std::string_view last_part(std::string_view name);

}  // namespace revenant::reports
