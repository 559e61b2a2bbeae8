// The bytes that a client sends, and what it refuses to send.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include <revenant/http/connect_tunnel.hpp>
#include <revenant/http/exchange.hpp>
#include <revenant/http/request.hpp>

namespace revenant::http {
namespace {

TEST_CASE("an IPv6 address stands in brackets before its port") {
    CHECK(authority_of({"example.test", 443}) == "example.test:443");
    CHECK(authority_of({"::1", 443}) == "[::1]:443");
}

TEST_CASE("CONNECT names the host and has the proxy's fields alone") {
    request asked{.to = {"example.test", 443}};
    asked.fields = {{"cookie", "secret"}};
    asked.proxy_fields = {{"Proxy-Authorization", "Basic eDp5"}};
    CHECK(connect_header(asked) ==
          "CONNECT example.test:443 HTTP/1.1\r\n"
          "Host: example.test:443\r\n"
          "Proxy-Authorization: Basic eDp5\r\n\r\n");
}

TEST_CASE("a request has its own fields alone, says close where it must, and gives its body's length") {
    request asked{.to = {"example.test", 443}};
    asked.fields = {{"cookie", "secret"}};
    asked.proxy_fields = {{"Proxy-Authorization", "Basic eDp5"}};
    CHECK(request_text(asked) ==
          "GET / HTTP/1.1\r\n"
          "Host: example.test:443\r\n"
          "cookie: secret\r\n\r\n");
    asked.method = "POST";
    asked.body = "hello";
    asked.keep_alive = false;
    CHECK(request_text(asked) ==
          "POST / HTTP/1.1\r\n"
          "Host: example.test:443\r\n"
          "Connection: close\r\n"
          "cookie: secret\r\n"
          "Content-Length: 5\r\n\r\nhello");
}

struct Refusal {
    std::string line;
    std::function<void(request&)> spoil;
};

TEST_CASE("a request that would break its header is refused with one line that names the field") {
    const std::string word = ": is empty, or has a blank or a control character";
    const std::string field = ": a name or a value that would break the header";
    const std::string path = "path: does not begin with a slash, or has a blank or a control character";
    const std::vector<Refusal> refusals{
        {"host" + word, [](auto& r) { r.to.host = ""; }},
        {"host" + word, [](auto& r) { r.to.host = "two words"; }},
        {"host" + word, [](auto& r) { r.to.host = "a\r\nb"; }},
        {"host: port 0", [](auto& r) { r.to.port = 0; }},
        {"proxy" + word,
         [](auto& r) {
             r.proxy = endpoint{"", 1};
         }},
        {"proxy: port 0",
         [](auto& r) {
             r.proxy = endpoint{"proxy.test", 0};
         }},
        {"method" + word, [](auto& r) { r.method = "GET /"; }},
        {path, [](auto& r) { r.path = "x"; }},
        {path, [](auto& r) { r.path = "/ HTTP/1.1"; }},
        {"fields" + field,
         [](auto& r) {
             r.fields = {{"a:b", "c"}};
         }},
        {"fields" + field,
         [](auto& r) {
             r.fields = {{"a", "b\r\nc: d"}};
         }},
        {"proxy_fields" + field,
         [](auto& r) {
             r.proxy_fields = {{"", "c"}};
         }},
        {"proxy_fields" + field,
         [](auto& r) {
             r.proxy_fields = {{"a", "b\nc"}};
         }},
    };
    const request good{.to = {"example.test", 443}};
    CHECK(!fault_of(good));
    for (const auto& [line, spoil] : refusals) {
        request asked = good;
        spoil(asked);
        CHECK(fault_of(asked).value_or("(sent)") == line);
    }
}

}  // namespace
}  // namespace revenant::http
