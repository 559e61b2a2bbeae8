// Claims: a Program whose first thread makes the claims of a contract that is the same in every world.
#pragma once

#include <utility>

#include "model/program.hpp"
#include "model/relacy/platform.hpp"

namespace revenant::model::relacy {

/// `run` is called with what takes a claim: whether it holds, and its text.
template <class Run>
class Claims final : public Program {
public:
    explicit Claims(Run run) : run_(std::move(run)) {}
    void setup() override {}
    void thread(unsigned index) override {
        if (index != 0) return;
        run_([this](bool holds, const char* text) {
            relacy_platform::check(holds, check_kind::assertion, text);
            ++made;
        });
    }
    void teardown() override {}

    int made = 0;

private:
    Run run_;
};

}  // namespace revenant::model::relacy
