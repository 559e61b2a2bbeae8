// An object that a list knows by its address takes itself out in its destructor: too late. WRONG ON PURPOSE:
// the list of plain pointers.
#include <algorithm>
#include <memory>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

namespace {

class Session;

struct PlainList {
    std::mutex mutex;
    std::vector<Session*> sessions;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    explicit Session(PlainList& list) : list_(list) {
        const std::lock_guard guard(list_.mutex);
        list_.sessions.push_back(this);
    }
    ~Session() {
        const std::lock_guard guard(list_.mutex);
        std::erase(list_.sessions, this);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    int value = 7;

private:
    PlainList& list_;
};

struct Listener : std::enable_shared_from_this<Listener> {
    int value = 7;
};

struct WeakList {
    std::mutex mutex;
    std::vector<std::weak_ptr<Listener>> listeners;
};

}  // namespace

REVENANT_EXPLORE("shared_from_this of an object that is being destroyed") {
    PlainList list;
    auto session = std::make_shared<Session>(list);
    std::thread other([&] {
        std::shared_ptr<Session> found;
        {
            const std::lock_guard guard(list.mutex);
            if (!list.sessions.empty()) found = list.sessions.front()->shared_from_this();
        }
        if (found) REVENANT_ENSURE(found->value == 7);
    });
    session.reset();
    other.join();
}

REVENANT_EXPLORE("a plain pointer to an object that is being destroyed") {
    PlainList list;
    auto session = std::make_shared<Session>(list);
    std::thread other([&] {
        Session* found = nullptr;
        {
            const std::lock_guard guard(list.mutex);
            if (!list.sessions.empty()) found = list.sessions.front();
        }
        if (found != nullptr) REVENANT_ENSURE(found->value == 7);
    });
    session.reset();
    other.join();
}

REVENANT_EXPLORE("a list of weak pointers: right") {
    WeakList list;
    auto listener = std::make_shared<Listener>();
    list.listeners.push_back(listener->weak_from_this());
    std::thread other([&] {
        std::shared_ptr<Listener> found;
        {
            const std::lock_guard guard(list.mutex);
            found = list.listeners.front().lock();
        }
        if (found) REVENANT_ENSURE(found->value == 7);
    });
    listener.reset();
    other.join();
}
