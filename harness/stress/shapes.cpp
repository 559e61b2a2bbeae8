#include "harness/stress/shapes.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <utility>

namespace revenant::harness::stress {
namespace {

using Clock = std::chrono::steady_clock;

class Deadline {
public:
    explicit Deadline(double seconds)
        : end_(Clock::now() +
               std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))) {}
    [[nodiscard]] bool passed() const { return Clock::now() >= end_; }

private:
    Clock::time_point end_;
};

// The threads that are there already wait for this one: there is no way back but the end of the process.
template <class Run>
void start(std::vector<std::jthread>& threads, Run run) {
    try {
        threads.emplace_back(std::move(run));
    } catch (const std::system_error&) {
        std::_Exit(exit_no_means);
    }
}

// Waves: all requests of a wave intern and release at once, without keep-alive, so that the count goes
// through 0 in each. The thread: 10 waves of 16; here as many as the time allows.
Totals waves(Target& target, double seconds) {
    constexpr unsigned requests = 16;
    const Deadline deadline(seconds);
    Totals totals;
    bool done = false;  // written by the barrier's completion, which every thread is ordered after
    std::barrier gate(requests, [&]() noexcept {
        ++totals.rounds;
        done = deadline.passed();
    });
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < requests; ++i) {
            start(threads, [&] {
                while (!done) {
                    target.intern_read_release();
                    gate.arrive_and_wait();
                }
            });
        }
    }
    totals.interns = totals.rounds * requests;
    return totals;
}

// One driver takes the count through 0 again and again; probes intern at the same time and let go at
// once, as the seed's aborted fetches do.
Totals driver_and_probes(Target& target, double seconds) {
    constexpr unsigned probes = 3;
    const Deadline deadline(seconds);
    std::atomic<bool> done{false};
    std::atomic<std::uint64_t> interns{0};
    Totals totals;
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < probes; ++i) {
            start(threads, [&] {
                std::uint64_t mine = 0;
                while (!done.load(std::memory_order::relaxed)) {
                    target.intern_read_release();
                    ++mine;
                }
                interns.fetch_add(mine, std::memory_order::relaxed);
            });
        }
        while (!deadline.passed()) {
            void* const held = target.intern();
            target.read(held);
            target.release(held);
            ++totals.rounds;
        }
        done.store(true, std::memory_order::relaxed);
    }
    totals.interns = interns.load(std::memory_order::relaxed) + totals.rounds;
    return totals;
}

}  // namespace

const std::vector<Shape>& shapes() {
    static const std::vector<Shape> all{
        {"waves", "16 threads intern and release together, wave after wave", waves},
        {"driver", "one thread takes the count through 0, three probe", driver_and_probes},
    };
    return all;
}

}  // namespace revenant::harness::stress
