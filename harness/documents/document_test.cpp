#include "harness/documents/document.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

std::vector<std::string> targets(const std::vector<Reference>& references) {
    std::vector<std::string> all;
    for (const auto& reference : references)
        all.push_back(std::to_string(reference.line) + " " + reference.to);
    return all;
}

using Texts = std::vector<std::string>;

TEST_CASE("a console block is commands, each with what it prints") {
    const auto document = parse_document(
        "# Head\n"
        "\n"
        "```console\n"
        "$ one 'a b' \\\n"
        "    --two\n"
        "out 1\n"
        "\n"
        "  out 2\n"
        "$ three\n"
        "```\n"
        "Text.\n"
        "```console\n"
        "$ four\n"
        "…\n"
        "```\n");
    CHECK(document.faults.empty());
    REQUIRE(document.blocks.size() == 2);
    const auto& commands = document.blocks[0].commands;
    REQUIRE(commands.size() == 2);
    CHECK(commands[0].line == 4);
    CHECK(commands[0].words == "one 'a b' \\\n    --two");
    CHECK(commands[0].output == Texts{"out 1", "", "  out 2"});
    CHECK(commands[1].words == "three");
    CHECK(commands[1].output.empty());
    CHECK(document.blocks[1].commands.at(0).output == Texts{"…"});
    CHECK(document.blocks[1].line == 12);
}

TEST_CASE("a block that is not run says why on the line before its fence") {
    const auto document = parse_document("<!-- not run: it installs -->\n```console\n$ make\n```\n");
    CHECK(document.faults.empty());
    REQUIRE(document.blocks.size() == 1);
    CHECK(document.blocks[0].not_run == "it installs");
}

TEST_CASE("what could hide a command from the test is a fault, with its line") {
    struct Row {
        const char* text;
        const char* fault;
    };
    const Row rows[] = {
        {"x\n\n    $ make\n", "3: an indented code block"},
        {"```\n$ make\n```\n", "1: a fence with the word ''"},
        {"```sh\nmake\n```\n", "1: a fence with the word 'sh'"},
        {"```text\n$ make\n```\n", "2: a command in a fence that is not a console block"},
        {"```console\nmake\n```\n", "2: a console block begins with a command"},
        {"```console\n```\n", "2: a console block without a command"},
        {"```console\n$ make\n", "2: the last fence has no end"},
        {"<!-- not run: x -->\n\n```console\n$ make\n```\n", "1: 'not run' before no console block"},
        {"<!-- not run: x -->\n```text\n```\n", "1: 'not run' before no console block"},
        {"<!-- not run: x -->\n", "1: 'not run' before no console block"},
    };
    for (const auto& [text, fault] : rows) {
        CAPTURE(text);
        const auto document = parse_document(text);
        REQUIRE(!document.faults.empty());
        CHECK_MESSAGE(document.faults[0].starts_with(fault), document.faults[0]);
    }
    const auto reasonless = parse_document("<!-- not run: -->\n```console\n$ make\n```\n");
    REQUIRE(reasonless.blocks.size() == 1);
    CHECK(reasonless.blocks[0].not_run.empty());
}

TEST_CASE("lines further in that are no code block are no fault") {
    CHECK(parse_document("1. one\n   two\n\n   three\n    four\n").faults.empty());
    CHECK(parse_document("```text\n\n    deep\n```\n```cpp\n\n    x();\n```\n").faults.empty());
}

TEST_CASE("links and paths come with their line; what stands in a fence or in backticks is no link") {
    const auto document = parse_document(
        "See [one](a/README.md#two-words) and ![pic](b.png), [net](https://x.org/y.md).\n"
        "`c/d.hpp` and `e*.{hpp,cpp}` and `x.y z` and `f(x)` and `[z](w.md)` and `<g/h.hpp>` and `word`\n"
        "```text\n"
        "[not](this.md) `or/this.hpp`\n"
        "```\n");
    CHECK(targets(document.links) == Texts{"1 a/README.md#two-words", "1 b.png"});
    CHECK(targets(document.paths) == Texts{"2 c/d.hpp", "2 e*.{hpp,cpp}"});
}

TEST_CASE("headings have the names that GitHub gives them") {
    const auto document = parse_document(
        "# To add a *thing*, in `four` steps\n"
        "text\n"
        "## The JSON format, `revenant.results/1`\n"
        "```text\n# no heading\n```\n");
    CHECK(document.headings == Texts{"to-add-a-thing-in-four-steps", "the-json-format-revenantresults1"});
}

}  // namespace
}  // namespace revenant::harness
