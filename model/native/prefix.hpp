// Prefix: what the program was given from the beginning of an execution on: whose turn it was, and what its
// calls returned. The next execution that begins in the same way is given the same, and nothing is computed
// again.
//
// Turns and answers are one sequence: an answer is due when so many turns have been given.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/native/undo_log.hpp"
#include "model/native/values.hpp"

namespace revenant::model::native {

class Prefix {
public:
    /// What a call of the program returned.
    struct Answer {
        Value value = 0;
        Value stored = 0;          ///< what an atomic operation has left in memory
        std::uintptr_t place = 0;  ///< the code that called
        std::uint32_t turn = 0;
        bool stores = false;
    };
    /// How far it goes.
    struct Extent {
        std::size_t turns = 0;
        std::size_t answers = 0;
    };

    void begin() { shorten({}); }
    void add_turn(int thread) { turns_.add() = static_cast<std::uint8_t>(thread); }
    void add_answer(std::uintptr_t place, Value value, bool stores, Value stored) {
        answers_.add() = {value, stored, place, static_cast<std::uint32_t>(turns_.size()), stores};
    }
    [[nodiscard]] Extent extent() const { return {turns_.size(), answers_.size()}; }

    /// Forgets what came later, and gives the rest from the beginning on.
    void shorten(const Extent& to) {
        turns_.shorten(to.turns);
        answers_.shorten(to.answers);
        next_turn_ = 0;
        next_answer_ = 0;
    }
    /// Whether the next thing given is an answer.
    [[nodiscard]] bool answer_is_due() const {
        return next_answer_ < answers_.size() && answers_[next_answer_].turn == next_turn_;
    }
    /// Requires: an answer is due.
    [[nodiscard]] const Answer& answer() { return answers_[next_answer_++]; }
    [[nodiscard]] bool is_at_end() const {
        return next_turn_ == turns_.size() && next_answer_ == answers_.size();
    }
    [[nodiscard]] bool has_turn() const { return next_turn_ < turns_.size(); }
    /// Requires: there is one.
    [[nodiscard]] int turn() { return turns_[next_turn_++]; }
    /// How many answers were given before: tells a thread's calls apart.
    [[nodiscard]] std::size_t answers_given() const { return next_answer_; }

private:
    Stack<std::uint8_t> turns_;
    Stack<Answer> answers_;
    std::size_t next_turn_ = 0;
    std::size_t next_answer_ = 0;
};

}  // namespace revenant::model::native
