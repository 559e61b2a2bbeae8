// client: an HTTP client with one I/O thread, whose requests carry an interned TLS configuration.
//
// Ownership: one strong reference on the configuration moves along a chain: `fetch` interns and gets it, the
// options of the fetch own it, then the exchange on the I/O thread does; it is dropped in one place, where
// the exchange finishes. Nobody clones it on the way. The pool and the context cache hold references of their
// own. Thread-safety: `fetch`, `submit` and `cancel` from any thread. Callbacks are called on the I/O thread.
// Lifetime: the end of a client cancels what runs and waits for it. The configurations outlive the client.
// Errors: a request_error names the host, the step and the reason.
// One use:  weak_configs<tls_config, std_platform> configs;
//           http::client client(configs);
//           auto answer = client.submit({.to = {"example.test", 443}}, config.clone()).get();
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <revenant/http/connection_pool.hpp>
#include <revenant/http/engine.hpp>
#include <revenant/http/request.hpp>
#include <revenant/tls/client_context.hpp>
#include <revenant/tls/context_cache.hpp>
#include <revenant/tls/tls_config.hpp>

namespace revenant::http {

struct client_options {
    time_limits limits = {};
    connection_pool_limits pool = {};
    context_cache_limits contexts = {};
    /// Without: each context is made anew of the configuration, as in the client of the original crash.
    bool reuse_contexts = true;
    null_guard guard = null_guard::on;
    /// What time it is, since any fixed moment. Called on the I/O thread.
    std::function<std::chrono::milliseconds()> now = [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    };
};

/// Configs is weak_configs or shared_configs (config_registries.hpp), or a wrong one for an experiment.
template <class Configs>
class client {
public:
    using reference = typename Configs::reference;
    using callback = std::function<void(outcome)>;

    explicit client(Configs& configs, client_options options = {})
        : configs_(configs),
          options_(std::move(options)),
          contexts_(options_.contexts),
          pool_(options_.pool) {}
    client(const client&) = delete;
    client& operator=(const client&) = delete;
    ~client() {
        engine_.stop();
        pool_.close();  // its sockets belong to the engine
    }

    /// Interns the configuration, and sends the request. `done` is called once, whatever happens.
    exchange_id fetch(request asked, tls_config config, callback done) {
        fetch_options options{std::move(asked), configs_.intern(std::move(config)), std::move(done)};
        return send(std::move(options));
    }
    /// Without TLS: `asked.tls` is false.
    exchange_id fetch(request asked, callback done) {
        asked.tls = false;
        return send({std::move(asked), reference{}, std::move(done)});
    }
    /// The same with a future, which is not to be waited for on the I/O thread.
    [[nodiscard]] std::future<outcome> submit(request asked, tls_config config) {
        auto promise = std::make_shared<std::promise<outcome>>();
        auto answer = promise->get_future();
        fetch(std::move(asked), std::move(config),
              [promise](outcome result) { promise->set_value(std::move(result)); });
        return answer;
    }

    /// The request ends with an error that says so, unless it is over.
    void cancel(exchange_id id) { engine_.cancel(id); }

    [[nodiscard]] std::size_t pooled() { return pool_.size(); }
    [[nodiscard]] std::size_t cached() { return contexts_.size(); }
    /// Closes idle connections and drops cached contexts, and with them their references.
    void forget() {
        pool_.clear();
        contexts_.clear();
    }

private:
    using pool_type = connection_pool<reference, connection, typename Configs::platform>;
    using cache_type = context_cache<reference, client_context, typename Configs::platform>;

    struct fetch_options {
        request asked;
        reference config;
        callback done;
    };

    class task final : public exchange_host {
    public:
        task(client& owner, endpoint to, reference config, callback done)
            : owner_(owner), to_(std::move(to)), config_(std::move(config)), done_(std::move(done)) {}

        [[nodiscard]] result<client_context> context() override {
            if (!owner_.options_.reuse_contexts) return make();
            std::optional<error_line> error;
            client_context found = owner_.contexts_.find_or_make(config_, owner_.options_.now(), [&] {
                auto made = make();
                if (made) return std::move(made).value();
                error = error_line{made.error()};
                return client_context{};
            });
            if (error) return *error;
            return found;
        }
        [[nodiscard]] std::string server_name() const override {
            return std::string(config_->content().settings().server_name.view());
        }
        [[nodiscard]] std::optional<connection> pooled() override {
            return owner_.pool_.take(to_, config_, owner_.options_.now());
        }
        [[nodiscard]] bool keep(connection& idle) override {
            return owner_.pool_.release(to_, config_, idle, owner_.options_.now());
        }
        void finish(outcome result) override {
            config_.reset();  // the one place where the chain lets go
            done_(std::move(result));
        }

    private:
        result<client_context> make() const {
            return client_context::make(config_->content(), owner_.options_.guard);
        }

        client& owner_;
        endpoint to_;
        reference config_;
        callback done_;
    };

    exchange_id send(fetch_options options) {
        endpoint to = options.asked.to;
        if (options.asked.proxy)
            to.proxy = options.asked.proxy->host + ':' + std::to_string(options.asked.proxy->port);
        auto host =
            std::make_unique<task>(*this, std::move(to), std::move(options.config), std::move(options.done));
        return engine_.start(std::move(options.asked), options_.limits, std::move(host));
    }

    Configs& configs_;
    client_options options_;
    cache_type contexts_;
    pool_type pool_;
    engine engine_;
};

}  // namespace revenant::http
