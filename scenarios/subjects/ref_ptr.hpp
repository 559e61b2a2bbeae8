// Subject of the refcount scenarios whose references are held by ref_ptr, or by a wrong one. Between two
// calls a handle is a leaked pointer, since a failed execution runs no destructor.
#pragma once

#include <type_traits>
#include <utility>

#include <revenant/refcount/ref_ptr.hpp>
#include "scenarios/calls.hpp"
#include "scenarios/subjects/counted.hpp"

namespace revenant::scenarios {

/// An object with its counter inside, which only handles ever touch.
template <class P_, class Object, template <class> class Handle = ref_ptr>
class RefPtrSubject : public IntrusiveCountedSubject<P_, Object> {
public:
    using P = P_;
    using Strong = Object*;

    [[nodiscard]] Strong clone(Strong held) {
        calls<P>("clone");
        auto handle = ref_ptr<Object>::adopt(held);
        const Strong another = handle.clone().leak();
        static_cast<void>(handle.leak());
        return another;
    }
    void release(Strong held) {
        calls<P>("release");
        // Moved from one handle to another: one of the two lets go.
        auto handle = ref_ptr<Object>::adopt(held);
        const auto last = std::move(handle);
    }
    /// `entries[i] = entries[j]` where i is j: the handle is assigned what it holds.
    [[nodiscard]] Strong assign_to_itself(Strong held) {
        calls<P>("assign");
        Handle<Object> handle(ref_ptr<Object>::adopt(held));
        const auto& same = handle;
        if constexpr (std::is_copy_assignable_v<Handle<Object>>) {
            handle = same;
        } else {
            handle = same.clone();
        }
        return handle.leak();
    }
};

}  // namespace revenant::scenarios
