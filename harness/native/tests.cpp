#include "harness/native/tests.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/native/explore_here.hpp"
#include "harness/native/framework_cases.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/many_threads.hpp"
#include "model/native/start.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {

std::string id_of(const std::string& name) {
    std::string id;
    for (const char c : name) {
        if (c == ':') continue;
        id += c > ' ' && c <= '~' ? c : '_';
    }
    return id;
}

namespace {

struct Test {
    std::string name;
    model::native::Body body;
    std::optional<model::native::Threads> threads = {};  ///< once they have been looked at
};

std::deque<Test>& tests() {
    static auto& all = *new std::deque<Test>;
    return all;
}

const std::string& program_name() {
    static const std::string name = [] {
        std::string path = model::native::program_argv()[0];
        return path.substr(path.rfind('/') + 1);
    }();
    return name;
}

int run_test(void* body) {
    reinterpret_cast<void (*)()>(body)();
    return 0;
}

/// The arguments of the program's main, with more behind them.
class CommandLine {
public:
    explicit CommandLine(const std::vector<std::string>& more) {
        std::vector<std::string> words(model::native::program_argv(),
                                       model::native::program_argv() + model::native::program_argc());
        words.insert(words.end(), more.begin(), more.end());
        for (const auto& word : words) text_.append(word.c_str(), word.size() + 1);
        text_handed_out_ = text_;
        auto* at = text_handed_out_.data();
        for (const auto& word : words) {
            words_.push_back(at);
            at += word.size() + 1;
        }
        words_.push_back(nullptr);
        words_handed_out_ = words_;
    }
    // A program may write into its arguments: the next execution gets them as they were.
    char** begin_anew() {
        std::memcpy(text_handed_out_.data(), text_.data(), text_.size());
        std::memcpy(words_handed_out_.data(), words_.data(), words_.size() * sizeof(char*));
        return words_handed_out_.data();
    }
    [[nodiscard]] int count() const { return static_cast<int>(words_.size()) - 1; }

private:
    std::string text_;  // one word behind the other, each with a 0
    std::string text_handed_out_;
    std::vector<char*> words_;
    std::vector<char*> words_handed_out_;
};

int run_main(void* command_line) {
    auto& line = *static_cast<CommandLine*>(command_line);
    char** const words = line.begin_anew();
    return model::native::program_main()(line.count(), words, environ);
}

/// The program's main with these words behind its own. Lives as long as the process.
model::native::Body main_with(const std::vector<std::string>& words) {
    return {run_main, new CommandLine(words)};
}

/// Stands for the body in the places of the search that make a program of the catalogue.
class NoProgram final : public model::Program {
public:
    void setup() override {}
    void thread(unsigned) override {}
    void teardown() override {}
};

Test* find(std::string_view scenario) {
    for (auto& test : tests()) {
        if (test.name == scenario) return &test;
    }
    return nullptr;
}

std::string unused_id(const std::string& name) {
    auto id = id_of(name);
    for (unsigned twin = 2; find(id) != nullptr; ++twin) id = id_of(name) + "_" + std::to_string(twin);
    return id;
}

void find_framework_cases() {
    const auto framework = model::native::program_framework();
    if (framework == model::native::Framework::none) return;
    const auto listing = model::native::output_of(main_with(words_that_list(framework)));
    for (const auto& one : cases_in(framework, listing)) {
        auto body = main_with(one.words);
        body.said = failure_in;
        tests().push_back({unused_id(one.name), body});
    }
}

}  // namespace

void find_tests() {
    if (const auto body = body_to_explore()) {
        tests().push_back({id_of(body->name), {run_test, reinterpret_cast<void*>(body->call)}});
    }
    if (tests().empty()) find_framework_cases();
    if (tests().empty()) tests().push_back({id_of(program_name()), main_with({})});
}

bool has_tests() { return !tests().empty(); }

model::native::Body body_of(std::string_view scenario) { return find(scenario)->body; }
const model::native::Threads& threads_of(std::string_view scenario) {
    auto& test = *find(scenario);
    if (!test.threads) {
        constexpr unsigned fewest = 2;  // that a schedule can be of
        test.threads = model::native::look_at_threads(test.body);
        if (test.threads->is_too_many) model::native::begin_again_with_many_threads();
        test.threads->count = std::max(fewest, test.threads->count);
    }
    return *test.threads;
}

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
bool runs_with(const Entry&, unsigned) { return true; }
const Entry* fix_of(const Entry&) { return nullptr; }

}  // namespace revenant::scenarios

REVENANT_EXPORT void revenant_register_test(const char* name, void (*body)()) {
    using namespace revenant::harness;
    tests().push_back({unused_id(name), {run_test, reinterpret_cast<void*>(body)}});
}

REVENANT_EXPORT void revenant_violated(const char* rule) {
    auto& all = revenant::model::native::machine();
    if (!all.runs()) __builtin_trap();
    all.fail({revenant::model::FindingKind::invariant, rule, 0, 0, -1, revenant::model::native::nobody,
              REVENANT_PLACE});
}
