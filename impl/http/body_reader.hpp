// body_reader: the body of an HTTP/1 reply, by the length that the header gives, in chunks, or up to the end
// of the connection.
//
// Purpose: says where a reply ends, so that a connection may serve another. As header_reader, it takes bytes
// in any pieces and does no input of its own. Thread-safety: none. Errors: a body that is malformed or too
// long is refused, with one line. One use:  auto reader = body_reader::of(header, false); reader.feed(bytes);
// if (reader.complete()) …
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <revenant/http/reply_header.hpp>

namespace revenant {

class body_reader {
public:
    static constexpr std::uint64_t size_max = 64 * 1024 * 1024;

    /// `to_head`: the request was HEAD, whose reply has no body whatever its header says.
    [[nodiscard]] static body_reader of(const reply_header& header, bool to_head);

    /// Takes bytes up to the end of the body, and returns how many.
    [[nodiscard]] std::size_t feed(std::string_view bytes);
    /// The connection has ended. Completes a body without a length, and refuses any other that is not whole.
    void end();

    [[nodiscard]] bool complete() const { return state_ == state::complete; }
    [[nodiscard]] bool refused() const { return state_ == state::refused; }
    [[nodiscard]] bool until_end() const { return until_end_; }  ///< only the connection's end ends it
    [[nodiscard]] const std::string& body() const { return body_; }
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    enum class state : unsigned char { data, chunk_size, chunk_end, trailer, complete, refused };

    void refuse(std::string why);
    void take_length(std::string_view value);
    void take_line_byte(char c);
    void end_line();
    void take_chunk_size();

    state state_ = state::complete;
    bool until_end_ = false;
    bool chunked_ = false;
    std::uint64_t left_ = 0;  ///< of the body, or of the chunk
    std::uint64_t trailer_bytes_ = 0;
    std::string line_;
    std::string body_;
    std::string error_;
};

}  // namespace revenant
