#include <mpi.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <thread>

#include "harness/search/ranks.hpp"

namespace revenant::harness {
namespace {

using Clock = std::chrono::steady_clock;

// An MPI receive spins, and the searches want the core: we look, and sleep longer each time. The longest
// sleep is short beside a part of a search.
constexpr std::chrono::microseconds sleep_min{20};
constexpr std::chrono::microseconds sleep_max{500};

class MpiRanks final : public Ranks {
public:
    MpiRanks(int& argc, char**& argv) {
        MPI_Init(&argc, &argv);  // errors end the program: MPI's default, and the only sound one here
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &count_);
    }
    ~MpiRanks() override { MPI_Finalize(); }
    MpiRanks(const MpiRanks&) = delete;
    MpiRanks& operator=(const MpiRanks&) = delete;

    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int count() const override { return count_; }

    void send(int rank, const std::string& text) override {
        if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
            throw std::length_error("a message between ranks is longer than MPI can send");
        }
        MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, rank, 0, MPI_COMM_WORLD);
    }

    [[nodiscard]] std::optional<Message> receive_within(std::chrono::milliseconds patience) override {
        const auto end = Clock::now() + patience;
        for (auto sleep = sleep_min;; sleep = std::min(2 * sleep, sleep_max)) {
            int arrived = 0;
            MPI_Status status;
            MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &arrived, &status);
            if (arrived != 0) return receive(status);
            if (Clock::now() >= end) return std::nullopt;
            std::this_thread::sleep_for(sleep);
        }
    }

private:
    static Message receive(const MPI_Status& probed) {
        int size = 0;
        MPI_Get_count(&probed, MPI_CHAR, &size);
        Message message{probed.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
        MPI_Recv(message.text.data(), size, MPI_CHAR, probed.MPI_SOURCE, probed.MPI_TAG, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        return message;
    }

    int rank_ = 0;
    int count_ = 1;
};

// What Open MPI, MPICH and its kin, and Slurm leave in the environment of those that they start. Without
// a launcher MPI would start a daemon for this one process: a command that needs no MPI does without.
bool started_by_a_launcher() {
    for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMI_RANK", "PMIX_RANK"}) {
        if (std::getenv(name) != nullptr) return true;
    }
    return false;
}

}  // namespace

std::unique_ptr<Ranks> join_ranks(int& argc, char**& argv) {
    if (!started_by_a_launcher()) return nullptr;
    auto ranks = std::make_unique<MpiRanks>(argc, argv);
    if (ranks->count() == 1) return nullptr;
    return ranks;
}

}  // namespace revenant::harness
