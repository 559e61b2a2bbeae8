// The latch of the model world: threads wait until it has been counted down to 0, once and for all.
//
// This header is clean: Relacy is behind the .cpp.
#pragma once

#include <cstddef>

#include <revenant/model/relacy/mutexes.hpp>

namespace revenant::model::relacy::detail {

class Latch : public Waitable {
public:
    explicit Latch(std::ptrdiff_t expected, cell_name name = {"latch"});
    ~Latch();
    void count_down(std::ptrdiff_t by = 1, source where = source::current());
    void wait(source where = source::current()) const;
    void arrive_and_wait(std::ptrdiff_t by = 1, source where = source::current()) {
        count_down(by, where);
        wait(where);
    }

    static constexpr std::ptrdiff_t expected_max = 0xffff;
    [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return expected_max; }

private:
    View released_{};
};

}  // namespace revenant::model::relacy::detail
