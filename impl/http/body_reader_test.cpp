#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <revenant/http/body_reader.hpp>

namespace revenant {
namespace {

reply_header header_with(std::vector<header_field> fields, unsigned status = 200) {
    return {.status = status, .fields = std::move(fields)};
}
const reply_header chunked = header_with({{"Transfer-Encoding", "Chunked"}});
const std::string chunks = "5\r\nhello\r\nA;x=y\r\n, in parts\r\n0\r\nTrailer: t\r\n\r\n";

TEST_CASE("a body has the length that its header gives, and what comes after it is left") {
    auto reader = body_reader::of(header_with({{"content-length", "5"}}), false);
    CHECK(!reader.complete());
    CHECK(reader.feed("hel") == 3);
    CHECK(reader.feed("lo, more") == 2);
    CHECK(reader.complete());
    CHECK(reader.body() == "hello");
    CHECK(!reader.until_end());
}

TEST_CASE("a chunked body is put together, in whatever pieces it comes") {
    for (std::size_t piece = 1; piece <= chunks.size(); ++piece) {
        auto reader = body_reader::of(chunked, false);
        std::string_view left = chunks;
        while (!left.empty() && !reader.complete() && !reader.refused()) {
            left.remove_prefix(reader.feed(left.substr(0, piece)));
        }
        CHECK(reader.complete());
        CHECK(reader.body() == "hello, in parts");
        CHECK(left.empty());
    }
}

TEST_CASE("a body without a length ends with the connection") {
    auto reader = body_reader::of(header_with({}), false);
    CHECK(reader.until_end());
    CHECK(reader.feed("hello") == 5);
    CHECK(!reader.complete());
    reader.end();
    CHECK(reader.complete());
    CHECK(reader.body() == "hello");
}

TEST_CASE("some replies have no body, whatever their header says") {
    CHECK(body_reader::of(header_with({{"content-length", "5"}}), true).complete());
    CHECK(body_reader::of(header_with({{"content-length", "5"}}, 304), false).complete());
    CHECK(body_reader::of(header_with({}, 204), false).complete());
    CHECK(body_reader::of(header_with({{"content-length", "0"}}), false).complete());
}

TEST_CASE("a connection that ends within the body is an error") {
    for (std::size_t cut = 0; cut < chunks.size(); ++cut) {
        auto reader = body_reader::of(chunked, false);
        CHECK(reader.feed(std::string_view(chunks).substr(0, cut)) == cut);
        reader.end();
        CHECK(reader.refused());
        CHECK(reader.error() == "the connection ended within the body");
    }
}

TEST_CASE("a malformed body is refused with one line") {
    struct Refusal {
        reply_header header;
        std::string text, line;
    };
    const std::vector<Refusal> refusals{
        {header_with({{"content-length", "5x"}}), "", "the length is no number"},
        {header_with({{"content-length", "-5"}}), "", "the length is no number"},
        {header_with({{"content-length", ""}}), "", "the length is no number"},
        {header_with({{"content-length", "99999999999999999999"}}), "", "the length is no number"},
        {header_with({{"content-length", "67108865"}}), "", "the body has more than 67108864 bytes"},
        {header_with({{"content-length", "5"}, {"transfer-encoding", "chunked"}}), "",
         "the header gives both a length and a coding"},
        {header_with({{"transfer-encoding", "gzip"}}), "", "the body's coding is not chunked"},
        {chunked, "x\r\n", "a chunk's size is no number"},
        {chunked, "\r\n", "a chunk's size is no number"},
        {chunked, "5\n", "a line between chunks ends without CR"},
        {chunked, "5\r\nhello!\r\n", "a chunk is longer than its size says"},
        {chunked, "4000001\r\n", "the body has more than 67108864 bytes"},
        {chunked, "FFFFFFFFFFFFFFFF\r\n", "the body has more than 67108864 bytes"},
        {chunked, std::string(1025, '0'), "a line between chunks is too long"},
    };
    for (const auto& [header, text, line] : refusals) {
        CAPTURE(text);
        auto reader = body_reader::of(header, false);
        static_cast<void>(reader.feed(text));
        REQUIRE(reader.refused());
        CHECK(reader.error() == line);
    }
}

TEST_CASE("an endless trailer is refused") {
    auto reader = body_reader::of(chunked, false);
    static_cast<void>(reader.feed("0\r\n"));
    for (int i = 0; i < 2000 && !reader.refused(); ++i) static_cast<void>(reader.feed("field: value\r\n"));
    REQUIRE(reader.refused());
    CHECK(reader.error() == "the trailer is too long");
}

}  // namespace
}  // namespace revenant
