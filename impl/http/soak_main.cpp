// tls_soak REQUESTS [FOLDER]: so many requests, every fault in turn, sixteen at a time, on one client; and
// what is left of them. Prints a line for each fault, then memory and file descriptors at the start and at
// the end. Into FOLDER it writes what it held on the way: tls-soak.csv, and tls-soak.svg to look at. Then
// memory must not have grown: that is not asked under a sanitizer, which keeps what is freed.
// Exit status: 0; 1 if an answer is not the expected one or something was left or has grown; 2 for a usage
// that is wrong, or a folder that cannot be written to.
#include <dirent.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <revenant/http/client.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/config_registries.hpp>
#include "impl/http/soak_report.hpp"
#include "impl/http/test_backend.hpp"
#include "impl/http/test_proxy.hpp"

namespace revenant::http {
namespace {

using configs_type = weak_configs<tls_config, std_platform>;

struct Fault {
    const char* name;
    request asked;
    std::string expected;  ///< the body, or the error's step and reason up to a point
    int asked_times = 0;
    int answered_well = 0;
};

std::string text_of(const outcome& result) {
    if (const auto* const answer = std::get_if<reply>(&result)) return answer->body;
    const auto& error = std::get<request_error>(result);
    if (error.host.empty() || error.line().find(error.host) != 0) return "an error without a host";
    return std::string(name_of(error.step)) + ": " + error.reason;
}

int open_descriptors() {
    int count = 0;
    DIR* const folder = ::opendir("/proc/self/fd");
    while (::readdir(folder) != nullptr) ++count;
    ::closedir(folder);
    return count;
}

/// The peers close their ends in their own time: they are asked for it again, for up to a minute.
int open_descriptors_at_rest(int expected) {
    constexpr int asked_max = 6'000;
    int open = open_descriptors();
    for (int asked = 0; asked < asked_max && open > expected; ++asked) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        open = open_descriptors();
    }
    return open;
}

long resident_kib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    long kib = 0;
    while (status >> word) {
        if (word == "VmRSS:") status >> kib;
    }
    return kib;
}

/// The peers, each with what is wrong with it.
struct World {
    test_authority authority;
    test_authority stranger{"a stranger"};
    test_identity good = authority.issue("localhost");
    test_backend backend{good};
    test_backend expired{authority.issue("localhost", test_validity::expired)};
    test_backend other_name{authority.issue("other.test")};
    test_backend unknown{stranger.issue("localhost")};
    test_backend self_signed{{stranger.key(), stranger.certificate()}};
    test_backend closes{good, backend_fault::closes_in_handshake};
    test_backend resets{good, backend_fault::resets_in_handshake};
    test_proxy proxy;

    [[nodiscard]] request straight(const test_backend& to, const char* path = "/") const {
        return {.to = {"localhost", to.port()}, .path = path};
    }
    [[nodiscard]] request through(const char* fault, const char* path = "/") const {
        request asked = straight(backend, path);
        asked.proxy = endpoint{"127.0.0.1", proxy.port()};
        asked.proxy_fields = {{"x-fault", fault}};
        asked.keep_alive = std::string_view(fault) == "none";  // a pooled tunnel would have no fault
        return asked;
    }
    [[nodiscard]] std::vector<Fault> faults() const;
};

std::vector<Fault> World::faults() const {
    request no_host = straight(backend);
    no_host.to.host = "no..such.host";
    request refused = straight(backend);
    refused.to.port = 1;
    request no_proxy = through("none");
    no_proxy.proxy->host = "no..such.host";
    request proxy_refused = through("none");
    proxy_refused.proxy->port = 1;
    request once = through("none");
    once.keep_alive = false;
    return {
        {"none, straight", straight(backend), "hello"},
        {"none, through the proxy", through("none"), "hello"},
        {"none, not kept alive", once, "hello"},
        {"proxy: in pieces", through("pieces"), "hello"},
        {"proxy: slow", through("delay 5"), "hello"},
        {"proxy: cut", through("cut 20"), "tunnel: the proxy closed the connection within its reply"},
        {"proxy: reset", through("reset"), "tunnel: Connection reset by peer"},
        {"proxy: half-close", through("half-close"),
         "tunnel: the proxy closed the connection without a reply"},
        {"proxy: garbage", through("garbage"),
         "tunnel: the proxy's reply: a control character in the header"},
        {"proxy: oversized header", through("oversized"),
         "tunnel: the proxy's reply: the header has more than"},
        {"proxy: refuses", through("refuse"), "tunnel: the proxy answers 502 Bad Gateway"},
        {"tunnel: ends in handshake", through("break 100"), "handshake: the peer closed the connection"},
        {"tunnel: reset in handshake", through("break-reset 100"), "handshake: Connection reset by peer"},
        {"backend: expired", straight(expired), "handshake: certificate has expired"},
        {"backend: wrong name", straight(other_name), "handshake: hostname mismatch"},
        {"backend: unknown authority", straight(unknown),
         "handshake: unable to get local issuer certificate"},
        {"backend: self-signed", straight(self_signed), "handshake: self-signed certificate"},
        {"backend: ends the handshake", straight(closes), "handshake: the peer closed the connection"},
        {"backend: resets the handshake", straight(resets), "handshake: Connection reset by peer"},
        {"backend: garbage", straight(backend, "/garbage"),
         "reply: the reply does not begin with a status line"},
        {"backend: half a body", straight(backend, "/half"), "reply: the connection ended within the body"},
        {"backend: reset", straight(backend, "/reset"), "reply: Connection reset by peer"},
        {"no such host", no_host, "resolve: Host not found"},
        {"no such proxy", no_proxy, "resolve: Host not found"},
        {"refused by the proxy's host", proxy_refused, "connect: Connection refused"},
        {"refused", refused, "connect: Connection refused"},
    };
}

