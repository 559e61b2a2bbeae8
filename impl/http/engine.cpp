#include <revenant/http/engine.hpp>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <atomic>
#include <map>
#include <thread>
#include <utility>

#include <revenant/http/exchange.hpp>

namespace revenant::http {

class engine::implementation {
public:
    implementation() : work_(io_.get_executor()), thread_([this] { io_.run(); }) {}
    ~implementation() { stop(); }

    exchange_id start(request asked, time_limits limits, std::unique_ptr<exchange_host> host) {
        // Order: relaxed. Partner: none; only the number matters. Crosses: nothing. Weaker: there is none.
        const exchange_id id = last_id_.fetch_add(1, std::memory_order_relaxed) + 1;
        auto begun = std::make_shared<exchange>(io_, std::move(asked), limits, std::move(host));
        asio::post(io_, [this, id, begun = std::move(begun)] { begin(id, begun); });
        return id;
    }

    void cancel(exchange_id id) {
        asio::post(io_, [this, id] {
            if (const auto found = running_.find(id); found != running_.end()) found->second->cancel();
        });
    }

    void stop() {
        asio::post(io_, [this] {
            stopping_ = true;
            for (const auto& [id, running] : running_) running->cancel();
            work_.reset();
        });
        if (thread_.joinable()) thread_.join();
    }

private:
    void begin(exchange_id id, const std::shared_ptr<exchange>& begun) {
        running_.emplace(id, begun);
        if (stopping_) begun->cancel();
        asio::co_spawn(io_, run(id, begun), asio::detached);
    }

    asio::awaitable<void> run(exchange_id id, std::shared_ptr<exchange> begun) {
        co_await begun->run();
        running_.erase(id);
    }

    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::atomic<exchange_id> last_id_{0};
    bool stopping_ = false;                                     // the I/O thread's, as are those that run
    std::map<exchange_id, std::shared_ptr<exchange>> running_;  // in the order of their start
    std::thread thread_;
};

engine::engine() : implementation_(std::make_unique<implementation>()) {}
engine::~engine() = default;

exchange_id engine::start(request asked, time_limits limits, std::unique_ptr<exchange_host> host) {
    return implementation_->start(std::move(asked), limits, std::move(host));
}
void engine::cancel(exchange_id id) { implementation_->cancel(id); }
void engine::stop() { implementation_->stop(); }

}  // namespace revenant::http
