// Sessions of a server's users, shared by its worker threads and counted by hand. Written as its authors
// write, who know nothing of revenant. WRONG ON PURPOSE, unless SESSIONS_MENDED is 1: `open` hands out a
// session whose last user has just closed it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#ifndef SESSIONS_MENDED
#define SESSIONS_MENDED 0
#endif

namespace server {

class SessionCache;

/// What the server knows of a user who is there.
class Session {
public:
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const std::string& user() const { return m_user; }

    /// Adds to what the user has sent. Any thread that has the session may.
    void addTraffic(std::uint64_t bytes) {
        m_bytes.fetch_add(bytes, std::memory_order_relaxed);
        m_requests.fetch_add(1, std::memory_order_relaxed);
    }
    std::uint64_t bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    std::uint64_t requests() const { return m_requests.load(std::memory_order_relaxed); }

private:
    friend class SessionCache;
    friend class SessionHandle;

    explicit Session(std::string user) : m_user(std::move(user)) {}

#if SESSIONS_MENDED
    /// False if the last user is gone: whoever it was deletes the session.
    bool retain() {
        auto users = m_users.load(std::memory_order_relaxed);
        while (users != 0) {
            if (m_users.compare_exchange_weak(users, users + 1, std::memory_order_relaxed)) return true;
        }
        return false;
    }
#else
    bool retain() {
        m_users.fetch_add(1, std::memory_order_relaxed);
        return true;
    }
#endif
    /// True if this was the last user.
    bool drop() { return m_users.fetch_sub(1, std::memory_order_acq_rel) == 1; }

    const std::string m_user;
    std::atomic<int> m_users{1};
    std::atomic<std::uint64_t> m_bytes{0};
    std::atomic<std::uint64_t> m_requests{0};
};

/// Holds a session open. Empty, or of one session.
class SessionHandle {
public:
    SessionHandle() = default;
    SessionHandle(SessionHandle&& other) noexcept
        : m_cache(other.m_cache), m_session(std::exchange(other.m_session, nullptr)) {}
    SessionHandle& operator=(SessionHandle&& other) noexcept {
        if (this != &other) {
            close();
            m_cache = other.m_cache;
            m_session = std::exchange(other.m_session, nullptr);
        }
        return *this;
    }
    ~SessionHandle() { close(); }

    explicit operator bool() const { return m_session != nullptr; }
    Session* operator->() const { return m_session; }
    Session& operator*() const { return *m_session; }

    void close();

private:
    friend class SessionCache;
    SessionHandle(SessionCache* cache, Session* session) : m_cache(cache), m_session(session) {}

    SessionCache* m_cache = nullptr;
    Session* m_session = nullptr;
};

/// All sessions that somebody holds open, by their users' names. It holds none of them itself.
class SessionCache {
public:
    struct Totals {
        std::size_t opened = 0;
        std::size_t found = 0;
        std::size_t closed = 0;
        std::uint64_t bytes = 0;  ///< of sessions that are closed
    };

    SessionCache() = default;
    SessionCache(const SessionCache&) = delete;
    SessionCache& operator=(const SessionCache&) = delete;

    /// The user's session: the one that is open, or a new one.
    SessionHandle open(const std::string& user) {
        const std::lock_guard<std::mutex> lock(m_mutex);
        auto& entry = m_sessions[user];
        if (entry != nullptr && entry->retain()) {
            ++m_totals.found;
            return SessionHandle(this, entry);
        }
        entry = new Session(user);
        ++m_totals.opened;
        return SessionHandle(this, entry);
    }

    /// The user's session if it is open.
    SessionHandle find(const std::string& user) {
        const std::lock_guard<std::mutex> lock(m_mutex);
        const auto found = m_sessions.find(user);
        if (found == m_sessions.end() || !found->second->retain()) return {};
        ++m_totals.found;
        return SessionHandle(this, found->second);
    }

    /// Calls `visit` for each open session, in no order, without holding the lock meanwhile.
    void forEach(const std::function<void(Session&)>& visit) {
        for (auto& session : snapshot()) visit(*session);
    }

    std::size_t size() const {
        const std::lock_guard<std::mutex> lock(m_mutex);
        return m_sessions.size();
    }

    Totals totals() const {
        const std::lock_guard<std::mutex> lock(m_mutex);
        return m_totals;
    }

private:
    friend class SessionHandle;

    std::vector<SessionHandle> snapshot() {
        const std::lock_guard<std::mutex> lock(m_mutex);
        std::vector<SessionHandle> all;
        all.reserve(m_sessions.size());
        for (auto& [user, session] : m_sessions) {
            if (session->retain()) all.push_back(SessionHandle(this, session));
        }
        return all;
    }

    void close(Session* session) {
        if (!session->drop()) return;
        {
            const std::lock_guard<std::mutex> lock(m_mutex);
            const auto found = m_sessions.find(session->user());
            // Another may have taken its place.
            if (found != m_sessions.end() && found->second == session) m_sessions.erase(found);
            ++m_totals.closed;
            m_totals.bytes += session->bytes();
        }
        delete session;
    }

    mutable std::mutex m_mutex;
    std::unordered_map<std::string, Session*> m_sessions;
    Totals m_totals;
};

inline void SessionHandle::close() {
    if (m_session != nullptr) m_cache->close(std::exchange(m_session, nullptr));
}

}  // namespace server
