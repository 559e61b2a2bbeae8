// Awaiting an operation of Asio without its exception. Internal: it brings Asio.
#pragma once

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <system_error>

namespace revenant::http {

/// The error of the operation that is awaited goes here, and nothing is thrown.
inline auto into(std::error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace revenant::http
