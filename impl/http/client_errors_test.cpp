// Every fault is answered by one line that names the host, the step and the reason; and nothing stays behind.
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "impl/http/test_world.hpp"

namespace revenant::http {
namespace {

using namespace std::chrono_literals;

std::string name_of(const endpoint& end) { return end.host + ':' + std::to_string(end.port); }

struct Fixture : test_world {
    weak_std configs;
    client<weak_std> own{configs};

    std::string ask(request asked) {
        return text_of(own.submit(std::move(asked), trusting(authority)).get());
    }
    std::string named(const std::string& rest) const { return name_of(host()) + ": " + rest; }
    ~Fixture() {
        own.forget();
        CHECK(configs.size() == 0);
    }
};

TEST_CASE_FIXTURE(Fixture, "the proxy's reply may be cut at every byte") {
    const std::string_view header = test_proxy::established;
    for (std::size_t cut = 0; cut < header.size(); ++cut) {
        CAPTURE(cut);
        CHECK(ask(through_proxy("/", "cut " + std::to_string(cut))) ==
              named(cut == 0 ? "tunnel: the proxy closed the connection without a reply"
                             : "tunnel: the proxy closed the connection within its reply"));
    }
}

TEST_CASE_FIXTURE(Fixture, "the proxy's reply may come late, and byte by byte") {
    CHECK(ask(through_proxy("/", "pieces")) == "hello");
    CHECK(ask(through_proxy("/", "delay 20")) == "hello");
}

TEST_CASE_FIXTURE(Fixture, "what comes with the proxy's reply is the tunnel's") {
    request asked = through_proxy("/", "early");
    std::promise<outcome> answered;
    own.fetch(asked, [&](outcome result) { answered.set_value(std::move(result)); });
    CHECK(text_of(answered.get_future().get()) == "early");
}

TEST_CASE_FIXTURE(Fixture, "a fault of the proxy is an error of the tunnel") {
    struct Case {
        std::string fault, rest;
    };
    const std::vector<Case> cases{
        {"reset", "tunnel: Connection reset by peer"},
        {"half-close", "tunnel: the proxy closed the connection without a reply"},
        {"garbage", "tunnel: the proxy's reply: a control character in the header"},
        {"oversized", "tunnel: the proxy's reply: the header has more than 16384 bytes"},
        {"refuse", "tunnel: the proxy answers 502 Bad Gateway"},
        {"break 0", "handshake: the peer closed the connection"},
        {"break 100", "handshake: the peer closed the connection"},
        {"break-reset 100", "handshake: Connection reset by peer"},
    };
    for (const auto& [fault, rest] : cases) CHECK(ask(through_proxy("/", fault)) == named(rest));
}

TEST_CASE_FIXTURE(Fixture, "a backend that cannot be reached is the proxy's refusal") {
    request asked = through_proxy();
    asked.to.port = 1;
    CHECK(ask(asked) == "localhost:1: tunnel: the proxy answers 502 Bad Gateway");
    asked.to.host = "no..such.host";
    CHECK(ask(asked) == "no..such.host:1: tunnel: the proxy answers 502 Bad Gateway");
}

TEST_CASE_FIXTURE(Fixture, "a host or a proxy that refuses is named") {
    request asked = to_backend();
    asked.to.port = 1;
    CHECK(ask(asked) == "localhost:1: connect: Connection refused");
    asked = through_proxy();
    asked.proxy->port = 1;
    CHECK(ask(asked) == "proxy 127.0.0.1:1: connect: Connection refused");
}

TEST_CASE_FIXTURE(Fixture, "a name that does not resolve is named") {
    request asked = to_backend();
    asked.to.host = "no..such.host";
    const std::string line = ask(asked);
    CHECK(line.rfind("no..such.host:" + std::to_string(backend.port()) + ": resolve: Host not found", 0) ==
          0);
}

TEST_CASE_FIXTURE(Fixture,
                  "a certificate that does not verify is an error of the handshake, with the reason") {
    const test_authority stranger("a stranger");
    struct Case {
        test_identity identity;
        std::string reason;
    };
    const std::vector<Case> cases{
        {authority.issue("localhost", test_validity::expired), "certificate has expired"},
        {authority.issue("other.test"), "hostname mismatch"},
        {stranger.issue("localhost"), "unable to get local issuer certificate"},
        {{stranger.key(), stranger.certificate()}, "self-signed certificate"},
    };
    for (const auto& [shown, reason] : cases) {
        const test_backend bad(shown);
        const endpoint there{"localhost", bad.port()};
        for (request asked : {to_backend(), through_proxy()}) {
            asked.to = there;
            CHECK(ask(asked) == name_of(there) + ": handshake: " + reason);
        }
        tls_settings trusts_all;
        trusts_all.reject_unauthorized = false;
        CHECK(text_of(own.submit({.to = there}, config_of(std::move(trusts_all))).get()) == "hello");
    }
}

TEST_CASE_FIXTURE(Fixture, "a certificate for an address is verified as one") {
    const test_backend by_address(authority.issue("127.0.0.1"));
    CHECK(ask({.to = {"127.0.0.1", by_address.port()}}) == "hello");
    const endpoint there{"127.0.0.1", backend.port()};
    CHECK(ask({.to = there}) == name_of(there) + ": handshake: IP address mismatch");
}

TEST_CASE_FIXTURE(Fixture, "the configured server name is the one that is verified") {
    const test_backend other(authority.issue("other.test"));
    tls_settings settings;
    REQUIRE(settings.cas.add(secret_text(authority.certificate())));
    settings.server_name = secret_text("other.test");
    CHECK(text_of(own.submit({.to = {"localhost", other.port()}}, config_of(std::move(settings))).get()) ==
          "hello");
}

TEST_CASE_FIXTURE(Fixture, "a peer that ends the handshake is named") {
    const test_backend closes(identity, backend_fault::closes_in_handshake);
    const test_backend resets(identity, backend_fault::resets_in_handshake);
    const test_backend plain(identity, backend_fault::answers_plain);
    const auto line = [&](const test_backend& bad) {
        const std::string whole = ask({.to = {"localhost", bad.port()}});
        return whole.substr(whole.find(": ") + 2);
    };
    CHECK(line(closes) == "handshake: the peer closed the connection");
    CHECK(line(resets) == "handshake: Connection reset by peer");
    CHECK(line(plain) == "handshake: wrong version number (SSL routines)");
}

TEST_CASE_FIXTURE(Fixture, "a fault of the backend is an error of the reply") {
    struct Case {
        std::string path, reason;
    };
    const std::vector<Case> cases{
        {"/garbage", "the reply does not begin with a status line of HTTP/1"},
        {"/half", "the connection ended within the body"},
        {"/reset", "Connection reset by peer"},
    };
    for (const auto& [path, reason] : cases) {
        CHECK(ask(to_backend(path)) == named("reply: " + reason));
        CHECK(ask(through_proxy(path)).rfind(named("reply: "), 0) == 0);
    }
}

// With a close that was waited for, this test would not end.
TEST_CASE_FIXTURE(Fixture, "a peer that ends without a good-bye is not waited for") {
    client<weak_std> patient(configs, {.limits = {.close = 1h}});
    CHECK(text_of(patient.submit(through_proxy("/reset"), trusting(authority)).get()) ==
          named("reply: stream truncated"));
}

TEST_CASE_FIXTURE(Fixture, "a request that would break its header is not sent") {
    request asked = to_backend("/ HTTP/1.1\r\nx: y");
    CHECK(ask(asked) ==
          named("configure: path: does not begin with a slash, or has a blank or a control character"));
    asked = to_backend();
    asked.fields = {{"x", "y\r\nz: w"}};
    CHECK(ask(asked) == named("configure: fields: a name or a value that would break the header"));
    CHECK(backend.accepted() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a bad configuration opens no connection") {
    tls_settings settings;
    settings.ciphers = secret_text("NO-SUCH-CIPHER");
    CHECK(text_of(own.submit(through_proxy(), config_of(std::move(settings))).get()) ==
          named("configure: ciphers: no cipher match"));
    CHECK(proxy.accepted() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a step that takes too long is named") {
    client<weak_std> hasty(configs, {.limits = {.handshake = 50ms, .reply = 50ms}});
    CHECK(text_of(hasty.submit(through_proxy("/", "stall"), trusting(authority)).get()) ==
          named("tunnel: timed out"));
    CHECK(text_of(hasty.submit(to_backend("/stall"), trusting(authority)).get()) ==
          named("reply: timed out"));
}

TEST_CASE_FIXTURE(Fixture, "a cancelled request says so, wherever it is") {
    for (const request& asked : {through_proxy("/", "stall"), to_backend("/stall")}) {
        std::promise<outcome> answered;
        const auto id = own.fetch(asked, trusting(authority),
                                  [&](outcome result) { answered.set_value(std::move(result)); });
        own.cancel(id);
        const auto result = answered.get_future().get();
        REQUIRE(std::holds_alternative<request_error>(result));
        CHECK(std::get<request_error>(result).cancelled);
        CHECK(std::get<request_error>(result).reason == "cancelled");
        own.cancel(id);  // it is over: nothing happens
    }
}

TEST_CASE_FIXTURE(Fixture, "the end of a client cancels what runs") {
    std::vector<std::future<outcome>> answers;
    {
        client<weak_std> brief(configs);
        for (int i = 0; i < 8; ++i) {
            answers.push_back(brief.submit(through_proxy("/", "stall"), trusting(authority)));
        }
    }
    for (auto& answer : answers) CHECK(std::get<request_error>(answer.get()).cancelled);
}

}  // namespace
}  // namespace revenant::http
