// The program that has real threads, built once for each sanitizer and run by `revenant`: it follows a
// script, makes noise, or sings as a canary. Its command line is no interface for people.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "harness/threads/program/canary.hpp"
#include "harness/threads/program/executions.hpp"
#include "harness/threads/program/status.hpp"
#include "harness/threads/stress_page.hpp"
#include "model/order_override.hpp"
#include "model/threads/script.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness::threads {
namespace {

namespace gate = model::threads::gate;

constexpr const char* usage =
    "this program is run by `revenant replay --on threads` and `revenant stress`:\n"
    "    replay SCRIPT TIMEOUT_MS UNTIL stop|trap\n"
    "    stress PAGE SCENARIO IMPLEMENTATION THREADS NOISE DEPTH SEED FIRST END SECONDS TIMEOUT_MS\n"
    "    canary read-then-free|free-then-read|free-then-lock\n";

int complain(const std::string& line) {
    std::fprintf(stderr, "revenant-threads: %s\n", line.c_str());
    return exit_usage;
}

template <class Number>
Number number(const char* text) {
    Number value{};
    std::from_chars(text, text + std::strlen(text), value);
    return value;
}

int replay(char** words) {
    std::ifstream file(words[0], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto script = model::threads::parse_script(text);
    if (!script) return complain(script.error());
    const auto* const entry = scenarios::find_entry(script->scenario, script->implementation);
    if (entry == nullptr)
        return complain("the catalogue has no such entry: this program is of another build");
    model::set_overrides(entry->overrides);
    model::threads::GatePlan plan;
    plan.threads = script->threads;
    plan.script = script->steps.data();
    plan.script_size = script->steps.size();
    plan.until = number<unsigned>(words[2]);
    plan.trap = std::string_view(words[3]) == "trap";
    plan.report_to = plan.trap ? -1 : STDOUT_FILENO;
    gate::prepare(plan);
    const auto program = entry->make(script->threads);
    Executions(*program, script->threads).run(1, number<unsigned>(words[1]));
    return exit_well;
}

int stress(char** words) {
    const int descriptor = ::open(words[0], O_RDWR | O_CLOEXEC);
    void* const mapped =
        ::mmap(nullptr, sizeof(StressPage), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (descriptor < 0 || mapped == MAP_FAILED) return complain("no page to count on");
    auto& page = *static_cast<StressPage*>(mapped);
    const auto* const entry = scenarios::find_entry(words[1], words[2]);
    if (entry == nullptr)
        return complain("the catalogue has no such entry: this program is of another build");
    model::set_overrides(entry->overrides);
    model::threads::GatePlan plan;
    plan.threads = number<unsigned>(words[3]);
    plan.noise = static_cast<model::threads::Noise>(number<unsigned>(words[4]));
    plan.depth = number<unsigned>(words[5]);
    gate::prepare(plan);
    const auto seed = number<std::uint64_t>(words[6]);
    const auto end = number<std::uint64_t>(words[8]);
    const auto seconds = std::chrono::duration<double>(number<double>(words[9]));
    const auto timeout_ms = number<unsigned>(words[10]);
    const auto program = entry->make(plan.threads);
    Executions executions(*program, plan.threads);
    const auto begin = std::chrono::steady_clock::now();
    for (auto i = number<std::uint64_t>(words[7]); i < end; ++i) {
        page.begun = i + 1;
        executions.run(seed + i, timeout_ms);
        page.ended = i + 1;
        if (std::chrono::steady_clock::now() - begin >= seconds) break;
    }
    return exit_well;
}

int run(int count, char** words) {
    const std::string_view verb = count > 1 ? words[1] : "";
    if (verb == "replay" && count == 6) return replay(words + 2);
    if (verb == "stress" && count == 13) return stress(words + 2);
    if (verb == "canary" && count == 3) {
        if (!run_canary(words[2])) return complain("no such canary");
        std::puts("nothing reported");
        return exit_well;
    }
    std::fputs(usage, stderr);
    return exit_usage;
}

}  // namespace
}  // namespace revenant::harness::threads

int main(int count, char** words) { return revenant::harness::threads::run(count, words); }
