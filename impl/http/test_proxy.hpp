// test_proxy: a CONNECT proxy on loopback that does wrong what it is asked to. Tests only; not installed.
//
// The field `x-fault` of a CONNECT says what: one word, and for some a number.
//   cut N       the first N bytes of the reply's header, then the end
//   pieces      the header byte by byte
//   delay N     N milliseconds before the reply
//   stall       no reply at all
//   reset       a reset instead of the reply
//   half-close  the end of its own direction instead of the reply, while it reads on
//   garbage     a line that is no HTTP
//   oversized   a header that does not end
//   refuse      502
//   early       the header and a reply of its own behind it, in one write
//   hold        the reply once what the test gave the proxy to do is done
//   break N     a tunnel that ends after N bytes of the backend's
//   break-reset N   the same with a reset
#pragma once

#include <functional>
#include <string>

#include "impl/http/test_io.hpp"

namespace revenant::http {

class test_proxy {
public:
    /// `before_reply` is called for a CONNECT with the fault `hold`, on the proxy's thread.
    explicit test_proxy(std::function<void()> before_reply = {});
    [[nodiscard]] std::uint16_t port() const { return listener_.port(); }
    [[nodiscard]] int accepted() const { return listener_.accepted(); }

    static constexpr const char* established = "HTTP/1.1 200 Connection established\r\nvia: test\r\n\r\n";

private:
    test_listener listener_;
};

}  // namespace revenant::http
