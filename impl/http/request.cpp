#include <revenant/http/request.hpp>

#include <algorithm>
#include <string_view>

namespace revenant::http {
namespace {

// What would end a line or a word of the header, and begin one of somebody else's.
bool ends_a_word(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }
bool ends_a_line(char c) { return ends_a_word(c) && c != ' ' && c != '\t'; }

bool is_word(std::string_view text) {
    return !text.empty() && std::none_of(text.begin(), text.end(), ends_a_word);
}

std::optional<std::string> fault_of(const char* what, const endpoint& end) {
    if (!is_word(end.host)) return std::string(what) + ": is empty, or has a blank or a control character";
    if (end.port == 0) return std::string(what) + ": port 0";
    return std::nullopt;
}

std::optional<std::string> fault_of(const char* what, const std::vector<header_field>& fields) {
    for (const auto& field : fields) {
        if (!is_word(field.name) || field.name.find(':') != std::string::npos ||
            std::any_of(field.value.begin(), field.value.end(), ends_a_line)) {
            return std::string(what) + ": a name or a value that would break the header";
        }
    }
    return std::nullopt;
}

}  // namespace

const char* name_of(step at) {
    constexpr const char* names[] = {"configure", "resolve", "connect", "tunnel",
                                     "handshake", "send",    "reply"};
    return names[static_cast<std::size_t>(at)];
}

std::string request_error::line() const { return host + ": " + name_of(step) + ": " + reason; }

std::optional<std::string> fault_of(const request& asked) {
    if (auto fault = fault_of("host", asked.to)) return fault;
    if (asked.proxy) {
        if (auto fault = fault_of("proxy", *asked.proxy)) return fault;
    }
    if (!is_word(asked.method)) return "method: is empty, or has a blank or a control character";
    if (!is_word(asked.path) || asked.path.front() != '/') {
        return "path: does not begin with a slash, or has a blank or a control character";
    }
    if (auto fault = fault_of("fields", asked.fields)) return fault;
    return fault_of("proxy_fields", asked.proxy_fields);
}

}  // namespace revenant::http
