#include "harness/threads/threads_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "model/threads/gate.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

constexpr int exit_of_a_sanitizer = 66;  // harness/sanitizers/defaults.cpp.in

// The rest of the line behind a mark, up to a place in the code; empty: there is no such line.
std::string behind(const std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    if (at == text.npos) return {};
    const auto begin = at + mark.size();
    auto found = text.substr(begin, text.find('\n', begin) - begin);
    for (const auto* const tail : {" on address", " on unknown", " on 0x", " (pid", " in ", ": "}) {
        found = found.substr(0, found.find(tail));
    }
    return found;
}

// What a sanitizer has reported; its own troubles (FATAL, CHECK failed) are no reports.
std::string report_of(const std::string& err) {
    if (auto found = behind(err, "WARNING: ThreadSanitizer: "); !found.empty()) return found;
    if (err.find("ERROR: LeakSanitizer: detected") != err.npos) return "memory leak";
    if (auto found = behind(err, "ERROR: AddressSanitizer: "); !found.empty()) return found;
    if (auto found = behind(err, "runtime error: "); !found.empty()) return found;
    return {};
}

bool is_crash(int signal) {
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGABRT || signal == SIGFPE || signal == SIGILL;
}

// The command lies somewhere in its build, or has been taken out of it.
std::string how_to_build(const std::filesystem::path& self, const std::string& name) {
    std::error_code error;
    for (auto folder = self.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
        if (!std::filesystem::exists(folder / "CMakeCache.txt", error)) continue;
        return fmt::format("`cmake --build {} --target {}` builds it (as `make build` does)", folder.string(),
                           name);
    }
    return fmt::format("take it along from the build of this command, which makes it with --target {}", name);
}

}  // namespace

const char* to_text(Sanitizer sanitizer) {
    switch (sanitizer) {
        case Sanitizer::none: return "no sanitizer";
        case Sanitizer::address: return "ASan";
        case Sanitizer::thread: return "TSan";
    }
    return "?";
}

model::Result<std::string> threads_program(Sanitizer sanitizer) {
    const auto* const built_for = sanitizer == Sanitizer::address  ? "-asan"
                                  : sanitizer == Sanitizer::thread ? "-tsan"
                                                                   : "";
    const auto name = fmt::format("{}-threads{}", reports::command_name, built_for);
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    const auto path = self.parent_path() / name;
    if (failed || ::access(path.c_str(), X_OK) != 0) {
        return model::BadInput{
            fmt::format("{} is not beside this command: {}", name, how_to_build(self, name))};
    }
    return path.string();
}

Judgement judged(const Finished& finished) {
    if (finished.status == 0) return {};
    if (finished.status == model::threads::exit_check_failed) {
        const auto kind = behind(finished.err, "revenant: ");
        return {Blame::code, kind.empty() ? "deadlock" : kind == "leak" ? "memory leak" : kind + " failed"};
    }
    if (finished.status == exit_of_a_sanitizer) {
        const auto report = report_of(finished.err);
        if (!report.empty()) return {Blame::code, report};
    }
    if (finished.status == model::threads::exit_left_schedule) return {Blame::code, "hung"};
    if (is_crash(finished.signal)) return {Blame::code, fmt::format("signal {}", finished.signal)};
    if (finished.signal != 0) return {Blame::outside, fmt::format("signal {}", finished.signal)};
    return {Blame::outside, fmt::format("exit {}", finished.status)};
}

}  // namespace revenant::harness
