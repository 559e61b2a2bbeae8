// A search without a model, for tests of how a search is cut, handed out and saved: threads that write one
// cell. No two of their steps commute, so that every interleaving is an execution of its own.
#pragma once

#include <vector>

#include "model/search/dpor_worker.hpp"

namespace revenant::model::search {

struct Writers {
    unsigned threads = 3;
    unsigned writes = 2;  ///< of each
};
inline constexpr std::uint64_t executions_of_writers = 90;  ///< 6! / (2! 2! 2!)

/// One execution, announced and performed as the model does it.
inline void run_once(const Writers& writers, Strategy& strategy) {
    constexpr Access write{AccessKind::write, 0, no_id};
    strategy.execution.begin(strategy.kept());
    strategy.begin();
    ThreadSet runnable = (1u << writers.threads) - 1;
    std::vector<unsigned> left(writers.threads, writers.writes);
    int running = -1;
    for (unsigned i = 0; i < writers.threads; ++i) {
        running = strategy.next_thread(runnable, running);
        strategy.execution.announce(running, write);
    }
    while (runnable != 0) {
        running = strategy.next_thread(runnable, running);
        strategy.execution.perform(running, write);
        if (--left[static_cast<std::size_t>(running)] == 0) {
            runnable &= ~set_of(running);
        } else {
            strategy.execution.announce(running, write);
        }
    }
}

/// Explores what the source hands out, in parts of so many executions, until it hands out no more.
inline void explore_writers(WorkSource& source, std::uint64_t part_executions = 7,
                            const Writers& writers = {}) {
    DporWorker worker({}, source, part_executions);
    if (!worker.start()) return;
    do {
        run_once(writers, worker);
    } while (worker.advance());
}

/// Some parts of a search, and no more.
class FewParts final : public WorkSource {
public:
    FewParts(WorkList& list, unsigned parts) : list_(list), left_(parts) {}
    [[nodiscard]] std::optional<Part> take() override {
        if (left_ == 0) return std::nullopt;
        --left_;
        return list_.take();
    }
    void report(PartReport report) override { list_.report(std::move(report)); }

private:
    WorkList& list_;
    unsigned left_;
};

}  // namespace revenant::model::search
