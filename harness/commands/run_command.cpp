// What the words of a command lead to. Each subcommand has a file of its own.
#include <revenant/command.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <string>

#include "harness/commands/command_line.hpp"
#include "harness/commands/complain.hpp"
#include "harness/commands/explore_command.hpp"
#include "harness/commands/import_command.hpp"
#include "harness/commands/list_command.hpp"
#include "harness/commands/litmus_command.hpp"
#include "harness/commands/merge_command.hpp"
#include "harness/commands/minimise_command.hpp"
#include "harness/commands/replay_command.hpp"
#include "harness/commands/repro_command.hpp"
#include "harness/search/rank_search.hpp"
#include "model/relacy/engine.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

ExitStatus print_help(const std::string& text) {
    print(text);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return exit_as_expected;
}

ExitStatus run(int argc, char** argv, const command_settings& settings, Ranks* ranks) {
    auto request = parse_command_line(argc, argv, settings.source_root);
    if (!request) return complain(exit_usage, request.error());
    auto& check = request->check;
    if (settings.native_folder != nullptr) request->explore.library_folder = settings.native_folder;
    switch (request->subcommand) {
        case Subcommand::none: return print_help(request->help);
        case Subcommand::list: return run_list(request->list_rows);
        case Subcommand::explore: return run_explore(request->explore);
        case Subcommand::litmus: return run_litmus();
        case Subcommand::merge: return run_merge(request->merge_files, check.reports.json);
        case Subcommand::minimise: return run_minimise(request->schedule, check.case_path, request->colour);
        case Subcommand::repro: return run_repro(request->case_path);
        case Subcommand::import: return run_import(request->import, request->colour);
        case Subcommand::stress: return run_stress(request->stress);
        case Subcommand::replay:
            return request->on_threads ? run_replay_on_threads(request->schedule, request->threads)
                                       : run_replay(request->schedule, request->colour);
        case Subcommand::check: break;
    }
    if (ranks != nullptr && check.search.jobs > 1) {
        return complain(exit_usage, "--jobs: the ranks that mpirun has started are the processes");
    }
    check.search.ranks = ranks;
    return run_check(check);
}

// A standard stream that is closed would give its number to the next file. What stands in for it fails as a
// closed one does: it is open the wrong way round.
void open_missing_streams() {
    for (const int descriptor : {0, 1, 2}) {
        if (::fcntl(descriptor, F_GETFD) >= 0) continue;
        static_cast<void>(::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY));
    }
}

// An exception that leaves a modelled thread, which has a stack of its own, ends the program here.
[[noreturn]] void on_terminate() {
    try {
        if (const auto error = std::current_exception()) std::rethrow_exception(error);
    } catch (const std::bad_alloc&) {
        for (const auto* const part : {reports::command_name, ": out of memory\n"}) {  // without taking any
            static_cast<void>(::write(STDERR_FILENO, part, std::strlen(part)));
        }
        ::_exit(exit_internal);
    } catch (...) {
        std::abort();
    }
    std::abort();
}

const char* name_of_the_program() {
    static std::string name;
    std::error_code error;
    name = std::filesystem::read_symlink("/proc/self/exe", error).filename().string();
    return error ? "revenant" : name.c_str();
}

int run_or_complain(int argc, char** argv, const command_settings& settings, Ranks* ranks) {
    std::set_terminate(on_terminate);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too long is an error to report
    try {
        return run(argc, argv, settings, ranks);
    } catch (const std::bad_alloc&) {
        return complain(exit_internal, "out of memory");
    } catch (const model::relacy::NotModelled& error) {
        return complain(exit_internal, error.what());
    } catch (const std::exception& error) {
        return complain(exit_internal, std::string("internal error: ") + error.what());
    }
}

}  // namespace
}  // namespace revenant::harness

int revenant::run_command(int argc, char** argv, const command_settings& settings) {
    reports::command_name = settings.name != nullptr ? settings.name : harness::name_of_the_program();
    harness::open_missing_streams();
#ifdef REVENANT_MPI
    const auto ranks = harness::join_ranks(argc, argv);
    if (ranks == nullptr) return harness::run_or_complain(argc, argv, settings, nullptr);
    if (ranks->rank() != 0) {
        harness::serve(*ranks);
        return harness::exit_as_expected;  // how it went is for rank 0 to say
    }
    const int status = harness::run_or_complain(argc, argv, settings, ranks.get());
    harness::dismiss(*ranks);
    return status;
#else
    return harness::run_or_complain(argc, argv, settings, nullptr);
#endif
}
