// The command `revenant`.
#include <revenant/command.hpp>

int main(int argc, char** argv) {
    return revenant::run_command(argc, argv, {.name = "revenant", .source_root = REVENANT_SOURCE_ROOT});
}
