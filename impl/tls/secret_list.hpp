// secret_list: a few texts in order, inside their owner: a configuration is one block of memory.
//
// Thread-safety and lifetime: as those of secret_text.
// One use:  if (!settings.keys.add(secret_text(pem))) complain();
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <revenant/tls/secret_text.hpp>

namespace revenant {

class secret_list {
public:
    static constexpr std::size_t size_max = 8;  ///< OpenSSL has a place for one key of each of fewer kinds

    secret_list() = default;
    secret_list(secret_list&& other) noexcept
        : texts_(std::move(other.texts_)), size_(std::exchange(other.size_, 0)) {}
    secret_list& operator=(secret_list&& other) noexcept {
        std::swap(texts_, other.texts_);
        std::swap(size_, other.size_);
        return *this;
    }

    /// False if the list is full, and the text is gone.
    [[nodiscard]] bool add(secret_text text) noexcept {
        if (size_ == size_max) return false;
        texts_[size_++] = std::move(text);
        return true;
    }
    [[nodiscard]] secret_list clone() const {
        secret_list copy;
        for (const auto& text : *this) copy.texts_[copy.size_++] = text.clone();
        return copy;
    }
    /// Erases each text. The list keeps its size: of missing texts.
    void erase() noexcept {
        for (auto& text : texts_) text.erase();
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] const secret_text& operator[](std::size_t i) const noexcept { return texts_[i]; }
    [[nodiscard]] const secret_text* begin() const noexcept { return texts_.data(); }
    [[nodiscard]] const secret_text* end() const noexcept { return texts_.data() + size_; }

    friend bool operator==(const secret_list& a, const secret_list& b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    std::array<secret_text, size_max> texts_;
    std::size_t size_ = 0;
};

}  // namespace revenant
