// connection: a socket that leads to a host, with TLS or without, possibly through a proxy's tunnel. Opaque:
// a client makes it, a pool keeps it.
//
// Thread-safety: none: it belongs to one I/O thread.
// Lifetime: its end closes the socket at once. The orderly close, which is awaited, is the client's.
#pragma once

#include <memory>

namespace revenant::http {

class connection {
public:
    struct state;
    explicit connection(std::unique_ptr<state> opened);
    connection(connection&&) noexcept;
    connection& operator=(connection&&) noexcept;
    ~connection();

    [[nodiscard]] state& get() const { return *state_; }

private:
    std::unique_ptr<state> state_;
};

}  // namespace revenant::http
