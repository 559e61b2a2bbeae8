// The answers to bug reports as people send them: what must be said of each, and all that is said of it.
#include "harness/search/import_answer.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "harness/search/answer_in_full.hpp"

namespace revenant::harness {
namespace {

using Kind = reports::AnswerKind;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE_MESSAGE(in, "no file " << path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}
std::string sample(const std::string& name) {
    return text_of(std::string(REVENANT_SAMPLES) + "/" + name + ".txt");
}
std::set<std::string> names_in(const char* folder) {
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        names.insert(file.path().stem().string());
    }
    return names;
}

// The answers to all samples, by name. Made once: a search abandons executions, and keeps their memory.
const std::map<std::string, FullAnswer>& answers() {
    static const auto all = [] {
        std::map<std::string, FullAnswer> made;
        for (const auto& name : names_in(REVENANT_SAMPLES)) made.emplace(name, answer_in_full(sample(name)));
        return made;
    }();
    return all;
}

TEST_CASE("every sample has an answer that is written down, and is answered so") {
    CHECK(names_in(REVENANT_SAMPLES) == names_in(REVENANT_ANSWERS));
    REQUIRE(answers().size() > 28);
    for (const auto& [name, answered] : answers()) {
        CAPTURE(name);
        CHECK(answered.text == text_of(std::string(REVENANT_ANSWERS) + "/" + name + ".txt"));
    }
}

/// What the answer to a sample has to be, whatever words it takes.
struct Expected {
    const char* number;  ///< of the kind of fault: all samples whose names begin with it
    Kind kind;
    const char* scenario;  ///< of the interleaving; empty: there is none
    const char* says;      ///< somewhere in the answer
};

constexpr auto borrower = "refcount/borrower_vs_last_release";
const Expected expectations[] = {
    {"01-l", Kind::same_class, "registry/intern_vs_last_release", "intern against release"},
    {"01-m", Kind::same_class, "registry/intern_vs_last_release", "intern against release"},
    {"01-outermost", Kind::same_class, borrower, "read against release"},
    {"01-t", Kind::same_class, "registry/intern_vs_last_release", "intern against release"},
    {"01-w", Kind::same_class, "registry/intern_vs_last_release", "intern against release"},
    {"02-", Kind::same_class, borrower, "read against release"},
    {"03-", Kind::same_class, borrower, "read against release"},
    {"04-", Kind::same_class, borrower, "read against release"},
    {"05-", Kind::same_class, borrower, "read against release"},
    {"06-", Kind::same_class, borrower, "read against release"},
    {"07-", Kind::kind_only, "", "missing: "},
    {"08-", Kind::kind_only, "", "missing: "},
    {"09-", Kind::kind_only, "", "refcount/borrower_vs_last_release"},
    {"10-weak", Kind::same_class, "refcount/weak_release_vs_last_release",
     "libraries that were built without it"},
    {"10-d", Kind::same_class, "refcount/release_vs_release", "explores all of its"},
    {"10-i", Kind::same_class, "refcount/release_vs_release", "libraries that were built without it"},
    {"11-", Kind::same_class, "refcount/release_vs_release", "count_read_again"},
    {"12-d", Kind::no_interleaving_needed, "", "did both: no interleaving is needed"},
    {"12-m", Kind::no_interleaving_needed, "", "did both: no interleaving is needed"},
    {"12-o", Kind::no_interleaving_needed, "", "did both: no interleaving is needed"},
    {"12-t", Kind::no_interleaving_needed, "", "did both: no interleaving is needed"},
    {"12-unknown", Kind::same_class, borrower, "read against release"},
    {"13-", Kind::same_class, borrower, "resurrection"},
    {"13-module", Kind::same_class, borrower, "A: deref 1 - 0"},
    {"13-thread", Kind::same_class, borrower, "T1: unref 1 - 0"},
    {"14-", Kind::same_class, borrower, "resurrection"},
    {"15-", Kind::same_class, borrower, "no thread is named in the log"},
    {"16-", Kind::same_class, borrower, "read against release"},
    {"17-", Kind::kind_only, "", "no operation on a count is known"},
    {"18-", Kind::same_class, borrower, "clone against release"},
    {"19-", Kind::same_class, "refcount/one_handle_two_threads", "std::atomic<std::shared_ptr>"},
    {"20-", Kind::same_class, borrower, "use-after-free"},
    {"21-l", Kind::kind_only, "", "leak"},
    {"21-n", Kind::kind_only, "", "leak"},
    {"21-u", Kind::same_class, borrower, "read against release"},
    {"22-realloc", Kind::kind_only, "", "a block that was moved"},
    {"22-slice", Kind::kind_only, "", "no operation on a count is known"},
    {"22-vector", Kind::kind_only, "", "a block that was moved"},
    {"22-unmapped", Kind::kind_only, "", "no operation on a count is known"},
    {"23-", Kind::same_class, borrower, "read against release"},
    {"24-log", Kind::same_class, borrower, "the log tells more"},
    {"24-report", Kind::same_class, borrower, "the log tells more"},
    {"24-healthy", Kind::same_class, borrower, "nothing in it looks broken"},
    {"26-kasan-with", Kind::same_class, borrower, "in release"},
    {"26-kasan-of", Kind::kind_only, "", "a later tenant"},
    {"26-kfence", Kind::same_class, borrower, "task 66: free, in release"},
    {"26-kernel", Kind::kind_only, "", "resurrection"},
    {"26-underflow", Kind::kind_only, "", "refcount/release_too_many"},
    {"26-two", Kind::same_class, borrower, "resurrection"},
    {"26-numbered", Kind::same_class, borrower, "resurrection"},
    {"27-", Kind::same_class, "refcount/release_too_many", "0 - -1"},
    {"27-threads", Kind::same_class, "refcount/release_too_many", "A: Release 1 - 0"},
    {"28-swift", Kind::kind_only, "", "Swift access race"},
    {"28-operator", Kind::same_class, borrower, "Ref::operator->"},
    {"28-path", Kind::same_class, borrower, "/data/A B/my app/ref.h:9"},
    {"28-selector", Kind::same_class, borrower, "-[Panel title]"},
    {"29-helgrind-of-atomics", Kind::kind_only, "", "two atomic operations, which do not race"},
    {"29-helgrind-of-a-d", Kind::same_class, borrower, "they show this of a correct count as well"},
    {"29-helgrind-of-plain", Kind::same_class, "refcount/clone_vs_release", "plain_count"},
    {"29-memcheck", Kind::same_class, borrower, "does not say which thread freed it"},
    {"29-hwasan", Kind::same_class, borrower, "in release"},
    {"29-go", Kind::same_class, "refcount/clone_vs_release", "plain_count"},
    {"30-mixed", Kind::same_class, "refcount/clone_vs_release", "thread_safe_ref_count+mixed_count"},
    {"30-new", Kind::kind_only, "", "memory that one thread is given"},
    {"30-plain", Kind::kind_only, "", "another touches as plain data"},
    {"30-set", Kind::kind_only, "", "published too early"},
};

TEST_CASE("of every kind of fault that reports have, each sample is answered rightly") {
    for (const auto& expected : expectations) {
        std::size_t found = 0;
        for (const auto& [name, answered] : answers()) {
            if (!name.starts_with(expected.number)) continue;
            CAPTURE(name);
            ++found;
            const auto& answer = answered.answer;
            REQUIRE(answer);
            CHECK(std::string(to_text(answer->kind)) == to_text(expected.kind));
            CHECK((answer->row ? answer->row->scenario : "") == expected.scenario);
            CHECK(answered.text.find(expected.says) != std::string::npos);
        }
        CHECK_MESSAGE(found > 0, std::string(expected.number));
    }
}

TEST_CASE("what is known and not read is named, with what would help") {
    const std::pair<const char*, const char*> named[] = {{"25-known-tool-other-error", "heap-use-after-free"},
                                                         {"25-glibc-double-free", "-fsanitize=address"},
                                                         {"25-lock-order", "about mutexes"},
                                                         {"25-kmsan", "KMSAN: uninit-value"},
                                                         {"29-gdb", "-fsanitize=address"},
                                                         {"29-apple-crash", "Address Sanitizer"}};
    for (const auto& [name, helps] : named) {
        const auto& answered = answers().at(name);
        CHECK_FALSE(answered.report);
        CHECK_MESSAGE(answered.text.find(helps) != std::string::npos, answered.text);
    }
}

TEST_CASE("no answer has a 0→1 that the report does not show") {
    for (const auto& [name, answered] : answers()) {
        CAPTURE(name);
        const auto& answer = answered.answer;
        if (!answer || !answer->row || is_ours(*answered.report)) continue;
        const bool shown = answered.report->kinds.front() == model::FindingKind::resurrection;
        CHECK((answer->row->outcome.finding->kind == model::FindingKind::resurrection) == shown);
    }
}

TEST_CASE("the two steps of a critical pair work on one thing, and do not both read it") {
    std::size_t pairs = 0;
    for (const auto& [name, answered] : answers()) {
        CAPTURE(name);
        const auto& answer = answered.answer;
        if (!answer || !answer->row || !answer->row->outcome.critical_pair) continue;
        const auto& trace = answer->row->outcome.trace;
        const auto pair = *answer->row->outcome.critical_pair;
        const auto operation = [&](int step) -> const model::Operation& {
            return trace.steps[static_cast<std::size_t>(step)].operation;
        };
        const auto reads = [&](int step) {
            const auto kind = operation(step).kind;
            return kind == model::OperationKind::read || kind == model::OperationKind::load;
        };
        CHECK(trace.block_of(operation(pair.first)) == trace.block_of(operation(pair.second)));
        CHECK_FALSE((reads(pair.first) && reads(pair.second)));
        ++pairs;
    }
    CHECK(pairs > 20);
}

}  // namespace
}  // namespace revenant::harness
