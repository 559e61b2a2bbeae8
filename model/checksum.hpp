// checksum: tells a damaged text from a whole one. FNV-1a, 64 bits (Fowler, Noll, Vo), as 16 hexadecimal
// digits; no protection against forgery.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace revenant::model {

[[nodiscard]] inline std::string checksum(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    std::string digits(16, '0');
    for (std::size_t i = digits.size(); i-- > 0; hash >>= 4) digits[i] = "0123456789abcdef"[hash & 15];
    return digits;
}

}  // namespace revenant::model
