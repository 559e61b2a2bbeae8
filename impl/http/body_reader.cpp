#include <revenant/http/body_reader.hpp>

#include <algorithm>
#include <charconv>

namespace revenant {
namespace {

constexpr std::size_t line_max = 1024;
constexpr std::uint64_t trailer_max = 16 * 1024;

bool has_no_body(const reply_header& header) {
    return header.status < 200 || header.status == 204 || header.status == 304;
}

}  // namespace

body_reader body_reader::of(const reply_header& header, bool to_head) {
    body_reader reader;
    if (to_head || has_no_body(header)) return reader;
    const std::string* const coding = header.find("transfer-encoding");
    const std::string* const length = header.find("content-length");
    if (coding != nullptr && length != nullptr) {
        reader.refuse("the header gives both a length and a coding");  // a way to smuggle: RFC 9112, 6.1
    } else if (coding != nullptr && !equal_names(*coding, "chunked")) {
        reader.refuse("the body's coding is not chunked");
    } else if (coding != nullptr) {
        reader.state_ = state::chunk_size;
        reader.chunked_ = true;
    } else if (length != nullptr) {
        reader.take_length(*length);
    } else {
        reader.state_ = state::data;
        reader.until_end_ = true;
        reader.left_ = size_max;
    }
    return reader;
}

void body_reader::take_length(std::string_view value) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), left_);
    if (error != std::errc() || end != value.data() + value.size()) return refuse("the length is no number");
    if (left_ > size_max) return refuse("the body has more than " + std::to_string(size_max) + " bytes");
    state_ = left_ == 0 ? state::complete : state::data;
}

std::size_t body_reader::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && !complete() && !refused()) {
        if (state_ != state::data) {
            take_line_byte(bytes[taken++]);
            continue;
        }
        if (left_ == 0) {  // only a body up to the end comes to this
            refuse("the body has more than " + std::to_string(size_max) + " bytes");
            break;
        }
        const auto part =
            bytes.substr(taken, static_cast<std::size_t>(std::min<std::uint64_t>(left_, size_max)));
        body_ += part;
        taken += part.size();
        left_ -= part.size();
        if (left_ == 0 && !until_end_) state_ = chunked_ ? state::chunk_end : state::complete;
    }
    return taken;
}

void body_reader::end() {
    if (complete() || refused()) return;
    if (until_end_) {
        state_ = state::complete;
    } else {
        refuse("the connection ended within the body");
    }
}

void body_reader::refuse(std::string why) {
    state_ = state::refused;
    error_ = std::move(why);
}

void body_reader::take_line_byte(char c) {
    if (c == '\n') return end_line();
    if (line_.size() == line_max) return refuse("a line between chunks is too long");
    if (state_ == state::trailer && ++trailer_bytes_ > trailer_max) return refuse("the trailer is too long");
    line_ += c;
}

void body_reader::end_line() {
    if (line_.empty() || line_.back() != '\r') return refuse("a line between chunks ends without CR");
    line_.pop_back();
    if (state_ == state::chunk_size) {
        take_chunk_size();
    } else if (state_ == state::chunk_end) {
        if (!line_.empty()) return refuse("a chunk is longer than its size says");
        state_ = state::chunk_size;
    } else if (line_.empty()) {
        state_ = state::complete;
    }
    line_.clear();
}

void body_reader::take_chunk_size() {
    const std::string_view digits = std::string_view(line_).substr(0, line_.find_first_of("; \t"));
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return refuse("a chunk's size is no number");
    }
    if (left_ > size_max - body_.size()) {
        return refuse("the body has more than " + std::to_string(size_max) + " bytes");
    }
    state_ = left_ == 0 ? state::trailer : state::data;
}

}  // namespace revenant
