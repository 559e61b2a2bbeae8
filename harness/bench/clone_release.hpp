// CloneRelease: how the search grows with the operations of a thread. Each thread holds a reference, clones
// and releases another so many times, and releases its own. All operations are on one count: every two of
// different threads conflict, and no reduction can leave an order of them out.
#pragma once

#include "model/program.hpp"
#include "model/relacy/platform.hpp"

namespace revenant::harness::bench {

class CloneRelease final : public model::Program {
    using P = model::relacy::relacy_platform;

    struct Object {
        P::atomic<std::uint32_t> strong;
        explicit Object(std::uint32_t held) : strong(held, {"strong", cell_role::strong_count}) {}
    };

public:
    CloneRelease(unsigned threads, unsigned pairs) : threads_(threads), pairs_(pairs) {}

    void setup() override { object_ = P::make<Object>("object", threads_); }
    void thread(unsigned) override {
        for (unsigned i = 0; i < pairs_; ++i) {
            object_->strong.fetch_add(1, std::memory_order::relaxed);
            release();
        }
        release();
    }
    void teardown() override {}  // the last release has freed it: Relacy looks for what is left

private:
    void release() {
        if (object_->strong.fetch_sub(1, std::memory_order::acq_rel) == 1) P::destroy(object_);
    }

    unsigned threads_;
    unsigned pairs_;
    Object* object_ = nullptr;
};

}  // namespace revenant::harness::bench
