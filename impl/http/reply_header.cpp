#include <revenant/http/reply_header.hpp>

#include <algorithm>

namespace revenant {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

// RFC 9110, 5.6.2: what a field's name is made of.
bool is_token(char c) {
    return is_digit(c) || is_letter(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_text(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

bool equal_names(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* reply_header::find(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const header_field& field) { return equal_names(field.name, name); });
    return found == fields.end() ? nullptr : &found->value;
}

std::size_t header_reader::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && !complete() && !refused()) {
        if (bytes_ == limits_.bytes_max) {
            refuse("the header has more than " + std::to_string(limits_.bytes_max) + " bytes");
            break;
        }
        const char c = bytes[taken++];
        ++bytes_;
        if (c == '\n') {
            end_line();
        } else if (!line_.empty() && line_.back() == '\r') {
            refuse("a CR without LF in the header");
        } else if (c != '\r' && !is_text(c)) {
            refuse("a control character in the header");
        } else {
            line_ += c;
        }
    }
    return taken;
}

void header_reader::refuse(std::string why) {
    state_ = state::refused;
    error_ = std::move(why);
}

void header_reader::end_line() {
    if (line_.empty() || line_.back() != '\r') return refuse("a line of the header ends without CR");
    line_.pop_back();
    if (state_ == state::status_line) {
        take_status_line();
    } else if (line_.empty()) {
        state_ = state::complete;
    } else {
        take_field();
    }
    line_.clear();
}

// HTTP/1.1 200 Connection established
void header_reader::take_status_line() {
    const std::string_view line = line_;
    constexpr std::string_view version = "HTTP/1.";
    constexpr std::size_t code = version.size() + 2;
    const bool well_formed = line.size() >= code + 3 && line.substr(0, version.size()) == version &&
                             (line[code - 2] == '0' || line[code - 2] == '1') && line[code - 1] == ' ' &&
                             std::all_of(line.begin() + code, line.begin() + code + 3, is_digit) &&
                             (line.size() == code + 3 || line[code + 3] == ' ');
    if (!well_formed) return refuse("the reply does not begin with a status line of HTTP/1");
    header_.minor_version = line[code - 2] == '0' ? 0 : 1;
    for (const char c : line.substr(code, 3))
        header_.status = header_.status * 10 + static_cast<unsigned>(c - '0');
    if (header_.status < 100 || header_.status > 599) return refuse("the status is not in 100 to 599");
    header_.reason = without_blanks(line.substr(code + 3));
    state_ = state::fields;
}

void header_reader::take_field() {
    const std::string_view line = line_;
    const auto colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos ||
        !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), is_token)) {
        return refuse("a line of the header is no field");
    }
    if (header_.fields.size() == limits_.fields_max) {
        return refuse("the header has more than " + std::to_string(limits_.fields_max) + " fields");
    }
    header_.fields.push_back(
        {std::string(line.substr(0, colon)), std::string(without_blanks(line.substr(colon + 1)))});
}

}  // namespace revenant
