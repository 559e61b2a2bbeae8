// secret_text: a text that may be missing, and that is erased before its memory is given back.
//
// Purpose: keys and pass phrases must not be found in memory that somebody else gets later. Every text of a
// configuration is one, secret or not: that is simpler than a rule for which of them are.
// Thread-safety: as std::string's. Lifetime: owns its characters; no copy is made behind your back.
// One use:  secret_text key("-----BEGIN …"); use(key.c_str());
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace revenant {

class secret_text {
public:
    constexpr secret_text() noexcept = default;  ///< missing, which is not the same as empty
    explicit secret_text(std::string_view text);
    secret_text(secret_text&& other) noexcept
        : characters_(std::exchange(other.characters_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    secret_text& operator=(secret_text&& other) noexcept {
        secret_text taken(std::move(other));
        std::swap(characters_, taken.characters_);
        std::swap(size_, taken.size_);
        return *this;
    }
    ~secret_text() { erase(); }

    [[nodiscard]] secret_text clone() const;

    /// Overwrites the characters, gives their memory back, and is missing from then on.
    void erase() noexcept;

    /// Ends with a NUL; null for a missing text.
    [[nodiscard]] const char* c_str() const noexcept { return characters_; }
    [[nodiscard]] std::string_view view() const noexcept { return {characters_, size_}; }
    [[nodiscard]] bool missing() const noexcept { return characters_ == nullptr; }

    /// A missing text equals a missing one alone.
    friend bool operator==(const secret_text& a, const secret_text& b) noexcept {
        return a.missing() == b.missing() && a.view() == b.view();
    }

private:
    char* characters_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace revenant
