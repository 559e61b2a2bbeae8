// Ranks: the processes that a launcher such as mpirun has started together, on one machine or many.
//
// Rank 0 is the command as a user knows it; the others serve it (rank_search.hpp). This is all that they
// need of each other, and names nothing of MPI: only ranks_mpi.cpp does.
//
// Thread-safety: none.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace revenant::harness {

struct Message {
    int rank = 0;  ///< who sent it
    std::string text;
};

class Ranks {
public:
    virtual ~Ranks() = default;
    [[nodiscard]] virtual int rank() const = 0;
    [[nodiscard]] virtual int count() const = 0;
    /// Two messages of one rank to another arrive in their order.
    virtual void send(int rank, const std::string& text) = 0;
    /// The next message of any rank, or none for so long. Waits asleep: the ranks share their cores.
    [[nodiscard]] virtual std::optional<Message> receive_within(std::chrono::milliseconds patience) = 0;
};

#ifdef REVENANT_MPI
/// The ranks that this process was started with; null when no launcher has started it, or it alone.
/// Keep it until the end of main: its destructor is where the ranks leave together.
[[nodiscard]] std::unique_ptr<Ranks> join_ranks(int& argc, char**& argv);
#endif

}  // namespace revenant::harness
