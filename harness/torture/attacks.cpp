#include "harness/torture/attack.hpp"

namespace revenant::harness::torture {

std::span<const AttackKind> attacks() {
    static constexpr AttackKind all[] = {
        {"kills", "kill searches that save checkpoints, and go on with them", 20, make_kills},
        {"mutations", "damage cases, schedules, shares, checkpoints and bug reports", 25, make_mutations},
        {"command-lines", "random subcommands, options and values", 20, make_command_lines},
        {"full-disks", "full disks, closed streams, readers that go away", 10, make_full_disks},
        {"noise", "correct code on real threads, which must not be convicted", 10, make_noise},
        {"circumstances", "the catalogue again elsewhere: the bytes must be the same", 15,
         make_circumstances},
    };
    return all;
}

}  // namespace revenant::harness::torture
