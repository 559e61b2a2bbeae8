#include <revenant/http/exchange.hpp>

#include <asio/connect.hpp>

#include <utility>

#include <revenant/http/connect_tunnel.hpp>
#include <revenant/http/into.hpp>

namespace revenant::http {
namespace {

bool leaves_open(const reply_header& header) {
    const std::string* const wish = header.find("connection");
    if (header.minor_version == 0) return wish != nullptr && equal_names(*wish, "keep-alive");
    return wish == nullptr || !equal_names(*wish, "close");
}

}  // namespace

std::string request_text(const request& asked) {
    std::string text =
        asked.method + ' ' + asked.path + " HTTP/1.1\r\nHost: " + authority_of(asked.to) + "\r\n";
    if (!asked.keep_alive) text += "Connection: close\r\n";
    for (const auto& field : asked.fields) text += field.name + ": " + field.value + "\r\n";
    if (!asked.body.empty()) text += "Content-Length: " + std::to_string(asked.body.size()) + "\r\n";
    return text + "\r\n" + asked.body;
}

exchange::exchange(asio::io_context& io, request asked, time_limits limits,
                   std::unique_ptr<exchange_host> host)
    : io_(io), asked_(std::move(asked)), limits_(limits), host_(std::move(host)), resolver_(io), timer_(io) {}

asio::awaitable<void> exchange::run() {
    const auto self = shared_from_this();  // until the last line
    std::optional<outcome> result;
    try {
        result = co_await perform();
    } catch (const failure& f) {
        result = error_of(f.reason);
    } catch (const std::exception& e) {
        result = error_of(e.what());
    }
    stop_timer();
    co_await release_connection();
    stop_timer();
    host_->finish(std::move(*result));
    host_.reset();
}

asio::awaitable<reply> exchange::perform() {
    if (auto fault = fault_of(asked_)) throw failed(*fault);
    if (cancelled_) throw failed("");
    if (asked_.keep_alive) connection_ = host_->pooled();
    if (connection_ && !connection_->get().ended_by_peer()) {
        auto answer = co_await on_pooled();
        if (answer) co_return std::move(*answer);
    }
    connection_.reset();
    co_return co_await on_new();
}

// The peer may have ended the connection while the request was on its way.
asio::awaitable<std::optional<reply>> exchange::on_pooled() {
    try {
        co_await send();
        auto answer = co_await receive();
        co_return answer;
    } catch (const failure&) {
        if (reply_begun_ || timed_out_ || cancelled_) throw;
    }
    co_return std::nullopt;
}

asio::awaitable<reply> exchange::on_new() {
    step_ = step::configure;
    client_context first;
    if (asked_.tls) {
        // Behind a proxy this one is not used: but a bad configuration opens no connection.
        auto made = host_->context();
        if (!made) throw failed(made.error());
        first = std::move(made).value();
    }
    co_await connect(asked_.proxy ? *asked_.proxy : asked_.to);
    if (asked_.proxy) {
        enter(step::tunnel, limits_.handshake);
        const auto fault = co_await connect_tunnel(connection_->get().socket(), asked_);
        if (fault) throw failed(*fault);
    }
    if (asked_.tls) co_await open_tls(first);
    co_await send();
    co_return co_await receive();
}

asio::awaitable<void> exchange::connect(const endpoint& end) {
    enter(step::resolve, limits_.connect);
    std::error_code error;
    const auto found = co_await resolver_.async_resolve(end.host, std::to_string(end.port), into(error));
    check(error);
    enter(step::connect, limits_.connect);
    connection_.emplace(std::make_unique<connection::state>(asio::ip::tcp::socket(io_)));
    auto& socket = connection_->get().plain;
    co_await asio::async_connect(socket, found, into(error));
    check(error);
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    check(error);
}

asio::awaitable<void> exchange::open_tls(const client_context& first) {
    enter(step::handshake, limits_.handshake);
    client_context second;
    if (asked_.proxy) {
        auto made = host_->context();
        if (!made) throw failed(made.error());
        second = std::move(made).value();
    }
    std::string name = host_->server_name();
    if (name.empty()) name = asked_.to.host;
    const auto fault = co_await connection_->get().handshake(second ? second : first, std::move(name));
    if (fault) throw failed(*fault);
    check({});
}

asio::awaitable<void> exchange::send() {
    enter(step::send, limits_.reply);
    const std::string text = request_text(asked_);
    std::error_code error;
    co_await connection_->get().write(text, error);
    check(error);
}

asio::awaitable<std::string_view> exchange::read_piece() {
    std::error_code error;
    const std::size_t read = co_await connection_->get().read_some(piece_.data(), piece_.size(), error);
    check(error);
    reply_begun_ = reply_begun_ || read > 0;
    co_return std::string_view(piece_.data(), read);
}

asio::awaitable<reply> exchange::receive() {
    enter(step::reply, limits_.reply);
    std::string_view left;
    header_reader head;
    while (!head.complete()) {
        if (left.empty()) left = co_await read_piece();
        if (left.empty()) {
            throw failed(reply_begun_ ? "the peer closed the connection within the header"
                                      : "the peer closed the connection without a reply");
        }
        left.remove_prefix(head.feed(left));
        if (head.refused()) throw failed(head.error());
        if (head.complete() && head.header().status < 200) head = header_reader();  // the real one follows
    }
    auto body = body_reader::of(head.header(), asked_.method == "HEAD");
    while (!body.complete() && !body.refused()) {
        if (left.empty()) left = co_await read_piece();
        if (left.empty()) body.end();
        left.remove_prefix(body.feed(left));
    }
    if (body.refused()) throw failed(body.error());
    may_keep_ = asked_.keep_alive && left.empty() && !body.until_end() && leaves_open(head.header());
    co_return reply{head.header(), body.body()};
}

asio::awaitable<void> exchange::release_connection() {
    if (!connection_) co_return;
    if (!may_keep_ || cancelled_ || !host_->keep(*connection_)) {
        // A peer that does not say good-bye is not waited for longer than this.
        start_timer(limits_.close);
        co_await connection_->get().close();
    }
    connection_.reset();
}

void exchange::enter(step next, std::chrono::milliseconds limit) {
    step_ = next;
    if (cancelled_) throw failed("");
    start_timer(limit);
}

void exchange::start_timer(std::chrono::milliseconds limit) {
    timer_.expires_after(limit);
    timer_.async_wait([self = shared_from_this(), wait = ++waits_](const std::error_code& error) {
        if (error || wait != self->waits_) return;
        self->timed_out_ = true;
        self->close_at_once();
    });
}

void exchange::stop_timer() {
    ++waits_;
    timer_.cancel();
}

void exchange::check(const std::error_code& error) const {
    if (error || timed_out_ || cancelled_) throw failed(error.message());
}

exchange::failure exchange::failed(const std::string& reason) const {
    if (cancelled_) return {"cancelled"};
    if (timed_out_) return {"timed out"};
    return {reason};
}

request_error exchange::error_of(const std::string& reason) const {
    const bool at_the_proxy = asked_.proxy && (step_ == step::resolve || step_ == step::connect);
    const std::string host = at_the_proxy ? "proxy " + authority_of(*asked_.proxy) : authority_of(asked_.to);
    return {host, step_, reason, cancelled_};
}

void exchange::cancel() {
    cancelled_ = true;
    close_at_once();
}

void exchange::close_at_once() {
    resolver_.cancel();
    std::error_code ignored;
    if (connection_) connection_->get().socket().close(ignored);
}

}  // namespace revenant::http
