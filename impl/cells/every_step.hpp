// every_step_rules: what must hold after every step, as the setup of an execution has said it.
//
// Thread-safety: `add` and `clear` before the threads start; `broken` from the thread whose step it was.
#pragma once

#include <array>
#include <cstddef>

#include <revenant/cells/small_function.hpp>

namespace revenant {

class every_step_rules {
public:
    static constexpr std::size_t rules_max = 8;  ///< of one execution

    void clear() noexcept { size_ = 0; }
    [[nodiscard]] bool any() const noexcept { return size_ != 0; }
    /// `rule` has static storage duration. False: there are as many as there may be.
    [[nodiscard]] bool add(const detail::small_function<bool>& holds, const char* rule) noexcept {
        if (size_ == rules_max) return false;
        all_[size_++] = {holds, rule};
        return true;
    }
    /// The first rule that does not hold now, or null.
    [[nodiscard]] const char* broken() {
        for (std::size_t i = 0; i < size_; ++i) {
            if (!all_[i].holds()) return all_[i].rule;
        }
        return nullptr;
    }

    // In words of every world that looks at them.
    static constexpr const char* refusal = "at_every_step reads atomics, and does nothing else";
    static constexpr const char* too_many = "a setup says at_every_step at most eight times";
    static constexpr const char* too_late = "at_every_step is said in the setup";

private:
    struct one {
        detail::small_function<bool> holds;
        const char* rule = "";
    };
    std::array<one, rules_max> all_{};
    std::size_t size_ = 0;
};

}  // namespace revenant
