// connection_pool: connections kept open between requests, found again by host, port and the address of the
// interned TLS configuration that they were opened with.
//
// Purpose: a request that finds a connection here needs no connect and no handshake. The key compares the
// configuration's address and never its contents, which is safe only because an entry holds a strong
// reference from `release` until its connection is taken or closed: see context_cache.hpp.
// Ownership: `release` borrows the caller's reference. It clones only if it really keeps the connection; on
// every path that does not, the reference and the connection stay the caller's, who closes it.
// Thread-safety: all members from any thread.
// Lifetime: the registry must outlive the pool, or `close` must come first. Connections and references are
// disposed of once the mutex is free.
// Time: as in context_cache.hpp, the caller says what time it is.
// One use:  if (!pool.release({host, port}, config, connection, now)) close(std::move(connection));
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include <revenant/platform.hpp>

namespace revenant {

struct connection_pool_limits {
    std::size_t entries_max = 64;
    std::chrono::milliseconds idle_max = std::chrono::minutes{5};  ///< since its release
};

/// Where a connection leads, and through which proxy: the host is the one that a tunnel ends at.
struct endpoint {
    std::string host;
    std::uint16_t port = 0;
    std::string proxy = {};  ///< `host:port`, or empty
    friend bool operator==(const endpoint&, const endpoint&) = default;
};

/// Ref is ref_ptr<T> or shared_ptr<T, P>; a null one stands for connections without TLS. Connection can be
/// moved, and closes when it is destroyed.
template <class Ref, class Connection, class P>
class connection_pool {
public:
    using source = std::source_location;
    using time = std::chrono::milliseconds;

    explicit connection_pool(connection_pool_limits limits = {}) : limits_(limits) {}
    connection_pool(const connection_pool&) = delete;
    connection_pool& operator=(const connection_pool&) = delete;

    /// The connection to this end with this very configuration that was released last, or none. The entry's
    /// reference is dropped: whoever asks has one. Closes what has been idle for too long.
    [[nodiscard]] std::optional<Connection> take(const endpoint& to, const Ref& config, time now,
                                                 source where = source::current()) {
        std::vector<entry> closed;  // outlives the lock
        const scoped_lock lock(mutex_, where);
        close_idle(now, closed);
        const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&](const entry& candidate) {
            return candidate.config.get() == config.get() && candidate.to == to;
        });
        if (found == entries_.rend()) return std::nullopt;
        closed.push_back(std::move(*found));
        entries_.erase(std::next(found).base());
        return std::move(closed.back().connection);
    }

    /// Keeps the connection for another request, and returns true: `connection` is moved from, `config` was
    /// cloned. False if the pool is full or closed: then nothing was touched.
    [[nodiscard]] bool release(const endpoint& to, const Ref& config, Connection& connection, time now,
                               source where = source::current()) {
        std::vector<entry> closed;
        const scoped_lock lock(mutex_, where);
        close_idle(now, closed);
        if (closed_ || entries_.size() >= limits_.entries_max) return false;
        entries_.push_back({to, config.clone(where), std::move(connection), now_});
        return true;
    }

    /// Closes every connection.
    void clear(source where = source::current()) { empty(false, where); }
    /// The same, and from now on `release` keeps none.
    void close(source where = source::current()) { empty(true, where); }

    /// The number of connections; takes the mutex.
    [[nodiscard]] std::size_t size(source where = source::current()) {
        const scoped_lock lock(mutex_, where);
        guard_.reading(where);
        return entries_.size();
    }

protected:
    struct entry {
        endpoint to;
        Ref config;  // outlives the connection that was opened with it
        Connection connection;
        time released;
    };

    void empty(bool for_good, source where) {
        std::vector<entry> closed;
        const scoped_lock lock(mutex_, where);
        guard_.writing(where);
        closed_ = closed_ || for_good;
        closed.swap(entries_);
    }

    /// Begins every call that looks for an entry or adds one, and so changes the pool, if only its time.
    void close_idle(time now, std::vector<entry>& closed) {
        guard_.writing();
        now_ = std::max(now_, now);
        while (!entries_.empty() && now_ - entries_.front().released > limits_.idle_max) {
            closed.push_back(std::move(entries_.front()));
            entries_.erase(entries_.begin());
        }
    }

    const connection_pool_limits limits_;
    typename P::mutex mutex_{cell_name{"mutex"}};
    [[no_unique_address]] typename P::plain_data guard_{cell_name{"connections"}};
    bool closed_ = false;
    time now_{0};                 // the latest that anybody has said
    std::vector<entry> entries_;  // in the order of their release
};

}  // namespace revenant
