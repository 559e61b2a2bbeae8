// Interpreter: Code as a Program of the model world, which remembers every state that it ended in.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/generated/code.hpp"
#include "model/program.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::generated {

inline constexpr std::int8_t no_value = -1;

/// What can be told apart of an execution that ended: each thread's results, and the final values.
struct FinalState {
    std::array<std::array<std::int8_t, statements_max>, threads_max> results{};
    std::array<std::int8_t, 7> values{};  ///< of x, y, z, u, d, e, v
    friend auto operator<=>(const FinalState&, const FinalState&) = default;
};
using FinalStates = std::set<FinalState>;

/// What was looked at after a step: the values of x, y, z and u.
using Looked = std::array<std::int8_t, 4>;

/// `T0: 1 0 | T1: 0 - | x=1 u=freed`
[[nodiscard]] std::string to_text(const FinalState& state, const Code& code);
/// The same state with the results of threads of one class in ascending order.
[[nodiscard]] FinalState up_to_twins(FinalState state, const std::vector<unsigned>& classes);

class Interpreter final : public Program {
public:
    /// An execution that the strategy calls blocked leaves no state behind: it claims to need none.
    Interpreter(const Code& code, const search::Strategy& strategy);

    [[nodiscard]] const FinalStates& states() const { return states_; }
    /// All that was seen after any step of them, if the program is watched.
    [[nodiscard]] const std::set<Looked>& looked() const { return looked_; }

    void setup() override;
    void thread(unsigned index) override;
    void teardown() override;

private:
    using P = relacy::relacy_platform;
    using Atomic = P::atomic<std::uint32_t>;
    using Plain = P::var<std::uint32_t>;
    struct Object {
        Atomic u{0, {"u"}};
        Plain v{0, {"v"}};
    };

    [[nodiscard]] Atomic& atomic(char place);
    [[nodiscard]] Plain& plain(char place);
    [[nodiscard]] P::latch& latch(char place);
    [[nodiscard]] int run(unsigned thread, const Statement& statement);
    [[nodiscard]] int compare_exchange(const Statement& statement);
    [[nodiscard]] int raise(const Statement& statement);
    [[nodiscard]] int take(unsigned thread, const Statement& statement);
    void unlock(unsigned thread, char place);
    [[nodiscard]] int wait(unsigned thread, bool for_some_time);
    [[nodiscard]] int once();
    [[nodiscard]] P::mutex* make_mutex(char place, const char* label) const;
    void free();
    [[nodiscard]] bool look();

    const Code& code_;
    const search::Strategy& strategy_;
    FinalStates states_;
    FinalState state_;
    std::set<Looked> looked_;
    std::vector<Looked> looked_now_;  // in the execution that runs
    std::uint64_t blocked_before_ = 0;
    bool freed_ = false;
    bool has_object_ = false;
    std::array<Atomic*, 3> atomics_{};
    std::array<Plain*, 2> plains_{};
    std::array<P::mutex*, 2> mutexes_{};
    Object* object_ = nullptr;
    P::recursive_mutex* recursive_ = nullptr;
    P::shared_mutex* shared_ = nullptr;
    P::condition_variable* condition_ = nullptr;
    struct Lazy {
        P::once_flag flag{{"flag"}};
        Atomic steps{0, {"steps"}};  // what is done has a step that others may come before
        Plain made{0, {"made"}};
    };
    Lazy* lazy_ = nullptr;
    std::array<P::latch*, 2> latches_{};
    struct Held {
        char place;
        bool is_shared;
    };
    std::array<std::array<Held, statements_max>, threads_max> held_{};
    std::array<std::size_t, threads_max> held_count_{};
};

}  // namespace revenant::model::generated
