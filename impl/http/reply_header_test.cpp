#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <revenant/http/reply_header.hpp>

namespace revenant {
namespace {

const std::string usual =
    "HTTP/1.1 200 Connection established\r\nServer: a proxy\r\nx-empty:\r\nX-Blanks: \t a  b \t\r\n\r\n";

header_reader read_in_pieces(std::string_view text, std::size_t piece, std::size_t& taken) {
    header_reader reader;
    taken = 0;
    while (taken < text.size()) {
        const auto next = text.substr(taken, piece);
        const std::size_t now = reader.feed(next);
        taken += now;
        if (now < next.size()) break;
    }
    return reader;
}

TEST_CASE("a header is taken apart, and what comes after it is left") {
    header_reader reader;
    CHECK(reader.feed(usual + "more") == usual.size());
    REQUIRE(reader.complete());
    const auto& header = reader.header();
    CHECK(header.minor_version == 1);
    CHECK(header.status == 200);
    CHECK(header.reason == "Connection established");
    REQUIRE(header.fields.size() == 3);
    CHECK(*header.find("SERVER") == "a proxy");
    CHECK(*header.find("x-empty") == "");
    CHECK(*header.find("x-blanks") == "a  b");
    CHECK(header.find("serve") == nullptr);
    CHECK(reader.feed("more") == 0);
}

TEST_CASE("a header is the same in whatever pieces it comes") {
    std::size_t whole_taken = 0;
    const auto whole = read_in_pieces(usual + "more", 1000, whole_taken);
    REQUIRE(whole.complete());
    for (std::size_t piece = 1; piece <= usual.size(); ++piece) {
        std::size_t taken = 0;
        const auto reader = read_in_pieces(usual + "more", piece, taken);
        CHECK(reader.complete());
        CHECK(reader.header() == whole.header());
        CHECK(taken == usual.size());
    }
}

TEST_CASE("a header that is cut anywhere is neither complete nor refused") {
    for (std::size_t cut = 0; cut < usual.size(); ++cut) {
        header_reader reader;
        CHECK(reader.feed(std::string_view(usual).substr(0, cut)) == cut);
        CHECK(!reader.complete());
        CHECK(!reader.refused());
        CHECK(reader.anything_read() == (cut > 0));
    }
}

TEST_CASE("a status line may have no reason, and be of HTTP/1.0") {
    for (const std::string line : {"HTTP/1.0 204", "HTTP/1.0 204 "}) {
        header_reader reader;
        CHECK(reader.feed(line + "\r\n\r\n") == line.size() + 4);
        REQUIRE(reader.complete());
        CHECK(reader.header().minor_version == 0);
        CHECK(reader.header().status == 204);
        CHECK(reader.header().reason.empty());
    }
}

TEST_CASE("a malformed header is refused with one line") {
    struct Refusal {
        std::string text, line;
    };
    const std::string no_status = "the reply does not begin with a status line of HTTP/1";
    const std::vector<Refusal> refusals{
        {"garbage\r\n", no_status},
        {"\r\n", no_status},
        {"HTTP/2.0 200 OK\r\n", no_status},
        {"HTTP/1.1 20 OK\r\n", no_status},
        {"HTTP/1.1 2000 OK\r\n", no_status},
        {"HTTP/1.1  200 OK\r\n", no_status},
        {"HTTP/1.1 099 OK\r\n", "the status is not in 100 to 599"},
        {"HTTP/1.1 600 OK\r\n", "the status is not in 100 to 599"},
        {"HTTP/1.1 200 OK\n", "a line of the header ends without CR"},
        {"HTTP/1.1 200 O\rK\r\n", "a CR without LF in the header"},
        {"HTTP/1.1 200 O\x01K\r\n", "a control character in the header"},
        {std::string("HTTP/1.1 200 O\0K\r\n", 18), "a control character in the header"},
        {"HTTP/1.1 200 OK\r\nno colon\r\n", "a line of the header is no field"},
        {"HTTP/1.1 200 OK\r\n: no name\r\n", "a line of the header is no field"},
        {"HTTP/1.1 200 OK\r\na b: c\r\n", "a line of the header is no field"},
        {"HTTP/1.1 200 OK\r\na : c\r\n", "a line of the header is no field"},
        {"HTTP/1.1 200 OK\r\na: b\r\n folded\r\n", "a line of the header is no field"},
    };
    for (const auto& [text, line] : refusals) {
        CAPTURE(text);
        for (const std::size_t piece : {std::size_t{1}, text.size()}) {
            std::size_t taken = 0;
            const auto reader = read_in_pieces(text, piece, taken);
            CHECK(reader.refused());
            CHECK(reader.error() == line);
        }
    }
}

TEST_CASE("a header that is too long is refused, and one that is just not is read") {
    header_reader just({.bytes_max = usual.size(), .fields_max = 3});
    CHECK(just.feed(usual) == usual.size());
    CHECK(just.complete());
    header_reader bytes({.bytes_max = usual.size() - 1});
    static_cast<void>(bytes.feed(usual));
    REQUIRE(bytes.refused());
    CHECK(bytes.error() == "the header has more than " + std::to_string(usual.size() - 1) + " bytes");
    header_reader fields({.fields_max = 2});
    static_cast<void>(fields.feed(usual));
    REQUIRE(fields.refused());
    CHECK(fields.error() == "the header has more than 2 fields");
}

}  // namespace
}  // namespace revenant
