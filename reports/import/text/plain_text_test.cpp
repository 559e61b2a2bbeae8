// One report, carried in many ways: each comes off again.
#include "reports/import/text/plain_text.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

const std::string report =
    "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x1\n"
    "READ of size 8 at 0x60 thread T2\n"
    "    #0 0x11 in Map<int, a>::key() const /w/entry.h:9\n"
    "freed by thread T1 here:\n"
    "    #0 0x21 in free (/lib/libasan.so.4+0xde7a8)\n";

// The report with something done to each of its lines.
std::string each(const std::function<std::string(const std::string&, int)>& change) {
    std::string text;
    int number = 0;
    for (Lines lines(report); lines.next();) text += change(std::string(lines.line()), number++) + "\n";
    return text;
}
std::string behind(const std::string& prefix) {
    return each([&](const std::string& line, int) { return prefix + line; });
}

TEST_CASE("what stands in front of each line comes off, whoever has put it there") {
    for (const auto* const prefix :
         {"> ", "> > ", ">> ", "17: ", "Nov 02 11:12:13 box app[771]: ", "#14 8.125 ", "| ", "app-1  | ",
          "2026-11-20T03:14:15.9265358Z ", "[2026-11-20 03:14:15][ERROR][1] ", "[   12.345678] ",
          "pod/api-7f9c8 app ", "11-02 11:12:13.123   771   780 E app     : ", "03:14:15 stderr: ",
          "E/app ( 771): ", "[12/40] ", "INFO - "}) {
        CHECK_MESSAGE(plain_text(behind(prefix)) == report, std::string(prefix));
    }
}

TEST_CASE("a prefix may have other numbers on each line, and other widths") {
    CHECK(plain_text(each([](const std::string& line, int number) {
              return "#14 " + std::to_string(7 + number) + "." + std::to_string(8 * number * 13) + " " + line;
          })) == report);
    CHECK(plain_text(each([](const std::string& line, int number) {
              return "Nov 02 11:12:1" + std::to_string(number) + " box app[" + std::to_string(number * 700) +
                     "]: " + line;
          })) == report);
    CHECK(plain_text(each([](const std::string& line, int number) {
              return std::string(number < 2 ? "[   99." : "[  100.") + std::to_string(number) + "] " + line;
          })) == report);
}

TEST_CASE("words before the heading on its own line are no prefix of the others") {
    CHECK(plain_text("stderr was: " + report) == report);
    CHECK(plain_text("Output " + report) == report);
}

TEST_CASE("colours come off, as codes and as a log shows them") {
    CHECK(plain_text(each([](const std::string& line, int) {
              return "\x1b[1m\x1b[31m" + line + "\x1b[0m\r";
          })) == report);
    CHECK(plain_text(each([](const std::string& line, int) { return "^[[1m" + line + "^[[0m"; })) == report);
    CHECK(plain_text(each([](const std::string& line, int) { return "\x1b]0;title\x07" + line; })) == report);
}

TEST_CASE("a text from a page has blank lines, tags and entities") {
    const auto escaped = [](const std::string& line) {
        std::string text;
        for (const char c : line)
            text += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
        return text;
    };
    CHECK(plain_text(each([](const std::string& line, int) { return line + "\n"; })) == report);
    CHECK(plain_text(each([&](const std::string& line, int) { return escaped(line) + "<br>"; })) == report);
    CHECK(plain_text(each([&](const std::string& line, int) {
              return "<span class=\"l\">" + escaped(line) + "</span><br/>";
          })) == report);
    CHECK(plain_text("<pre><code>" + each([&](const std::string& line, int) { return escaped(line); }) +
                     "</code></pre>\n") == report);
}

TEST_CASE("a template's argument is no tag") {
    const std::string code = "    #0 0x11 in Map<a>::key(List<b> const&) /w/entry.h:9\n";
    CHECK(plain_text(code) == code);
}

TEST_CASE("a string of JSON is the lines that it stands for") {
    std::string string = "{\"log\": \"";
    for (const char c : report) string += c == '\n' ? std::string("\\n") : std::string(1, c);
    CHECK(plain_text(string + "\", \"time\": 1}").starts_with(report.substr(0, report.size() - 1)));
    CHECK(plain_text("C:\\new\\name.cpp\n") == "C:\\new\\name.cpp\n");
}

TEST_CASE("a list of JSON strings, and an object of JSON a line, are the lines that they stand for") {
    const auto json = [](const std::string& line) {
        std::string text;
        for (const char c : line) text += c == '"' ? std::string("\\\"") : std::string(1, c);
        return "\"" + text + "\"";
    };
    CHECK(plain_text("[\n" + each([&](const std::string& line, int) { return "  " + json(line) + ","; }) +
                     "]\n") == "[\n" + report + "]\n");
    CHECK(plain_text(each([&](const std::string& line, int number) {
              return "{\"at\": " + std::to_string(number * 7) + ", \"log\": " + json(line) + ", \"pid\": 1}";
          })) == report);
    CHECK(plain_text("\"<a> 0x1 deref 1 - 0\\n<a> 0x1 ref 0 - 1\"\n").find("0x1 ref 0 - 1") < 30);
}

TEST_CASE("spaces that a page has put in are spaces") {
    CHECK(plain_text(each([](const std::string& line, int) {
              auto text = line;
              for (auto at = text.find("  "); at != text.npos; at = text.find("  "))
                  text.replace(at, 2, "\xc2\xa0\xc2\xa0");
              return "\xe2\x80\x8b" + text;
          })) == report);
}

TEST_CASE("the prefix of valgrind's line about the thread comes off as well") {
    const std::string lines =
        "==771== Thread 3:\n==771== Invalid read of size 4\n==771==    at 0x11: f (a.c:9)\n";
    std::string carried;
    for (Lines each_line(lines); each_line.next();) carried += "> " + std::string(each_line.line()) + "\n";
    CHECK(plain_text(carried) == lines);
}

TEST_CASE("UTF-16 is read in either order of its bytes, with a mark and without") {
    std::string little, big;
    for (const char c : report) {
        little += {c, '\0'};
        big += {'\0', c};
    }
    CHECK(plain_text("\xff\xfe" + little) == report);
    CHECK(plain_text("\xfe\xff" + big) == report);
    CHECK(plain_text(little) == report);
    CHECK(plain_text(big) == report);
    CHECK(plain_text("\xef\xbb\xbf" + report) == report);
}

TEST_CASE("a plain report stays as it is") {
    CHECK(plain_text(report) == report);
    CHECK(plain_text("").empty());
}

}  // namespace
}  // namespace revenant::reports
