// tls_config: settings that were found good, and their hash. What the registries deduplicate, and what a
// client carries from a request to the TLS context that is made of it.
//
// Purpose: bad values are refused once, when a configuration is made, with one line that names the field.
// Thread-safety: immutable until it is erased; whoever shares it counts references (config_registries.hpp).
// Lifetime: the texts are erased before their memory is given back: see secret_text.hpp.
// One use:  auto config = tls_config::make(std::move(settings)); if (!config) return config.error();
#pragma once

#include <cstddef>
#include <utility>

#include <revenant/tls/result.hpp>
#include <revenant/tls/tls_settings.hpp>

namespace revenant {

class tls_config {
public:
    static constexpr const char* log_name = "tls_config";

    /// Errors: a line such as `alpn[1]: 300 bytes; a protocol's name has 1 to 255`.
    [[nodiscard]] static result<tls_config> make(tls_settings settings);

    tls_config(tls_config&& other) noexcept
        : settings_(std::move(other.settings_)), hash_(std::exchange(other.hash_, 0)) {}
    tls_config& operator=(tls_config&&) = delete;

    [[nodiscard]] tls_config clone() const { return tls_config(revenant::clone(settings_)); }
    /// Erases every text now. The hash stays, so that an index still finds the entry to remove.
    void erase() noexcept { revenant::erase(settings_); }

    [[nodiscard]] const tls_settings& settings() const noexcept { return settings_; }
    /// Of every field, computed once; never 0, but for one that was moved from.
    [[nodiscard]] std::size_t content_hash() const noexcept { return hash_; }
    /// In every field.
    [[nodiscard]] bool content_equals(const tls_config& other) const noexcept {
        return hash_ == other.hash_ && settings_ == other.settings_;
    }

private:
    explicit tls_config(tls_settings settings) : settings_(std::move(settings)), hash_(hash_of(settings_)) {}

    tls_settings settings_;
    std::size_t hash_;
};

}  // namespace revenant
