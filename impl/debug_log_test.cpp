// The scoped debug log: which scopes a list selects, and what a line looks like. The variable is
// read once a scope, so that each log is written in a child process of its own.
#include <revenant/debug_log.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/weak_registry.hpp>
#include "impl/test_child.hpp"

namespace revenant {
namespace {

struct ssl_config : weakable_ref_count<ssl_config, debug_platform> {
    static constexpr const char* log_name = "SSLConfig";
    using registry_type = weak_registry<ssl_config, debug_platform>;
    explicit ssl_config(registry_type* in = nullptr) : registry(in) {}
    static void discard(ssl_config* unshared) { delete unshared; }
    void drop_contents() {
        if (registry != nullptr) registry->remove(*this);
    }
    void free_memory() { delete this; }
    [[nodiscard]] std::size_t content_hash() const { return 0; }
    [[nodiscard]] bool content_equals(const ssl_config&) const { return true; }
    registry_type* registry;
};
struct nameless : weakable_ref_count<nameless, debug_platform> {
    void drop_contents() {}
    void free_memory() { delete this; }
};

/// What the body writes under REVENANT_LOG=list, or with the variable unset.
template <class Body>
std::string whole_log_of(const char* list, Body body) {
    const auto end = test_child::run([&] {
        if (list == nullptr) ::unsetenv("REVENANT_LOG");
        if (list != nullptr) ::setenv("REVENANT_LOG", list, 1);
        body();
    });
    CHECK(end.returned);
    return end.stderr_text;
}
/// … where addresses become @, and the threads at the ends of the lines are taken off.
template <class Body>
std::string log_of(const char* list, Body body) {
    const auto text = std::regex_replace(whole_log_of(list, body), std::regex("0x[0-9a-f]+"), "@");
    return std::regex_replace(text, std::regex(" \\[[0-9]+\\]\n"), "\n");
}

void live_and_die() {
    auto* const object = new ssl_config;
    object->ref();
    object->deref();
    object->weak_ref();
    if (object->upgrade()) object->deref();
    object->deref();
    static_cast<void>(object->upgrade());
    object->weak_deref();
}
constexpr const char* life =
    "<SSLConfig> @ ref 1 - 2\n"
    "<SSLConfig> @ deref 2 - 1\n"
    "<SSLConfig> @ weak_ref 1 - 2\n"
    "<SSLConfig> @ upgrade 1 - 2\n"
    "<SSLConfig> @ deref 2 - 1\n"
    "<SSLConfig> @ deref 1 - 0\n"
    "<SSLConfig> @ weak_deref 2 - 1\n"
    "<SSLConfig> @ upgrade FAILED\n"
    "<SSLConfig> @ weak_deref 1 - 0\n";

TEST_CASE("log_scope selects the names of a comma-separated list") {
    CHECK(log_scope::selects("SSLConfig", "SSLConfig"));
    CHECK(log_scope::selects("SSLConfig,Registry", "SSLConfig"));
    CHECK(log_scope::selects("SSLConfig,Registry", "Registry"));
    CHECK(log_scope::selects("A,B,C", "B"));
    CHECK_FALSE(log_scope::selects("SSLConfig,Registry", "Socket"));
}

TEST_CASE("log_scope selects whole names only, in their own case") {
    CHECK_FALSE(log_scope::selects("SSLConfig", "SSL"));
    CHECK_FALSE(log_scope::selects("SSL", "SSLConfig"));
    CHECK_FALSE(log_scope::selects("sslconfig", "SSLConfig"));
    CHECK_FALSE(log_scope::selects("A,B", "A,B"));
}

TEST_CASE("log_scope selects everything by a star of its own, and nothing by an empty list") {
    CHECK(log_scope::selects("*", "SSLConfig"));
    CHECK(log_scope::selects("Registry,*", "SSLConfig"));
    CHECK_FALSE(log_scope::selects("SSL*", "SSLConfig"));
    CHECK_FALSE(log_scope::selects("", "SSLConfig"));
    CHECK_FALSE(log_scope::selects(",", "SSLConfig"));
}

TEST_CASE("log_scope passes over empty items, and a space is part of a name") {
    CHECK(log_scope::selects(",,SSLConfig,", "SSLConfig"));
    CHECK_FALSE(log_scope::selects("Registry, SSLConfig", "SSLConfig"));
    CHECK(log_scope::selects("Registry, SSLConfig", " SSLConfig"));
}

TEST_CASE("the log has one line for each change of a counter, and one for a refused upgrade") {
    CHECK(log_of("SSLConfig", live_and_die) == life);
    CHECK(log_of("Registry,SSLConfig", live_and_die) == life);
    CHECK(log_of("*", live_and_die) == life);
}

TEST_CASE("the log is silent without the variable, and for a type that the list does not name") {
    CHECK(log_of(nullptr, live_and_die) == "");
    CHECK(log_of("", live_and_die) == "");
    CHECK(log_of("Registry", live_and_die) == "");
}

TEST_CASE("the log tells that an intern found an existing entry, and its count before") {
    const auto text = log_of("SSLConfig", [] {
        ssl_config::registry_type registry;
        auto* const first = registry.intern(new ssl_config(&registry));
        auto* const second = registry.intern(new ssl_config(&registry));
        first->deref();
        second->deref();
    });
    CHECK(text ==
          "<SSLConfig> @ weak_ref 1 - 2\n"
          "<SSLConfig> @ intern: found existing refcount=1\n"
          "<SSLConfig> @ upgrade 1 - 2\n"
          "<SSLConfig> @ deref 2 - 1\n"
          "<SSLConfig> @ deref 1 - 0\n"
          "<SSLConfig> @ weak_deref 2 - 1\n"
          "<SSLConfig> @ weak_deref 1 - 0\n");
}

TEST_CASE("a line of the log ends with the thread that wrote it") {
    const auto text = whole_log_of("*", [] {
        auto* const object = new ssl_config;
        object->ref();
        std::thread([object] { object->deref(); }).join();
        object->deref();
    });
    std::vector<std::string> threads;
    const std::regex at_the_end("\\[([0-9]+)\\]\n");
    for (std::sregex_iterator line(text.begin(), text.end(), at_the_end), end; line != end; ++line) {
        threads.push_back((*line)[1]);
    }
    REQUIRE(threads.size() == 4);  // two of them are the last deref's
    CHECK(threads[0] == threads[2]);
    CHECK(threads[0] != threads[1]);
}

TEST_CASE("the log calls a type without log_name an object") {
    CHECK(log_of("object", [] { (new nameless)->deref(); }) ==
          "<object> @ deref 1 - 0\n<object> @ weak_deref 1 - 0\n");
}

TEST_CASE("a log line that is too long is cut and still ends") {
    const std::string name(400, 'n');
    const auto text = log_of("*", [&] { log_scope(name.c_str()).count(&name, "ref", 1, 2); });
    CHECK(text == "<" + std::string(253, 'n') + "\n");
}

TEST_CASE("log lines of several threads do not mix") {
    const auto text = log_of("*", [] {
        std::atomic<int> ready{0};
        const auto write = [&](const char* name) {
            const log_scope scope(name);
            ++ready;
            while (ready < 2) std::this_thread::yield();
            for (int i = 0; i < 2000; ++i) scope.count(&ready, "ref", 1, 2);
        };
        std::thread first(write, "First");
        std::thread second(write, "Second");
        first.join();
        second.join();
    });
    const auto lines = [&](const std::string& line) {
        std::size_t count = 0;
        for (auto at = text.find(line); at != text.npos; at = text.find(line, at + 1)) ++count;
        return count;
    };
    CHECK(lines("<First> @ ref 1 - 2\n") == 2000);
    CHECK(lines("<Second> @ ref 1 - 2\n") == 2000);
    CHECK(std::count(text.begin(), text.end(), '\n') == 4000);
}

}  // namespace
}  // namespace revenant
