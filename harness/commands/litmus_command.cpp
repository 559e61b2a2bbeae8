#include "harness/commands/litmus_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "harness/commands/complain.hpp"
#include "model/litmus/run.hpp"

namespace revenant::harness {
namespace {

const char* remark(const model::litmus::Test& test) {
    if (test.allowed == test.reached) return "";
    return test.allowed ? "missed by the model" : "a false alarm of the model";
}

}  // namespace

ExitStatus run_litmus() {
    std::string text = fmt::format("{:<22} {:<10} {:<12} {:<12} {:>10}  {}\n", "test", "C++", "model",
                                   "this build", "executions", "remark");
    unsigned agree = 0;
    unsigned differ = 0;
    for (const auto& test : model::litmus::table()) {
        const auto answer = model::litmus::run(test);
        if (!answer) return complain(exit_internal, answer.error());
        const auto reached = [](bool yes) { return yes ? "reached" : "not reached"; };
        const bool as_known = answer->reached == test.reached;
        differ += as_known ? 0 : 1;
        agree += answer->reached == test.allowed ? 1 : 0;
        text += fmt::format("{:<22} {:<10} {:<12} {:<12} {:>10}  {}{}\n", test.name,
                            test.allowed ? "allowed" : "forbidden", reached(test.reached),
                            reached(answer->reached), answer->executions, remark(test),
                            as_known ? "" : "  NOT AS KNOWN");
    }
    const auto count = model::litmus::table().size();
    text += fmt::format("\n{} tests: {} agree with C++, {} do not; {} differ from the table\n", count, agree,
                        count - agree, differ);
    print(text);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return differ == 0 ? exit_as_expected : exit_not_as_expected;
}

}  // namespace revenant::harness
