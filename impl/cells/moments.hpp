// Moments: when a thread was at a place, and whether that is over by now for another. Only a world that
// explores every order can tell.
#pragma once

namespace revenant {

/// Of a platform that cannot tell, with real threads: everything is over, so that no rule of a scenario's is
/// called broken on a guess. Costs nothing.
struct untold_moments {
    static constexpr bool tells_moments = false;
    struct Moment {};
    [[nodiscard]] static constexpr Moment now() noexcept { return {}; }
    [[nodiscard]] static constexpr bool is_over(const Moment&) noexcept { return true; }
};

}  // namespace revenant
