// When a connection may serve another request, and what becomes of one that cannot.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "impl/http/test_world.hpp"

namespace revenant::http {
namespace {

struct Fixture : test_world {
    weak_std configs;
    client<weak_std> own{configs};

    std::string ask(request asked) {
        return text_of(own.submit(std::move(asked), trusting(authority)).get());
    }
};

TEST_CASE_FIXTURE(Fixture, "a connection is kept only if the reply's end is known and the peer goes on") {
    struct Case {
        std::string path;
        bool kept;
    };
    const std::vector<Case> cases{
        {"/", true},       {"/chunked", true},     {"/continue", true},
        {"/extra", false}, {"/says-close", false}, {"/until-end", false},
    };
    for (const auto& [path, kept] : cases) {
        CAPTURE(path);
        CHECK(ask(to_backend(path)) == "hello");
        CHECK(own.pooled() == (kept ? 1 : 0));
        own.forget();
    }
}

TEST_CASE_FIXTURE(Fixture, "what comes behind a reply is no answer to the next request") {
    CHECK(ask(to_backend("/extra")) == "hello");
    CHECK(ask(to_backend()) == "hello");
    CHECK(backend.accepted() == 2);
}

TEST_CASE_FIXTURE(Fixture, "a reply to HEAD has no body, whatever its header says") {
    request asked = to_backend();
    asked.method = "HEAD";
    CHECK(ask(asked).empty());
}

TEST_CASE_FIXTURE(Fixture, "a request that a kept connection does not answer is sent on a new one") {
    CHECK(ask(to_backend("/once")) == "hello");
    REQUIRE(own.pooled() == 1);
    CHECK(ask(to_backend()) == "hello");
    CHECK(backend.accepted() == 2);
}

// The peer may have acted on it.
TEST_CASE_FIXTURE(Fixture, "a request whose answer has begun is not sent again") {
    CHECK(ask(to_backend()) == "hello");
    CHECK(ask(to_backend("/half")).find("reply: the connection ended within the body") != std::string::npos);
    CHECK(backend.accepted() == 1);
}

}  // namespace
}  // namespace revenant::http
