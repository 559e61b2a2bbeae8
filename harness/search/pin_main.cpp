// pin_executions FILE: writes the counts that the tests expect.
#include <cstdio>

#include "harness/files/output_file.hpp"
#include "harness/search/pinned.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: pin_executions FILE\n", stderr);
        return 2;
    }
    auto file = revenant::harness::OutputFile::open(argv[1]);
    const auto error = file ? file->commit(revenant::harness::pinned_counts()) : file.error();
    if (!error) return 0;
    std::fprintf(stderr, "pin_executions: %s\n", error->c_str());
    return 2;
}
