// The catalogue's programs on std_platform, the very instantiation that ships: a test for each entry and
// number of threads, `registry/two_keys weak_registry 3`. Left out are the mutants that weaken a memory order
// by its name, which std_platform does not look at.
#include <cstddef>
#include <revenant/explore.hpp>
#include <revenant/std_platform.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "scenarios/worlds/all_entries.hpp"

namespace revenant::scenarios {
namespace {

struct Row {
    Entry entry;
    unsigned threads = 0;
};

const std::vector<Row>& rows() {
    static const auto all = [] {
        std::vector<Row> made;
        const auto all_of_them = written<std_platform>([](auto& to) { write_all(to); });
        for (const auto& entry : all_of_them.entries) {
            if (!entry.overrides.empty()) continue;
            for (const auto threads : {2u, 3u}) made.push_back({entry, threads});
        }
        return made;
    }();
    return all;
}

template <std::size_t index>
void run() {
    const auto& [entry, threads] = rows()[index];
    const auto program = entry.make(threads);
    program->setup();
    std::vector<std::thread> started;
    for (unsigned i = 0; i < threads; ++i) started.emplace_back([&program, i] { program->thread(i); });
    for (auto& thread : started) thread.join();
    program->teardown();
}

constexpr std::size_t rows_max = 400;

template <std::size_t... indices>
bool register_all(std::index_sequence<indices...>) {
    using Run = void (*)();
    constexpr Run runs[] = {run<indices>...};
    for (std::size_t i = 0; i < rows().size(); ++i) {
        const auto& [entry, threads] = rows()[i];
        const auto name = std::string(entry.scenario) + " " + std::string(entry.implementation) + " " +
                          std::to_string(threads);
        revenant_register_test(name.c_str(), runs[i]);
    }
    return true;
}

const bool is_registered = register_all(std::make_index_sequence<rows_max>());

}  // namespace
}  // namespace revenant::scenarios
