// Rank 0 among ranks that do not do as they should. That they explore what one process does is a test of
// the command under mpirun: mpirun_test.cpp.
#include "harness/search/rank_search.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <vector>

namespace revenant::harness {
namespace {

using model::search::WorkList;

/// Ranks of which each answers whatever it is sent with the same words, or with nothing.
class Parrots final : public Ranks {
public:
    Parrots(int count, std::string words) : count_(count), words_(std::move(words)) {}
    [[nodiscard]] int rank() const override { return 0; }
    [[nodiscard]] int count() const override { return count_; }
    void send(int rank, const std::string& text) override {
        sent.push_back({rank, text});
        if (!words_.empty()) answers_.push_back({rank, words_});
    }
    [[nodiscard]] std::optional<Message> receive_within(std::chrono::milliseconds) override {
        if (answers_.empty()) return std::nullopt;
        auto answer = answers_.front();
        answers_.pop_front();
        return answer;
    }
    std::vector<Message> sent;

private:
    int count_;
    std::string words_;
    std::deque<Message> answers_;
};

const RankSearch search{"registry/two_keys", "weak_registry", 2, true, true};

void nothing(model::search::WorkSource&) {}

TEST_CASE("what the other ranks leave, the first one explores") {
    for (const int count : {1, 2}) {
        Parrots ranks(count, "");
        WorkList list;
        unsigned parts = 0;
        const auto explore = [&](model::search::WorkSource& source) {
            while (auto part = source.take()) {
                model::search::PartReport report;
                report.id = part->id;
                report.complete = 1;
                report.finished = ++parts == 3;
                if (!report.finished) report.left = std::move(part->subtree);
                source.report(std::move(report));
            }
        };
        volatile std::sig_atomic_t stop = 0;
        const auto enough = [&](const WorkList& whole) {
            stop = whole.finished() || count == 2 ? 1 : 0;
            return whole.finished();
        };
        const auto error = run_ranks(list, search, ranks,
                                     {.enough = enough, .explore = explore, .stop = model::StopToken(stop)});
        CHECK(!error);
        CHECK(parts == (count == 1 ? 3 : 0));  // the one part at the start is the other rank's
        CHECK(list.totals().complete == parts);
    }
}

TEST_CASE("a rank that does not answer after a signal costs its part's work, not the part") {
    volatile std::sig_atomic_t stop = 0;
    Parrots ranks(3, "");
    WorkList list;
    const auto error = run_ranks(list, search, ranks,
                                 {.enough =
                                      [&](const WorkList&) {
                                          const bool handed_out = ranks.sent.size() > 2;
                                          stop = handed_out ? 1 : 0;
                                          return handed_out;
                                      },
                                  .explore = nothing,
                                  .stop = model::StopToken(stop)});
    CHECK(!error);
    CHECK(ranks.sent.size() == 3);  // the search to two ranks, the one part to one of them
    CHECK(!list.finished());
    CHECK(list.waiting() >= 1);
    CHECK(list.totals().complete == 0);
}

TEST_CASE("a rank with another catalogue, or that talks nonsense, ends the search with one line") {
    struct Row {
        const char* words;
        const char* line;
    };
    const Row rows[] = {{"unknown", "rank 1 has another catalogue"},
                        {"report", "rank 1 talks nonsense"},
                        {"rubbish 1 2 3", "rank 1 talks nonsense"},
                        {" ", "rank 1 talks nonsense"}};
    for (const auto& [words, line] : rows) {
        CAPTURE(words);
        Parrots ranks(2, words);
        WorkList list;
        const auto error =
            run_ranks(list, search, ranks, {[](const WorkList&) { return false; }, nothing, {}});
        REQUIRE(error);
        CHECK(*error == line);
    }
}

TEST_CASE("every rank but the first is let go") {
    Parrots ranks(4, "");
    dismiss(ranks);
    REQUIRE(ranks.sent.size() == 3);
    for (int rank = 1; rank < 4; ++rank) {
        const auto& message = ranks.sent[static_cast<std::size_t>(rank) - 1];
        CHECK(message.rank == rank);
        CHECK(message.text == "quit");
    }
}

}  // namespace
}  // namespace revenant::harness
