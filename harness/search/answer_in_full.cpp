#include "harness/search/answer_in_full.hpp"

#include "harness/search/import_answer.hpp"

namespace revenant::harness {

std::string answer_in_full(std::string_view text) {
    const auto report = reports::parse_bug_report(text);
    if (!report) return "status 3\n" + report.error() + "\n";
    const auto answer = answer_to(*report, {}, [](std::size_t, std::size_t, const Candidate&) {});
    return (answer->row ? "status 0\n" : "status 4\n") +
           reports::to_text(*report, reports::question_of(*report), *answer);
}

}  // namespace revenant::harness
