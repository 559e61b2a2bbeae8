// reply_header: the status line and the fields of an HTTP/1 reply, and the reader that takes them apart.
//
// Purpose: one reader for the reply to CONNECT and for every other. The bytes may come in any pieces: what it
// finds depends on the bytes alone. It does no input of its own, so that it can be fuzzed.
// Thread-safety: none. Lifetime: owns what it has read.
// Errors: a header that is malformed or too long is refused, with one line that says why.
// One use:  header_reader reader; bytes.remove_prefix(reader.feed(bytes)); if (reader.complete()) …
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace revenant {

struct header_field {
    std::string name;
    std::string value;
    friend bool operator==(const header_field&, const header_field&) = default;
};

struct reply_header {
    unsigned minor_version = 1;  ///< 0 or 1, of HTTP/1
    unsigned status = 0;         ///< 100 to 599
    std::string reason = {};
    std::vector<header_field> fields = {};

    /// The value of the first field of this name, in whatever case; null if there is none.
    [[nodiscard]] const std::string* find(std::string_view name) const;
    friend bool operator==(const reply_header&, const reply_header&) = default;
};

struct header_limits {
    std::size_t bytes_max = 16 * 1024;  ///< of the whole header
    std::size_t fields_max = 100;
};

class header_reader {
public:
    explicit header_reader(header_limits limits = {}) : limits_(limits) {}

    /// Takes bytes up to the end of the header, and returns how many: what is left is not the header's.
    [[nodiscard]] std::size_t feed(std::string_view bytes);

    [[nodiscard]] bool complete() const { return state_ == state::complete; }
    [[nodiscard]] bool refused() const { return state_ == state::refused; }
    [[nodiscard]] bool anything_read() const { return bytes_ != 0; }
    [[nodiscard]] const reply_header& header() const { return header_; }
    [[nodiscard]] const std::string& error() const { return error_; }  ///< of a refused one

private:
    enum class state : unsigned char { status_line, fields, complete, refused };

    void refuse(std::string why);
    void end_line();
    void take_status_line();
    void take_field();

    header_limits limits_;
    state state_ = state::status_line;
    std::size_t bytes_ = 0;
    std::string line_;  ///< so far, without its end
    reply_header header_;
    std::string error_;
};

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool equal_names(std::string_view a, std::string_view b);

}  // namespace revenant
