#include "harness/commands/explore_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include "harness/commands/complain.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/explore_arguments.hpp"

namespace revenant::harness {
namespace {

// In the build, and where the command was installed.
std::filesystem::path folder_beside_the_command() {
    std::error_code error;
    const auto command = std::filesystem::read_symlink("/proc/self/exe", error);
    return command.parent_path().parent_path() / "lib" / "revenant-native";
}

std::string library_path(const std::string& folder) {
    const char* const before = std::getenv("LD_LIBRARY_PATH");
    return before == nullptr || *before == '\0' ? folder : folder + ":" + before;
}

// A program that has another runtime in it would run as ever, and pass.
std::optional<std::string> why_not(const std::string& program, const std::string& folder) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(program, error)) return fmt::format("'{}' is no file", program);
    ChildOptions options;
    options.folder = std::filesystem::current_path(error).string();
    options.environment = {{"LD_TRACE_LOADED_OBJECTS", "1"}, {"LD_LIBRARY_PATH", library_path(folder)}};
    const auto loaded = ChildProcess(program, {}, options).finish();
    if (loaded.out.find("librevenant_native") != loaded.out.npos) return std::nullopt;
    if (loaded.out.find(folder) != loaded.out.npos) return std::nullopt;
    return fmt::format(
        "'{}' does not load a shared sanitizer runtime: build it with g++ -fsanitize=thread, "
        "with clang -fsanitize=thread -shared-libsan, or with revenant_add_races",
        program);
}

}  // namespace

ExitStatus run_explore(const ExploreOptions& options) {
    const auto folder =
        options.library_folder.empty() ? folder_beside_the_command().string() : options.library_folder;
    const auto& program = options.program.front();
    if (const auto line = why_not(program, folder)) return complain(exit_usage, *line);
    std::string words;
    for (const auto& word : options.search) words += word + "\n";
    ::setenv("LD_LIBRARY_PATH", library_path(folder).c_str(), 1);
    ::setenv(arguments_variable, words.c_str(), 1);
    std::vector<char*> arguments;
    for (const auto& word : options.program) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    return complain(exit_usage, fmt::format("'{}' cannot be started: {}", program, std::strerror(errno)));
}

}  // namespace revenant::harness
