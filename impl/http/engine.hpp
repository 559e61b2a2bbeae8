// engine: the I/O thread of a client, and the exchanges that run on it. Knows nothing of configurations or
// registries: what an exchange needs of them it asks its host.
//
// Thread-safety: `start` and `cancel` from any thread. Hosts are called on the I/O thread alone.
// Lifetime: the end of an engine cancels what runs, and waits for it; every host has then been finished.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <revenant/http/connection.hpp>
#include <revenant/http/request.hpp>
#include <revenant/tls/client_context.hpp>
#include <revenant/tls/result.hpp>

namespace revenant::http {

/// What one exchange asks of the client that began it.
class exchange_host {
public:
    virtual ~exchange_host() = default;
    /// A TLS context of the configuration, as it is now. Behind a proxy it is asked for twice: before
    /// anything is opened, and after the proxy has answered.
    [[nodiscard]] virtual result<client_context> context() = 0;
    /// The name that the configuration gives the peer, or an empty one.
    [[nodiscard]] virtual std::string server_name() const = 0;
    [[nodiscard]] virtual std::optional<connection> pooled() = 0;
    /// Takes the connection over, and returns true; or touches nothing.
    [[nodiscard]] virtual bool keep(connection& idle) = 0;
    /// Called once, last of all, when the connection has been kept or closed.
    virtual void finish(outcome result) = 0;
};

using exchange_id = std::uint64_t;

class engine {
public:
    engine();
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    ~engine();

    exchange_id start(request asked, time_limits limits, std::unique_ptr<exchange_host> host);
    /// Ends the exchange with an error that says so; nothing happens if it is over.
    void cancel(exchange_id id);
    /// Cancels what runs, waits for it, and ends the thread. What is started from now on is cancelled at
    /// once.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace revenant::http
