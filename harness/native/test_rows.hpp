// What a program that explores itself has come to, for tests: run as a child, its rows read.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/process/child_process.hpp"

namespace revenant::harness {

using Words = std::vector<std::string>;

/// The programs are, as the tests are. Its code has other steps in places, and other executions then.
#ifdef __clang__
constexpr bool built_by_clang = true;
#else
constexpr bool built_by_clang = false;
#endif
/// Clang's code takes a weak CAS for a strong one (README.md): what comes of a failure for no reason passes.
constexpr bool weak_cas_may_fail = !built_by_clang;

/// Runs a program of the build's folder of native programs; `observations`: a file that it writes them to.
[[nodiscard]] Finished run_native(const std::string& program, const Words& words, const std::string& folder,
                                  const std::string& observations = {});

/// Its rows, by the name of the test. Fails the test if it has none.
[[nodiscard]] std::map<std::string, nlohmann::json> native_rows(const std::string& program,
                                                                const Words& more = {});

/// The programs of its time find this in their environment.
class InEnvironment {
public:
    InEnvironment(const char* name, const char* value);
    ~InEnvironment();
    InEnvironment(const InEnvironment&) = delete;
    InEnvironment& operator=(const InEnvironment&) = delete;

private:
    const char* name_;
};

/// `correct`, `undecided`, or the kind of the finding.
[[nodiscard]] std::string verdict_of(const nlohmann::json& row);

/// What is expected of a test.
struct Expected {
    const char* test;
    const char* verdict;  ///< as `verdict_of` has it
    int executions;  ///< of an exhaustive search; 0: of a finding, whose number depends on the search's order
    int by_clang = 0;  ///< of the program that Clang has built, where that is another number
};

/// Checks that the program has these tests, no others, and that they come to this.
void check_rows(const std::string& program, const std::vector<Expected>& expected, const Words& more = {});

}  // namespace revenant::harness
