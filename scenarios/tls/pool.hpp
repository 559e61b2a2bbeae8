// The scenario of the connection pool: what each thread does. The pool is that of impl/http, the
// configurations those of impl/tls; a connection is an object that is opened and closed.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include <revenant/http/connection_pool.hpp>
#include "scenarios/calls.hpp"
#include "scenarios/tls/settings.hpp"

namespace revenant::scenarios {

/// A socket with TLS on it. To close it reads the configuration that it was opened with.
template <class P, class Config>
class Connection {
    struct Socket {
        explicit Socket(const Config& opened_with) : config(opened_with) {}
        const Config& config;
        typename P::template var<int> requests{0, {"requests"}};
    };

public:
    explicit Connection(const Config& config) : socket_(P::template make<Socket>("connection", config)) {}
    Connection(Connection&& other) noexcept : socket_(std::exchange(other.socket_, nullptr)) {}
    Connection& operator=(Connection&& other) noexcept {
        Connection taken(std::move(other));
        std::swap(socket_, taken.socket_);
        return *this;
    }
    ~Connection() {
        if (socket_ == nullptr) return;
        reads(socket_->config.content().key());
        P::destroy(socket_);
    }

    void use() { socket_->requests.set(socket_->requests.get() + 1); }

    /// Between two calls a connection is a leaked pointer, like a reference.
    using Leaked = Socket*;
    static Connection adopt(Leaked leaked) { return Connection(leaked); }
    [[nodiscard]] Leaked leak() { return std::exchange(socket_, nullptr); }

private:
    explicit Connection(Leaked leaked) : socket_(leaked) {}

    Socket* socket_;
};

/// As CacheSubject.
template <class P_, class Configs_, class Key_ = typename Configs_::reference,
          template <class, class, class> class PoolOf = connection_pool>
struct PoolSubject {
    using P = P_;
    using Configs = Configs_;
    using Key = Key_;
    using Link = Connection<P, typename Configs::config>;
    using Pool = PoolOf<Key, Link, P>;
};

/// pool/release_vs_reuse: T1 has a reply and gives its connection back, for another request or to be closed.
/// The others look for one, use it, and close the pool.
template <class Subject>
class ReleaseVsReuse final : public TlsProgram<typename Subject::P, typename Subject::Configs> {
    using Base = TlsProgram<typename Subject::P, typename Subject::Configs>;
    using P = typename Base::P;
    using Reference = typename Base::Reference;
    using Link = typename Subject::Link;
    static constexpr std::chrono::milliseconds now{0};

public:
    using Base::Base;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override {
        Base::setup();
        pool_ = P::template make<typename Subject::Pool>("pool");
        Reference config = this->intern(first_config);
        connection_ = Link(*config).leak();
        for (unsigned i = 1; i < this->threads_; ++i) held_[i] = config.clone().leak();
        held_[0] = config.leak();
    }
    void thread(unsigned index) override {
        auto config = Reference::adopt(held_[index]);
        if (index == 0) return give_back(std::move(config));
        reuse(std::move(config));
        calls<P>("close");
        pool_->close();
    }
    void teardown() override {
        P::destroy(pool_);
        Base::teardown();
    }

private:
    void give_back(Reference config) {
        auto connection = Link::adopt(connection_);
        calls<P>("use");
        connection.use();
        calls<P>("give_back");
        if (!pool_->release(backend(), key(config), connection, now)) {
            const auto closed = std::move(connection);
        }
        calls<P>("read");
        reads(config->content().key());  // to say in a log where the reply came from
        calls<P>("release");
    }
    void reuse(Reference config) {
        calls<P>("take");
        auto connection = pool_->take(backend(), key(config), now);
        if (!connection) return;
        calls<P>("use");
        connection->use();
    }

    static endpoint backend() { return {"backend", 443}; }
    static decltype(auto) key(const Reference& config) { return key_of<typename Subject::Key>(config); }

    typename Subject::Pool* pool_ = nullptr;
    typename Link::Leaked connection_ = nullptr;
    std::array<typename Base::Leaked, model::program_threads_max> held_{};
};

}  // namespace revenant::scenarios
