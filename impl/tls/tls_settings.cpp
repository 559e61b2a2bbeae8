#include <revenant/tls/tls_settings.hpp>

#include <type_traits>

namespace revenant {
namespace {

// FNV-1a, 64 bits: the same number in every run and on every machine. A length stands before each text, so
// that no two lists run into the same bytes.
class hasher {
public:
    void add(const secret_text& text) {
        add(text.missing() ? std::uint64_t{0} : text.view().size() + 1);
        for (const char c : text.view()) add_byte(static_cast<unsigned char>(c));
    }
    void add(const secret_list& texts) {
        add(std::uint64_t{texts.size()});
        for (const auto& text : texts) add(text);
    }
    template <class Number>
    requires std::is_arithmetic_v<Number>
    void add(Number number) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
        }
    }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    void add_byte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3U; }
    std::uint64_t state_ = 0xcbf29ce484222325U;
};

template <class Field>
Field clone_of(const Field& field) {
    if constexpr (std::is_arithmetic_v<Field>) {
        return field;
    } else {
        return field.clone();
    }
}

template <class Field>
void erase_field(Field& field) {
    if constexpr (!std::is_arithmetic_v<Field>) field.erase();
}

}  // namespace

std::size_t hash_of(const tls_settings& settings) noexcept {
    hasher hash;
    for_each_field([&](const char*, auto member) { hash.add(settings.*member); });
    const auto value = static_cast<std::size_t>(hash.value());
    return value == 0 ? 1 : value;
}

bool operator==(const tls_settings& a, const tls_settings& b) noexcept {
    bool equal = true;
    for_each_field([&](const char*, auto member) { equal = equal && a.*member == b.*member; });
    return equal;
}

tls_settings clone(const tls_settings& settings) {
    tls_settings copy;
    for_each_field([&](const char*, auto member) { copy.*member = clone_of(settings.*member); });
    return copy;
}

void erase(tls_settings& settings) noexcept {
    for_each_field([&](const char*, auto member) { erase_field(settings.*member); });
}

}  // namespace revenant
