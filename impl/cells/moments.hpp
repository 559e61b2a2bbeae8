// Moments: when a thread was at a place, and whether that is over by now for another. Only a world that
// explores every order can tell. And the moments between the steps, at which all threads stand still: only a
// world that lets one thread at a time go on has those.
#pragma once

namespace revenant {

/// Of a platform that cannot tell, with real threads: everything is over, so that no rule of a scenario's is
/// called broken on a guess, and none is looked at after every step. Costs nothing.
struct untold_moments {
    static constexpr bool tells_moments = false;
    struct Moment {};
    [[nodiscard]] static constexpr Moment now() noexcept { return {}; }
    [[nodiscard]] static constexpr bool is_over(const Moment&) noexcept { return true; }

    static constexpr bool tells_every_step = false;
    template <class F>
    static constexpr void at_every_step(const F&, const char*) noexcept {}
};

}  // namespace revenant
