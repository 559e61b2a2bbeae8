#include "harness/native/explore_here.hpp"

#include <sys/auxv.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "harness/commands/exit_status.hpp"
#include "harness/native/tests.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/explore_arguments.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/start.hpp"

namespace revenant::harness {
namespace {

constexpr const char* body_variable = "REVENANT_BODY_TO_EXPLORE";  // where it is in the program, and its name

// From a place in the program to another one it is as far in each process.
std::uintptr_t anchor() { return getauxval(AT_PHDR); }

std::string text_of(const BodyHere& body) {
    return std::to_string(reinterpret_cast<std::uintptr_t>(body.call) - anchor()) + " " + body.name;
}

// The interleaving; the table behind it has the time that the search took.
std::string without_table(const std::string& text) {
    return text.substr(0, std::min(text.find("\nscenario "), text.size()));
}

std::optional<std::string> failure_of(const BodyHere& body) {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    const auto folder = std::filesystem::current_path(error).string();
    constexpr double no_deadline = 1e9;
    const auto result =
        ChildProcess(
            program, {},
            {.folder = folder,
             .environment = {{body_variable, text_of(body)},
                             {arguments_variable, "--color\nnever"},
                             // An EXPECT of GoogleTest's that fails outside of its tests is not heard of.
                             {"GTEST_THROW_ON_FAILURE", "1"}}})
            .finish(no_deadline);
    if (result.status == exit_as_expected) return std::nullopt;
    const bool is_found = result.status == exit_not_as_expected;
    return (is_found ? without_table(result.out) : result.out) + result.err;
}

}  // namespace

std::optional<BodyHere> body_to_explore() {
    const char* const text = std::getenv(body_variable);
    if (text == nullptr) return std::nullopt;
    const std::string words = text;
    std::uintptr_t distance = 0;
    const auto space = std::min(words.find(' '), words.size());
    std::from_chars(words.data(), words.data() + space, distance);
    return BodyHere{words.substr(std::min(space + 1, words.size())),
                    reinterpret_cast<void (*)()>(anchor() + distance)};
}

}  // namespace revenant::harness

bool revenant::model::native::runs_own_main(bool explores_here) {
    return explores_here && std::getenv(harness::arguments_variable) == nullptr && !harness::has_tests();
}

REVENANT_EXPORT const char* revenant_explore_here(const char* name, void (*body)()) {
    using namespace revenant::harness;
    if (revenant::model::native::machine().runs()) {  // the whole test is explored: this is a part of it
        body();
        return nullptr;
    }
    const auto failure = failure_of({name, body});
    return failure ? (new std::string(*failure))->c_str() : nullptr;
}
