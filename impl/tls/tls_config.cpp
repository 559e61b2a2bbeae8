#include <revenant/tls/tls_config.hpp>

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace revenant {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Faults that any text may have. A PEM text has lines; nothing else has control characters.
std::optional<std::string> fault_of(const secret_text& text, bool has_lines) {
    if (text.missing()) return std::nullopt;
    if (text.view().empty()) return "is empty; leave it out instead";
    if (text.view().find('\0') != std::string_view::npos) return "has a NUL character";
    if (!has_lines && std::any_of(text.view().begin(), text.view().end(), is_control)) {
        return "has a control character";
    }
    return std::nullopt;
}

bool has_lines(std::string_view field) { return field == "keys" || field == "chains" || field == "cas"; }

void find_fault(std::string& line, std::string_view field, const secret_text& text) {
    if (const auto fault = fault_of(text, has_lines(field)); fault && line.empty()) {
        line = std::string(field) + ": " + *fault;
    }
}
void find_fault(std::string& line, std::string_view field, const secret_list& texts) {
    for (std::size_t i = 0; i < texts.size() && line.empty(); ++i) {
        const std::string item = std::string(field) + '[' + std::to_string(i) + ']';
        if (texts[i].missing()) line = item + ": is missing";
        if (const auto fault = fault_of(texts[i], has_lines(field))) line = item + ": " + *fault;
    }
}
template <class Number>
void find_fault(std::string&, std::string_view, const Number&) {}

std::string fault_of_server_name(const secret_text& name) {
    constexpr std::size_t longest = 253;  // RFC 1035, in text form
    if (name.view().size() > longest) {
        return "server_name: " + std::to_string(name.view().size()) + " bytes; a host name has at most 253";
    }
    if (name.view().find(' ') != std::string_view::npos) return "server_name: has a blank";
    return {};
}

std::string fault_of_alpn(const secret_list& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::size_t size = names[i].view().size();
        if (size > 255) {
            return "alpn[" + std::to_string(i) + "]: " + std::to_string(size) +
                   " bytes; a protocol's name has 1 to 255";
        }
    }
    return {};
}

std::string fault_of_pairs(const tls_settings& s) {
    if (!s.keys.empty() && !s.key_file.missing()) return "key_file: keys are given as well; give one of them";
    if (!s.chains.empty() && !s.chain_file.missing()) {
        return "chain_file: chains are given as well; give one of them";
    }
    if (!s.cas.empty() && !s.ca_file.missing()) return "ca_file: cas are given as well; give one of them";
    const std::size_t keys = s.keys.size() + (s.key_file.missing() ? 0 : 1);
    const std::size_t chains = s.chains.size() + (s.chain_file.missing() ? 0 : 1);
    if (keys != chains) {
        return "keys: " + std::to_string(keys) + " for " + std::to_string(chains) +
               " certificate chains; each chain has one key";
    }
    if (!s.passphrase.missing() && keys == 0) return "passphrase: there is no key for it to open";
    return {};
}

std::string fault_of_numbers(const tls_settings& s) {
    if (s.renegotiation_window_s == 0) return "renegotiation_window_s: 0; a window has at least one second";
    // What is left, TLS 1.1 and before, is refused by every peer that is kept up to date.
    if ((s.secure_options & SSL_OP_NO_TLSv1_2) != 0 && (s.secure_options & SSL_OP_NO_TLSv1_3) != 0) {
        return "secure_options: turns off TLS 1.2 and TLS 1.3; leave one of them on";
    }
    return {};
}

std::string first_fault(const tls_settings& s) {
    std::string line;
    for_each_field([&](const char* field, auto member) { find_fault(line, field, s.*member); });
    const std::array<std::string, 5> lines{line, fault_of_server_name(s.server_name), fault_of_alpn(s.alpn),
                                           fault_of_pairs(s), fault_of_numbers(s)};
    const auto found =
        std::find_if(lines.begin(), lines.end(), [](const std::string& l) { return !l.empty(); });
    return found == lines.end() ? std::string() : *found;
}

}  // namespace

result<tls_config> tls_config::make(tls_settings settings) {
    if (auto line = first_fault(settings); !line.empty()) return error_line{std::move(line)};
    return tls_config(std::move(settings));
}

}  // namespace revenant
