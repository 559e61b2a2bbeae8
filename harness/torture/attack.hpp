// Attack: one way to hurt the command, in rounds. Each is a file of its own; `attacks()` lists them.
//
// To add one: a class here, its file, a line in attacks.cpp.
#pragma once

#include <memory>
#include <span>

#include "harness/torture/round.hpp"
#include "model/result.hpp"

namespace revenant::harness::torture {

class Attack {
public:
    Attack() = default;
    virtual ~Attack() = default;
    Attack(const Attack&) = delete;
    Attack& operator=(const Attack&) = delete;
    /// Does all that the round's seed decides. What an earlier round found out of the command may be kept: it
    /// must be the same whenever it is found out.
    virtual void attempt(Round& round) = 0;
};

using MadeAttack = model::Result<std::unique_ptr<Attack>>;

/// Searches with checkpoints, killed and gone on with.
[[nodiscard]] MadeAttack make_kills(const Settings& settings);
/// Cases, schedules, shares, checkpoints and bug reports with damage done to them.
[[nodiscard]] MadeAttack make_mutations(const Settings& settings);
/// Random words, by the command's own --help.
[[nodiscard]] MadeAttack make_command_lines(const Settings& settings);
/// Full disks, closed streams, readers that go away.
[[nodiscard]] MadeAttack make_full_disks(const Settings& settings);
/// Correct code on real threads with noise.
[[nodiscard]] MadeAttack make_noise(const Settings& settings);
/// The rows of the catalogue, searched again in other circumstances.
[[nodiscard]] MadeAttack make_circumstances(const Settings& settings);

struct AttackKind {
    const char* name;
    const char* help;
    unsigned share;  ///< of the time, beside the shares of the others
    MadeAttack (*make)(const Settings&);
};
[[nodiscard]] std::span<const AttackKind> attacks();

}  // namespace revenant::harness::torture
