// session_cache.hpp, ported to Platform: a template on the world that it runs in. WRONG ON PURPOSE, unless
// SESSIONS_MENDED is 1: see there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <revenant/platform.hpp>

#ifndef SESSIONS_MENDED
#define SESSIONS_MENDED 0
#endif

namespace server {

template <class P>
class SessionCache;
template <class P>
class SessionHandle;

/// What the server knows of a user who is there.
template <class P>
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
    friend class SessionCache<P>;
    friend class SessionHandle<P>;

public:
    explicit Session(std::string user) : m_user(std::move(user)) {}

private:
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
    typename P::template strong_count<int> m_users{1};
    typename P::template atomic<std::uint64_t> m_bytes{0, {"bytes"}};
    typename P::template atomic<std::uint64_t> m_requests{0, {"requests"}};
};

/// Holds a session open. Empty, or of one session.
template <class P>
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
    Session<P>* operator->() const { return m_session; }
    Session<P>& operator*() const { return *m_session; }

    void close();

private:
    friend class SessionCache<P>;
    SessionHandle(SessionCache<P>* cache, Session<P>* session) : m_cache(cache), m_session(session) {}

    SessionCache<P>* m_cache = nullptr;
    Session<P>* m_session = nullptr;
};

/// All sessions that somebody holds open, by their users' names. It holds none of them itself.
template <class P>
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
    SessionHandle<P> open(const std::string& user) {
        const revenant::scoped_lock lock(m_mutex);
        auto& entry = m_sessions.write()[user];
        if (entry != nullptr && entry->retain()) {
            ++m_totals.write().found;
            return SessionHandle<P>(this, entry);
        }
        entry = P::template make<Session<P>>("session", user);
        ++m_totals.write().opened;
        return SessionHandle<P>(this, entry);
    }

    /// The user's session if it is open.
    SessionHandle<P> find(const std::string& user) {
        const revenant::scoped_lock lock(m_mutex);
        const auto& sessions = m_sessions.read();
        const auto found = sessions.find(user);
        if (found == sessions.end() || !found->second->retain()) return {};
        ++m_totals.write().found;
        return SessionHandle<P>(this, found->second);
    }

    /// Calls `visit` for each open session, in no order, without holding the lock meanwhile.
    void forEach(const std::function<void(Session<P>&)>& visit) {
        for (auto& session : snapshot()) visit(*session);
    }

    std::size_t size() const {
        const revenant::scoped_lock lock(m_mutex);
        return m_sessions.read().size();
    }

    Totals totals() const {
        const revenant::scoped_lock lock(m_mutex);
        return m_totals.get();
    }

private:
    friend class SessionHandle<P>;

    std::vector<SessionHandle<P>> snapshot() {
        const revenant::scoped_lock lock(m_mutex);
        std::vector<SessionHandle<P>> all;
        const auto& sessions = m_sessions.read();
        all.reserve(sessions.size());
        for (auto& [user, session] : sessions) {
            if (session->retain()) all.push_back(SessionHandle<P>(this, session));
        }
        return all;
    }

    void close(Session<P>* session) {
        if (!session->drop()) return;
        {
            const revenant::scoped_lock lock(m_mutex);
            auto& sessions = m_sessions.write();
            const auto found = sessions.find(session->user());
            // Another may have taken its place.
            if (found != sessions.end() && found->second == session) sessions.erase(found);
            ++m_totals.write().closed;
            m_totals.write().bytes += session->bytes();
        }
        P::destroy(session);
    }

    mutable typename P::mutex m_mutex;
    typename P::template guarded<std::unordered_map<std::string, Session<P>*>> m_sessions;
    typename P::template var<Totals> m_totals;
};

template <class P>
void SessionHandle<P>::close() {
    if (m_session != nullptr) m_cache->close(std::exchange(m_session, nullptr));
}

}  // namespace server
