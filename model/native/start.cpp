#include "model/native/start.hpp"

#include <sys/personality.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "model/native/calls.hpp"
#include "model/native/engine.hpp"
#include "model/native/entry_exceptions.hpp"
#include "model/native/export.hpp"
#include "model/native/framework.hpp"
#include "model/native/heap.hpp"
#include "model/native/layout.hpp"
#include "model/native/leaks.hpp"
#include "model/native/lenders.hpp"
#include "model/native/machine.hpp"
#include "model/native/many_threads.hpp"
#include "model/native/segments.hpp"
#include "model/native/sources.hpp"
#include "model/native/symbols.hpp"
#include "model/native/sync.hpp"
#include "model/native/unseen_code.hpp"

namespace revenant::model::native {
namespace {

Phase current_phase = Phase::command;  // until this library is ready
Main the_main = nullptr;
int the_argc = 0;
char** the_argv = nullptr;

// With addresses at random a program's own would differ from run to run, and the loader would write its
// tables while a thread of the program runs. So the process begins once more, without either.
void begin_again_if_random(char** argv, char** environment) {
    const char* const again = std::getenv("REVENANT_BEGUN_AGAIN");
    if (again != nullptr) return;
    const int now = ::personality(0xffffffff);
    if (now == -1) return;
    const bool fixed = (now & ADDR_NO_RANDOMIZE) != 0 && std::getenv("LD_BIND_NOW") != nullptr;
    if (fixed) return;
    static_cast<void>(::personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE));
    std::vector<char*> values;
    for (char** value = environment; *value != nullptr; ++value) values.push_back(*value);
    static char bind_now[] = "LD_BIND_NOW=1";
    static char begun_again[] = "REVENANT_BEGUN_AGAIN=1";
    values.push_back(bind_now);
    values.push_back(begun_again);
    values.push_back(nullptr);
    ::execve("/proc/self/exe", argv, values.data());
}

__attribute__((constructor(101))) void get_ready(int, char** argv, char** environment) {
    begin_again_with_many_threads_if_wanted(argv);
    begin_again_if_random(argv, environment);
    find_code_of_the_process();
    auto& all = machine();
    all.heap.reserve();
    all.shadow.reserve();
    current_phase = Phase::before_main;
}

void note(const std::string& words) {
    if (has_begun_again_for_many_threads()) return;
    const auto line = "revenant: note: " + words + "\n";
    static_cast<void>(!::write(STDERR_FILENO, line.data(), line.size()));
}

std::string and_more(std::size_t count) {
    return count == 1 ? "" : ", and " + std::to_string(count - 1) + " more";
}

void note_unseen_code() {
    const auto unseen = unseen_code();
    if (unseen.has_counters) {
        note(
            "the program counts what it runs (--coverage): threads race on the counters, which are called "
            "__gcov, unless it is built with -fprofile-update=atomic as well");
    }
    if (!unseen.sources.empty()) {
        note("the program has code in it that was not compiled with -fsanitize=thread (" +
             unseen.sources.front() + and_more(unseen.sources.size()) +
             "): what it does to memory is not seen");
    } else if (!unseen.instructions.empty() && program_framework() == Framework::none) {
        const auto source = source_of({unseen.instructions.front()});
        note("the program has atomic instructions in it that nobody announces (" + place(source.where) +
             and_more(unseen.instructions.size()) + "): inline assembler is not seen");
    }
}

// A function of this kind that is not ours would be called as if there were no model: silently wrong.
void refuse_what_is_not_understood(const Symbols& symbols) {
    if (!symbols.any_seen) {
        give_up(usage_error, "the program was not compiled with -fsanitize=thread: nothing of it is seen");
    }
    for (const auto& module : symbols.unseen) {
        note(module + " was not compiled with -fsanitize=thread: what it does to memory is not seen");
    }
    for (const auto& module : symbols.strings_unseen) {
        if (program_framework() != Framework::none) break;  // it may be the framework's own that does so
        note(
            module +
            " takes std::string's functions from libstdc++'s library, where they are not seen: build it with "
            "-D_GLIBCXX_ASSERTIONS, or as C++20");
    }
    note_unseen_code();
    if (const char* const taken = symbol_taken()) {
        const auto line = std::string("another ") + taken +
                          " is found before ours: leave the program's own out, or link librevenant_native "
                          "before the library that has it";
        give_up(usage_error, line.c_str());
    }
    if (symbols.refused.empty()) return;
    std::string line = "the program uses what is not understood:";
    for (const auto& [symbol, module] : symbols.refused) {
        line += "\n  " + symbol + ": " + why_refused(symbol);
        if (!module.empty()) line += " (used by " + module + ")";
    }
    give_up(usage_error, line.c_str());
}

// An exception that nobody catches is a finding, and no text on stderr. The program's own library is asked:
// this one has another. Nothing has been unwound, so that the calls are those of who has thrown it.
void on_terminate() {
    auto& all = machine();
    if (!all.is_running()) next_function<void()>("abort")();
    Failure failure{FindingKind::assertion, uncaught + exception_in_words(), 0, 0, -1};
    failure.calls = calls_of_the_program();
    all.fail(std::move(failure));
}
void catch_terminate() {
    using Handler = void (*)();
    auto* const set =
        reinterpret_cast<Handler (*)(Handler)>(::dlsym(RTLD_DEFAULT, "_ZSt13set_terminatePFvvE"));
    if (set != nullptr) set(on_terminate);
}

// What libc++ makes when a thread asks for it first: what it keeps of each thread, of its exceptions and of
// what it does at its end. That whoever was first comes before the others is nothing to build on.
void get_ready_once() {
    for (const char* const name : {"__cxa_get_globals", "_ZNSt3__119__thread_local_dataEv"}) {
        if (auto* const ready = reinterpret_cast<void* (*)()>(::dlsym(RTLD_DEFAULT, name))) ready();
    }
}

int main_instead(int argc, char** argv, char** environment) {
    the_argc = argc;
    the_argv = argv;
    get_ready_once();
    current_phase = Phase::command;
    const auto symbols = program_symbols();
    refuse_what_is_not_understood(symbols);
    if (is_own_code(reinterpret_cast<std::uintptr_t>(the_main)) && program_framework() != Framework::none) {
        give_up(
            usage_error,
            "the program has a test framework, and the linker has taken the main of this library, which is "
            "for programs without, in place of the framework's: link the framework's main before this "
            "library, or write one");
    }
    if (runs_own_main(symbols.explores_here)) {
        current_phase = Phase::own_main;
        return the_main(argc, argv, environment);
    }
    get_ready_to_walk();
    const auto lenders = borrow_threads();
    auto& all = machine();
    all.prepare(lenders);
    catch_terminate();
    sync().keep_keys();
    auto& segments = program_segments();
    segments.remember(lenders);
    for (const auto& range : segments.variables()) {
        if (!in_arena(range.begin)) all.shadow.track(range.begin, range.end);
        add_root(range.begin, range.end);
    }
    for (const auto& range : segments.thread_variables()) add_root(range.begin, range.end);
    // Not by exit: the destructors of the program's variables expect a main that has run.
    const int status = run_command(argc, argv);
    ::fflush(nullptr);
    next_function<void(int)>("_exit")(status);
    return status;
}

}  // namespace

Phase phase() { return current_phase; }
Main program_main() { return the_main; }
int program_argc() { return the_argc; }
char** program_argv() { return the_argv; }

REVENANT_EXPORT int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                                      void (*loader_fini)(), void* stack_end) {
    the_main = main;
    using Start = int(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
    return next_function<Start>("__libc_start_main")(main_instead, argc, argv, init, fini, loader_fini,
                                                     stack_end);
}

}  // namespace revenant::model::native

// The main of a program that has none, but tests, which have been found by the time that it would run.
REVENANT_EXPORT int revenant_main_of_tests() asm("main");
int revenant_main_of_tests() { return 0; }
