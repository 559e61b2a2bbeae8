#include <revenant/tls/secret_text.hpp>

#include <openssl/crypto.h>

#include <algorithm>

namespace revenant {

secret_text::secret_text(std::string_view text) : characters_(new char[text.size() + 1]), size_(text.size()) {
    std::copy(text.begin(), text.end(), characters_);
    characters_[size_] = '\0';
}

secret_text secret_text::clone() const { return missing() ? secret_text() : secret_text(view()); }

void secret_text::erase() noexcept {
    if (characters_ == nullptr) return;
    OPENSSL_cleanse(characters_, size_);  // which no compiler takes for a dead store
    delete[] std::exchange(characters_, nullptr);
    size_ = 0;
}

}  // namespace revenant
