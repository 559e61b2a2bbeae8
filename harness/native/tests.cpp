#include "harness/native/tests.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/start.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

struct Test {
    std::string name;
    model::native::Body body;
    model::native::Threads threads = {};
};

std::vector<Test>& tests() {
    static auto& all = *new std::vector<Test>;
    return all;
}

const std::string& program_name() {
    static const std::string name = [] {
        std::string path = model::native::program_argv()[0];
        return path.substr(path.rfind('/') + 1);
    }();
    return name;
}

// A schedule is one word, and colons separate its parts.
std::string id_of(const std::string& name) {
    std::string id;
    for (const char c : name) {
        if (c == ':') continue;
        id += c > ' ' && c <= '~' ? c : '_';
    }
    return id;
}

int run_test(void* body) {
    reinterpret_cast<void (*)()>(body)();
    return 0;
}

int run_main(void*) {
    // A program may write into its arguments: the next execution gets them as they were.
    static const std::vector<std::string> words(
        model::native::program_argv(), model::native::program_argv() + model::native::program_argc());
    std::vector<char*> pointers;
    for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return model::native::program_main()(model::native::program_argc(), pointers.data(), environ);
}

/// Stands for the body in the places of the search that make a program of the catalogue.
class NoProgram final : public model::Program {
public:
    void setup() override {}
    void thread(unsigned) override {}
    void teardown() override {}
};

const Test* find(std::string_view scenario) {
    for (const auto& test : tests()) {
        if (test.name == scenario) return &test;
    }
    return nullptr;
}

}  // namespace

void find_tests() {
    if (tests().empty()) tests().push_back({id_of(program_name()), {run_main, nullptr}});
    for (auto& test : tests()) {
        constexpr unsigned fewest = 2;  // that a schedule can be of
        test.threads = model::native::look_at_threads(test.body);
        test.threads.count = std::max(fewest, test.threads.count);
    }
}

bool has_tests() { return !tests().empty(); }

model::native::Body body_of(std::string_view scenario) { return find(scenario)->body; }
const model::native::Threads& threads_of(std::string_view scenario) { return find(scenario)->threads; }

}  // namespace revenant::harness

namespace revenant::scenarios {

const std::vector<Entry>& entries() {
    static const auto all = [] {
        std::vector<Entry> made;
        for (const auto& test : harness::tests()) {
            Entry entry;
            entry.scenario = test.name;
            entry.implementation = harness::program_name();
            entry.make = [](unsigned) -> std::unique_ptr<model::Program> {
                return std::make_unique<harness::NoProgram>();
            };
            entry.exhaustive_threads_max = model::program_threads_max;
            made.push_back(std::move(entry));
        }
        return made;
    }();
    return all;
}

const Entry* find_entry(std::string_view scenario, std::string_view implementation) {
    for (const auto& entry : entries()) {
        if (entry.scenario == scenario && entry.implementation == implementation) return &entry;
    }
    return nullptr;
}

std::string_view summary_of(std::string_view) { return {}; }
const Entry* fix_of(const Entry&) { return nullptr; }

}  // namespace revenant::scenarios

REVENANT_EXPORT void revenant_register_test(const char* name, void (*body)()) {
    using namespace revenant::harness;
    auto id = id_of(name);
    for (unsigned twin = 2; find(id) != nullptr; ++twin) id = id_of(name) + " " + std::to_string(twin);
    tests().push_back({id, {run_test, reinterpret_cast<void*>(body)}});
}

REVENANT_EXPORT void revenant_violated(const char* rule) {
    auto& all = revenant::model::native::machine();
    if (!all.runs()) __builtin_trap();
    all.fail({revenant::model::FindingKind::invariant, rule, 0, 0, -1});
}
