// The command as a process, for the tests of what runs on real threads; and the same beside programs that
// only pretend to be the ones with real threads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {

using Words = std::vector<std::string>;

inline Finished run(const Words& words, const std::string& command = REVENANT_COMMAND) {
    return ChildProcess(command, words, in_folder("/")).finish(300);
}

/// The command beside programs that are scripts: `body` is what each of them does. REAL is the real one.
inline Finished beside_impostors(const std::string& body, const Words& words) {
    const ScratchFolder folder;
    std::filesystem::copy_file(REVENANT_COMMAND, folder.file("revenant"));
    const auto real = std::filesystem::path(REVENANT_COMMAND).parent_path();
    for (const auto* const name : {"revenant-threads", "revenant-threads-asan", "revenant-threads-tsan"}) {
        folder.write(name,
                     "#!/bin/sh\nREAL=" + (real / name).string() + "\nFOLDER=" + folder.path() + "\n" + body);
        std::filesystem::permissions(folder.file(name), std::filesystem::perms::owner_all);
    }
    return run(words, folder.file("revenant"));
}

}  // namespace revenant::harness
