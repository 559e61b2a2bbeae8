#include "harness/search/answer_in_full.hpp"

#include <utility>

#include "harness/search/import_answer.hpp"

namespace revenant::harness {

FullAnswer answer_in_full(std::string_view text) {
    auto report = reports::parse_bug_report(text);
    if (!report) return {{}, {}, "status 3\n" + report.error() + "\n"};
    auto answer = answer_to(*report, {}, [](std::size_t, std::size_t, const Candidate&) {});
    auto full = (answer->row ? "status 0\n" : "status 4\n") +
                reports::to_text(*report, reports::question_of(*report), *answer);
    return {std::move(*report), std::move(answer), std::move(full)};
}

}  // namespace revenant::harness
