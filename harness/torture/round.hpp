// Round: one attempt on the command, decided by a seed, in a folder of its own.
//
// The folder is kept if the round found something, with a file that says what, and removed otherwise.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "harness/torture/demands.hpp"
#include "harness/torture/invocation.hpp"
#include "harness/torture/random.hpp"
#include "model/stop_token.hpp"

namespace revenant::harness::torture {

/// What stands for all rounds.
struct Settings {
    std::string command;            ///< absolute: the revenant under attack
    std::string folder;             ///< absolute: the rounds' folders are made in it
    std::string source_root;        ///< of the tree whose samples are mutated
    bool slow = false;              ///< the command is instrumented: shorter searches
    double patience_seconds = 120;  ///< that a command may take; one of an instrumented build gets five times
    double orphans_patience_seconds = 20;  ///< that a process may outlive its parent
    model::StopToken stop = {};
};

/// What an attack has done and how the command ended, by name: kills, cases, bytes.
using Figures = std::map<std::string, std::uint64_t>;

class Round {
public:
    /// Makes the folder, empty. Throws std::runtime_error if it cannot be made.
    Round(const Settings& settings, const std::string& attack, std::uint64_t seed, Figures& figures);
    ~Round();
    Round(const Round&) = delete;
    Round& operator=(const Round&) = delete;

    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] Random& random() { return random_; }
    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }
    void write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string text(const std::string& name) const;

    void count(const std::string& figure, std::uint64_t more = 1) { figures_[figure] += more; }

    /// Runs the command in the folder and holds it to the demands: how it ends, what it prints, what it
    /// leaves in the folder, whom it leaves behind.
    Finished run(const Invocation& invocation, const Demands& demands = {});
    /// The same of a command that is under way. `before`: the folder when it was started, by `snapshot`.
    Finished judge(ChildProcess& child, const Invocation& invocation, const Demands& demands,
                   const std::map<std::string, std::string>& before);

    /// Notes what is wrong. Only the first one is kept: the others may follow from it.
    void object(const std::string& what, const Invocation& invocation);
    /// Empty: nothing is wrong.
    [[nodiscard]] const std::string& objection() const { return objection_; }
    [[nodiscard]] const std::string& typed() const { return typed_; }
    [[nodiscard]] bool stopped() const { return settings_.stop.stop_requested(); }
    /// Nothing more is to be learnt: something is wrong, or somebody wants an end.
    [[nodiscard]] bool over() const { return stopped() || !objection_.empty(); }

private:
    const Settings& settings_;
    Figures& figures_;
    std::uint64_t seed_;
    Random random_;
    std::string folder_;
    std::string objection_;
    std::string typed_;
};

}  // namespace revenant::harness::torture
