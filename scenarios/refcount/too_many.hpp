// refcount/release_too_many: each thread holds a reference and releases it; in the broken one the last thread
// does so twice.
#pragma once

#include "scenarios/refcount/programs.hpp"

namespace revenant::scenarios {

template <class Subject, unsigned releases_of_last>
class ReleaseTooMany final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override {
        return thread + 1 == this->threads_ ? 1 : 0;
    }
    void setup() override { this->make_with_one_each(); }
    void thread(unsigned index) override {
        const unsigned releases = index + 1 == this->threads_ ? releases_of_last : 1;
        for (unsigned i = 0; i < releases; ++i) this->subject_.release(this->strong_);
    }
};

}  // namespace revenant::scenarios
