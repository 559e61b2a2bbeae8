// A search in parts and its text, with a search that needs no memory model. That the parts of Relacy's
// searches add up: harness/search/dpor_search_test.cpp.
#include "model/search/work_list.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "model/search/test_writers.hpp"
#include "model/search/work_text.hpp"

namespace revenant::model::search {
namespace {

WorkList after_parts(unsigned parts) {
    WorkList list;
    FewParts some(list, parts);
    explore_writers(some);
    return list;
}

void finish(WorkList& list) {
    OwnWork work(list);
    explore_writers(work);
}

std::string text_of(const Part& part) {
    TextWriter writer;
    writer.put(part);
    return writer.text();
}

// Reports of three parts: the first with a part of the search left over.
std::vector<std::string> reports_as_text() {
    struct Kept final : WorkSource {
        WorkList list;
        std::vector<std::string> texts;
        [[nodiscard]] std::optional<Part> take() override {
            if (texts.size() == 3) return std::nullopt;
            return list.take();
        }
        void report(PartReport report) override {
            TextWriter writer;
            writer.put(report);
            texts.push_back(writer.text());
            list.report(std::move(report));
        }
    } kept;
    explore_writers(kept);
    return kept.texts;
}

TEST_CASE("a search in one part explores every interleaving") {
    WorkList list;
    OwnWork work(list);
    explore_writers(work, DporWorker::executions_max);
    CHECK(list.finished());
    CHECK(list.totals().complete == executions_of_writers);
    CHECK(list.share_explored() == doctest::Approx(1));
}

TEST_CASE("the totals do not depend on where the search is cut") {
    for (const auto executions : {1u, 2u, 3u, 7u, 50u}) {
        CAPTURE(executions);
        WorkList list;
        OwnWork work(list);
        explore_writers(work, executions);
        CHECK(list.finished());
        CHECK(list.totals().complete == executions_of_writers);
    }
}

TEST_CASE("a list that is written and read goes on to the same totals, wherever it is stopped") {
    for (unsigned parts = 0; parts < 12; ++parts) {
        CAPTURE(parts);
        const auto list = after_parts(parts);
        auto again = WorkList::parse(list.to_text());
        REQUIRE_MESSAGE(again, again.error());
        CHECK(again->to_text() == list.to_text());
        CHECK(again->totals().complete == list.totals().complete);
        CHECK(again->waiting() == list.waiting());
        finish(*again);
        CHECK(again->totals().complete == executions_of_writers);
    }
}

TEST_CASE("a part that is taken and not reported is written as if nobody had it") {
    auto list = after_parts(3);
    const auto before = list.to_text();
    REQUIRE(list.take());
    CHECK(list.to_text() == before);
}

TEST_CASE("a list that is cut short anywhere is refused") {
    const auto whole = after_parts(5).to_text();
    // The last number itself may lose a digit, and nobody but a checksum can tell.
    const auto last_number = whole.find_last_of(' ', whole.find_last_not_of(' '));
    for (std::size_t size = 0; size <= last_number; ++size) {
        CAPTURE(size);
        CHECK_FALSE(WorkList::parse(whole.substr(0, size)));
    }
}

TEST_CASE("a list with a character changed is refused, or is a list") {
    const auto whole = after_parts(5).to_text();
    int refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char other : {'9', '-', ' ', 'x'}) {
            auto text = whole;
            text[at] = other;
            const auto parsed = WorkList::parse(text);
            if (!parsed) ++refused;
            if (parsed) CHECK_FALSE(parsed->to_text().empty());
        }
    }
    CHECK(refused > 100);
}

TEST_CASE("a part and a report are read as they were written") {
    auto list = after_parts(4);
    const auto part = list.take();
    REQUIRE(part);
    const auto text = text_of(*part);
    TextReader reader(text);
    Part again;
    reader.get(again);
    CHECK(reader.at_end());
    CHECK(text_of(again) == text);

    for (const auto& report : reports_as_text()) {
        TextReader from(report);
        PartReport read;
        from.get(read);
        CHECK(from.at_end());
        TextWriter writer;
        writer.put(read);
        CHECK(writer.text() == report);
    }
}

TEST_CASE("a report that is cut short, or has a character changed, is refused or is a report") {
    for (const auto& report : reports_as_text()) {
        for (std::size_t at = 0; at < report.size(); ++at) {
            PartReport read;
            TextReader cut(report.substr(0, at));
            cut.get(read);
            for (const char other : {'9', '-', ' '}) {
                auto text = report;
                text[at] = other;
                TextReader changed(text);
                changed.get(read);
                if (!changed.good()) continue;
                TextWriter writer;
                writer.put(read);
                CHECK_FALSE(writer.text().empty());
            }
        }
    }
}

TEST_CASE("the shares of a search add up to all of its complete executions") {
    constexpr unsigned shares = 3;
    std::uint64_t sum = 0;
    for (unsigned i = 0; i < shares; ++i) {
        auto list = after_parts(4);
        const Dpor dpor;
        list.close([&](ThreadSet stepped) { return dpor.held_back(stepped); });
        list.keep_share(i, shares);
        finish(list);
        CHECK(list.finished());
        sum += list.totals().complete;  // the first one's has what was explored before the cut
    }
    CHECK(sum == executions_of_writers);
}

TEST_CASE("a budget merges no more than it covers, in the order of the parts") {
    WorkList list;
    list.limit(20);
    FewParts some(list, 50);
    explore_writers(some);
    CHECK(list.limited());
    CHECK_FALSE(list.finished());
    CHECK(list.totals().complete < executions_of_writers);
}

// As by several processes, each of which has a part: the last one that was taken reports first.
class Several final : public WorkSource {
public:
    Several(WorkList& list, std::size_t processes) : list_(list), processes_(processes) {}
    [[nodiscard]] std::optional<Part> take() override {
        auto part = list_.take();
        if (part && reports_.size() < processes_) return part;
        hand_in();
        return part ? part : list_.take();
    }
    void report(PartReport report) override { reports_.push_back(std::move(report)); }
    [[nodiscard]] std::size_t parts_max() const { return parts_max_; }

private:
    void hand_in() {
        for (; !reports_.empty(); reports_.pop_back()) list_.report(std::move(reports_.back()));
        parts_max_ = std::max(parts_max_, list_.waiting());
    }

    WorkList& list_;
    std::size_t processes_;
    std::size_t parts_max_ = 0;
    std::vector<PartReport> reports_;
};

TEST_CASE("a list with a great many parts hardly grows, and is the same for several processes") {
    const auto explored = [](std::size_t processes) {
        std::vector<std::uint64_t> merged;  // executions after each part
        WorkList list;
        list.on_merged([&] { merged.push_back(list.totals().complete); });
        Several work(list, processes);
        explore_writers(work, 7, {.threads = 4, .writes = 3});
        CHECK(list.finished());
        CHECK(list.totals().complete == 369'600);  // 12! / (3! 3! 3! 3!)
        CHECK(work.parts_max() < WorkList::parts_enough * 3 / 2);
        return merged;
    };
    const auto alone = explored(1);
    CHECK(alone.size() > 20 * WorkList::parts_enough);
    CHECK(explored(3) == alone);
    CHECK(explored(40) == alone);
}

}  // namespace
}  // namespace revenant::model::search
