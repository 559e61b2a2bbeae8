// CountedBy: an object with a slot for each thread, counted by whatever counter is on trial.
#pragma once

#include "scenarios/calls.hpp"
#include "scenarios/subjects/counted.hpp"

namespace revenant::scenarios {

/// `Count` supplies `ref` and `deref`; its last `deref` calls `destroy`. What else the object holds,
/// `touch` reads.
template <class P, template <class, class> class Count>
class CountedBy : public Count<CountedBy<P, Count>, P> {
public:
    static constexpr const char* log_name = "object";
    explicit CountedBy(Witness<P>& witness) : witness_(witness) {}
    void destroy() {
        witness_.destroys(this);
        slots.read_all();
        P::destroy(this);
    }
    void touch() const { reads(flags_.get()); }
    Slots<P> slots;

private:
    typename P::template var<int> flags_{0, {"flags"}};
    Witness<P>& witness_;
};

}  // namespace revenant::scenarios
