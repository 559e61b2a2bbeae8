// What an exchange asks of its host, in which order; and what its peers see of it.
#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <revenant/http/engine.hpp>
#include "impl/http/test_world.hpp"

namespace revenant::http {
namespace {

using namespace std::chrono_literals;

/// Of the I/O thread, and of the proxy's.
class Events {
public:
    void add(std::string event) {
        const std::lock_guard lock(mutex_);
        events_.push_back(std::move(event));
    }
    [[nodiscard]] std::string in_order() {
        const std::lock_guard lock(mutex_);
        std::string all;
        for (const auto& event : events_) all += (all.empty() ? "" : ", ") + event;
        return all;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> events_;
};

class RecordingHost final : public exchange_host {
public:
    RecordingHost(Events& events, tls_config config, std::promise<outcome> answer)
        : events_(events), config_(std::move(config)), answer_(std::move(answer)) {}

    [[nodiscard]] result<client_context> context() override {
        events_.add("context");
        if (++contexts_ == fails_at) return error_line{"the configuration is gone"};
        return client_context::make(contexts_ == 1 && of_first ? *of_first : config_);
    }
    [[nodiscard]] std::string server_name() const override { return {}; }
    [[nodiscard]] std::optional<connection> pooled() override {
        events_.add("pooled");
        return std::nullopt;
    }
    [[nodiscard]] bool keep(connection&) override {
        events_.add("keep");
        return false;
    }
    void finish(outcome result) override {
        events_.add("finish");
        answer_.set_value(std::move(result));
    }

    int fails_at = 0;                    ///< the call of `context` that fails, counted from 1
    std::optional<tls_config> of_first;  ///< what the first context is made of, if it is not the same

private:
    Events& events_;
    tls_config config_;
    std::promise<outcome> answer_;
    int contexts_ = 0;
};

struct Fixture : test_world {
    Events events;
    test_proxy asking{[this] { events.add("CONNECT"); }};
    engine io;
    std::optional<tls_config> of_first;

    [[nodiscard]] request through_asking() const {
        request asked = through_proxy("/", "hold");
        asked.proxy->port = asking.port();
        return asked;
    }
    std::string ask(request asked, int fails_at = 0) {
        std::promise<outcome> answer;
        auto result = answer.get_future();
        auto host = std::make_unique<RecordingHost>(events, trusting(authority), std::move(answer));
        host->fails_at = fails_at;
        if (of_first) host->of_first.emplace(std::move(*of_first));
        of_first.reset();
        io.start(std::move(asked), {}, std::move(host));
        return text_of(result.get());
    }
};

// The second context is what the original client crashed in: of a configuration that had been whole when the
// first one was made.
TEST_CASE_FIXTURE(Fixture, "behind a proxy a second TLS context is made, once the proxy has been asked") {
    CHECK(ask(through_asking()) == "hello");
    CHECK(events.in_order() == "pooled, context, CONNECT, context, keep, finish");
}

TEST_CASE_FIXTURE(Fixture, "behind a proxy the second TLS context is the one that is used") {
    of_first.emplace(trusting(test_authority("another")));
    CHECK(ask(through_asking()) == "hello");
    of_first.emplace(trusting(test_authority("another")));
    CHECK(ask(to_backend()).find("handshake: unable to get local issuer") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "straight to its host an exchange needs one TLS context") {
    CHECK(ask(to_backend()) == "hello");
    CHECK(events.in_order() == "pooled, context, keep, finish");
}

TEST_CASE_FIXTURE(Fixture, "an exchange that is not kept alive asks for no connection and gives none") {
    request once = to_backend();
    once.keep_alive = false;
    CHECK(ask(once) == "hello");
    CHECK(events.in_order() == "context, finish");
}

TEST_CASE_FIXTURE(Fixture, "a second context that cannot be made is an error of the handshake") {
    const std::string host = "localhost:" + std::to_string(backend.port());
    CHECK(ask(through_asking(), 2) == host + ": handshake: the configuration is gone");
    CHECK(events.in_order() == "pooled, context, CONNECT, context, finish");
}

TEST_CASE_FIXTURE(Fixture, "a connection that is not kept is closed in order before the answer comes") {
    int times = 0;
    for (const request& asked : {to_backend(), through_proxy(), to_backend(), through_proxy()}) {
        CHECK(ask(asked) == "hello");
        CHECK(backend.good_byes() == ++times);
    }
}

TEST_CASE_FIXTURE(Fixture, "the host's name is sent in the handshake, and an address is not") {
    CHECK(ask(to_backend("/server-name")) == "localhost");
    CHECK(ask(through_proxy("/server-name")) == "localhost");
    const test_backend by_address(authority.issue("127.0.0.1"));
    CHECK(ask({.to = {"127.0.0.1", by_address.port()}, .path = "/server-name"}) == "none");
}

TEST_CASE_FIXTURE(Fixture, "a handshake that takes too long is named") {
    const test_listener silent([](test_socket socket) -> asio::awaitable<void> {
        char byte = 0;
        std::error_code error;
        while (!error) co_await socket.async_read_some(asio::buffer(&byte, 1), into(error));
    });
    weak_std configs;
    client<weak_std> hasty(configs, {.limits = {.handshake = 50ms}});
    const endpoint there{"localhost", silent.port()};
    CHECK(text_of(hasty.submit({.to = there}, trusting(authority)).get()) ==
          "localhost:" + std::to_string(silent.port()) + ": handshake: timed out");
}

TEST_CASE_FIXTURE(Fixture, "a peer that resets before it has read the request is an error of sending") {
    request post = to_backend("/reset");
    post.method = "POST";
    post.body = std::string(std::size_t{32} << 20U, 'x');  // more than sockets hold
    const std::string line = ask(post);
    CAPTURE(line);
    CHECK(line.rfind("localhost:" + std::to_string(backend.port()) + ": send: ", 0) == 0);
}

// By itself it would end in an hour.
TEST_CASE_FIXTURE(Fixture, "a cancellation ends a wait") {
    std::promise<void> asked_for;
    std::promise<void> go_on;
    const test_proxy holding([&] {
        asked_for.set_value();
        go_on.get_future().wait();
    });
    weak_std configs;
    client<weak_std> patient(configs, {.limits = {.handshake = 1h}});
    request asked = through_asking();
    asked.proxy->port = holding.port();
    std::promise<outcome> answer;
    const auto id = patient.fetch(asked, trusting(authority),
                                  [&](outcome result) { answer.set_value(std::move(result)); });
    asked_for.get_future().wait();
    patient.cancel(id);
    CHECK(text_of(answer.get_future().get()) ==
          "localhost:" + std::to_string(backend.port()) + ": tunnel: cancelled");
    go_on.set_value();
}

// Not a moment later: who waits for the answer may then look at the registry, or end it.
TEST_CASE_FIXTURE(Fixture, "the reference of a request is dropped before the answer comes") {
    weak_std configs;
    client<weak_std> own(configs, {.reuse_contexts = false});
    for (request asked : {to_backend(), through_proxy(), through_proxy("/", "reset")}) {
        asked.keep_alive = false;
        std::promise<std::size_t> left;
        own.fetch(asked, trusting(authority), [&](const outcome&) { left.set_value(configs.size()); });
        CHECK(left.get_future().get() == 0);
    }
}

}  // namespace
}  // namespace revenant::http
