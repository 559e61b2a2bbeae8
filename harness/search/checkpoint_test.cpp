// Checkpoints of a search that needs no model. That a search of the catalogue goes on from one:
// dpor_search_test.cpp.
#include "harness/search/checkpoint.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness/process/test_folder.hpp"
#include "model/search/test_writers.hpp"

namespace revenant::harness {
namespace {

using model::search::executions_of_writers;
using model::search::explore_writers;
using model::search::FewParts;
using model::search::WorkList;
using Names = std::vector<std::string>;

const SearchKey key{"registry/intern_vs_last_release", "weak_registry", 3, true, "2/3"};

// A name that no string holds within itself.
std::string path_in(const ScratchFolder& folder) {
    return folder.file("a-search-that-takes-long.checkpoint");
}

WorkList half_explored() {
    WorkList list;
    FewParts some(list, 5);
    explore_writers(some);
    REQUIRE_FALSE(list.finished());
    REQUIRE(list.totals().complete > 0);
    return list;
}

std::string saved_text(const ScratchFolder& folder) {
    REQUIRE(Checkpoint(path_in(folder), key).save(half_explored()) == std::nullopt);
    return folder.text("a-search-that-takes-long.checkpoint");
}

std::string refusal(const ScratchFolder& folder, const std::string& text, const SearchKey& wanted = key) {
    folder.write("a-search-that-takes-long.checkpoint", text);
    const auto loaded = Checkpoint(path_in(folder), wanted).load();
    if (loaded) return "was not refused";
    CHECK(loaded.error().find('\n') == std::string::npos);
    CHECK(loaded.error().starts_with(path_in(folder) + " is "));
    return loaded.error().substr(path_in(folder).size() + 1);
}

TEST_CASE("a search that is saved and loaded comes to the totals of one that was not") {
    const ScratchFolder folder;
    const Checkpoint checkpoint(path_in(folder), key);
    const auto list = half_explored();
    REQUIRE(checkpoint.save(list) == std::nullopt);
    CHECK(folder.names() == Names{"a-search-that-takes-long.checkpoint"});
    auto loaded = checkpoint.load();
    REQUIRE_MESSAGE(loaded, loaded.error());
    REQUIRE(*loaded);
    auto& again = **loaded;
    CHECK(again.totals().complete == list.totals().complete);
    CHECK(again.to_text() == list.to_text());
    model::search::OwnWork work(again);
    explore_writers(work);
    CHECK(again.finished());
    CHECK(again.totals().complete == executions_of_writers);
}

TEST_CASE("where there is no file yet there is nothing to go on with, and no error") {
    const ScratchFolder folder;
    const auto loaded = Checkpoint(path_in(folder), key).load();
    REQUIRE(loaded);
    CHECK_FALSE(*loaded);
}

TEST_CASE("a checkpoint that is cut short anywhere is refused") {
    const ScratchFolder folder;
    const auto whole = saved_text(folder);
    for (std::size_t size = 0; size + 3 < whole.size(); size += 1 + whole.size() / 50) {
        CAPTURE(size);
        CHECK(refusal(folder, whole.substr(0, size)) == "is not a checkpoint, or is cut short");
    }
}

TEST_CASE("a checkpoint with one character changed in its search or its work is refused") {
    const ScratchFolder folder;
    const auto whole = saved_text(folder);
    const auto from = whole.find("\"work\"") + 9;
    for (auto at = from; at + 4 < whole.size(); at += 1 + (whole.size() - from) / 50) {
        auto text = whole;
        text[at] = text[at] == '1' ? '2' : '1';
        if (text == whole) continue;
        CHECK(refusal(folder, text) == "is damaged: its checksum is not that of its content");
    }
    auto other = whole;
    other.replace(other.find("weak_registry"), 4, "hard");
    CHECK(refusal(folder, other) == "is damaged: its checksum is not that of its content");
}

TEST_CASE("what is no checkpoint is refused by what it is") {
    const ScratchFolder folder;
    const auto not_one = "is not a checkpoint, or is cut short";
    for (const auto* const text :
         {"", "no JSON", "[]", "3", "null", "{}", "{\"work\":\"\"}", "\xff\xfe", "{\"schema\""}) {
        CHECK(refusal(folder, text) == not_one);
    }
    const std::string schema = R"({"schema":"revenant.checkpoint/1")";
    CHECK(refusal(folder, R"({"schema":"revenant.checkpoint/2"})") ==
          "is of version \"revenant.checkpoint/2\"; this build reads revenant.checkpoint/1");
    CHECK(refusal(folder, R"({"schema":7})") == "is of version 7; this build reads revenant.checkpoint/1");
    for (const auto* const rest : {"}", R"(,"search":3,"work":"","checksum":""})", R"(,"search":{}})",
                                   R"(,"search":{},"work":3,"checksum":4})"}) {
        CAPTURE(std::string(rest));
        CHECK(refusal(folder, schema + rest) == "is damaged: its checksum is not that of its content");
    }
}

TEST_CASE("a checkpoint of another search is refused with what differs") {
    const ScratchFolder folder;
    const auto whole = saved_text(folder);
    const auto with = [](auto change) {
        auto other = key;
        change(other);
        return other;
    };
    const auto of = "is of another search: registry/intern_vs_last_release weak_registry, ";
    CHECK(refusal(folder, whole, with([](auto& k) { k.threads = 4; })) == of + std::string("threads 3"));
    CHECK(refusal(folder, whole, with([](auto& k) { k.symmetry = false; })) ==
          of + std::string("symmetry true"));
    CHECK(refusal(folder, whole, with([](auto& k) { k.shard = ""; })) == of + std::string("shard \"2/3\""));
    CHECK(refusal(folder, whole, with([](auto& k) { k.implementation = "legacy_registry"; })) ==
          of + std::string("implementation \"weak_registry\""));
    CHECK(refusal(folder, whole) == "was not refused");
}

TEST_CASE("a folder or a device is no file that a search can be saved to") {
    const ScratchFolder folder;
    for (const auto& path : {folder.path(), std::string("/dev/null")}) {
        CHECK(Checkpoint(path, key).claim() == path + " is not a file that a search can be saved to");
    }
    CHECK(Checkpoint(path_in(folder), key).claim() == std::nullopt);
    static_cast<void>(saved_text(folder));
    CHECK(Checkpoint(path_in(folder), key).claim() == std::nullopt);
}

TEST_CASE("a checkpoint that one search has claimed is no other's until that is over") {
    const ScratchFolder folder;
    {
        Checkpoint first(path_in(folder), key);
        REQUIRE(first.claim() == std::nullopt);
        CHECK(Checkpoint(path_in(folder), key).claim() ==
              path_in(folder) + " is in use: another search is saved to it");
    }
    CHECK(Checkpoint(path_in(folder), key).claim() == std::nullopt);
    CHECK(folder.names().empty());
}

TEST_CASE("JSON that is nested without end is refused before values are made of it") {
    const ScratchFolder folder;
    std::string deep = R"({"schema":"revenant.checkpoint/1","search":)";
    for (int i = 0; i < 300'000; ++i) deep += R"({"a":)";
    CHECK(refusal(folder, deep + "1" + std::string(300'001, '}')) ==
          "is not a checkpoint: it is nested too deep");
}

TEST_CASE("a checkpoint that cannot be written is told in one line") {
    const ScratchFolder folder;
    const auto path = folder.file("a-folder-that-is-not-there/search.checkpoint");
    CHECK(Checkpoint(path, key).claim() == "cannot write " + path + ": No such file or directory");
    CHECK(Checkpoint(path, key).save(half_explored()) ==
          "cannot write " + path + ": No such file or directory");
}

TEST_CASE("a search that is over has no checkpoint to go on from") {
    const ScratchFolder folder;
    const Checkpoint checkpoint(path_in(folder), key);
    WorkList list;
    model::search::OwnWork work(list);
    explore_writers(work);
    REQUIRE(checkpoint.save(list) == std::nullopt);
    const auto loaded = checkpoint.load();
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error() == path_in(folder) + " is damaged: it has nothing left to explore");
    checkpoint.remove();
    CHECK(folder.names().empty());
}

}  // namespace
}  // namespace revenant::harness