void ask(client<configs_type>& own, const tls_config& config, std::vector<Fault>& faults, int requests,
         const std::function<void(int)>& after_wave) {
    constexpr int at_a_time = 16;
    for (int begun = 0; begun < requests;) {
        std::vector<std::pair<Fault*, std::future<outcome>>> wave;
        for (int i = 0; i < at_a_time && begun < requests; ++i, ++begun) {
            Fault& next = faults[static_cast<std::size_t>(begun) % faults.size()];
            wave.emplace_back(&next, own.submit(next.asked, config.clone()));
        }
        for (auto& [fault, answer] : wave) {
            const std::string text = text_of(answer.get());
            ++fault->asked_times;
            if (text.rfind(fault->expected, 0) == 0) {
                ++fault->answered_well;
            } else {
                std::fprintf(stderr, "%s: %s\n", fault->name, text.c_str());
            }
        }
        after_wave(begun);
    }
}

/// Every so often, so that a long run has no more samples than a short one.
class Sampler {
public:
    explicit Sampler(int requests) : interval_(requests / samples_max) {}
    void take(int requests, client<configs_type>& own, configs_type& configs) {
        if (!samples_.empty() && requests - samples_.back().requests < interval_) return;
        samples_.push_back(
            {requests, resident_kib(), open_descriptors(), own.pooled(), own.cached(), configs.size()});
    }
    [[nodiscard]] const std::vector<SoakSample>& samples() const { return samples_; }

private:
    static constexpr int samples_max = 300;
    int interval_;
    std::vector<SoakSample> samples_;
};

bool write(const std::string& file, const std::string& text) {
    std::ofstream out(file);
    out << text << std::flush;
    if (!out) std::fprintf(stderr, "tls_soak: cannot write %s\n", file.c_str());
    return static_cast<bool>(out);
}

bool is_flat(const std::vector<SoakSample>& samples) {
    constexpr long growth_max_kib = 1024;  // of 5000 requests in between, each has left less than 210 bytes
    const long growth = resident_growth_kib(samples);
    std::printf("memory has grown by %ld KiB from the second quarter to the last; at most %ld may be\n",
                growth, growth_max_kib);
    return growth <= growth_max_kib;
}

int soak(int requests, const std::optional<std::string>& folder) {
    const World world;
    const tls_config config = trusting(world.authority);
    auto faults = world.faults();
    configs_type configs;
    Sampler sampler(requests);
    bool well = true;
    const int descriptors = open_descriptors();  // a client opens its own when it first needs them
    {
        client<configs_type> own(configs);
        // What is made once, is made now.
        ask(own, config, faults, 2 * static_cast<int>(faults.size()), [](int) {});
        own.forget();
        const long before = resident_kib();
        ask(own, config, faults, requests, [&](int begun) { sampler.take(begun, own, configs); });
        own.forget();
        for (const auto& fault : faults) {
            std::printf("%-32s %5d of %5d\n", fault.name, fault.answered_well, fault.asked_times);
            well = well && fault.answered_well == fault.asked_times;
        }
        std::printf("memory %ld KiB, then %ld KiB\n", before, resident_kib());
        std::printf("pool %zu, cache %zu, registry %zu\n", own.pooled(), own.cached(), configs.size());
        well = well && own.pooled() == 0 && own.cached() == 0 && configs.size() == 0;
    }
    const int left = open_descriptors_at_rest(descriptors);
    std::printf("file descriptors %d, then %d\n", descriptors, left);
    well = well && left == descriptors;
    std::printf("registry at the end: %zu\n", configs.size());
    well = well && configs.size() == 0;
    if (folder) {
        const auto& samples = sampler.samples();
        if (!write(*folder + "/tls-soak.csv", csv_of(samples)) ||
            !write(*folder + "/tls-soak.svg", svg_of(samples))) {
            return 2;
        }
        well = is_flat(samples) && well;
    }
    return well ? 0 : 1;
}

}  // namespace
}  // namespace revenant::http

int main(int argc, char** argv) {
    const int requests = argc == 2 || argc == 3 ? std::atoi(argv[1]) : 0;
    if (requests <= 0) {
        std::fputs("usage: tls_soak REQUESTS [FOLDER]\n", stderr);
        return 2;
    }
    return revenant::http::soak(requests, argc == 3 ? std::optional<std::string>(argv[2]) : std::nullopt);
}
