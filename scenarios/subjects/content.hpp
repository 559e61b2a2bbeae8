// Content: the configuration that the registries deduplicate, reduced to what a lifetime race needs:
// a text in a block of its own, which hashing, equality and use read and which dies with its owner.
#pragma once

#include <cstddef>
#include <utility>

namespace revenant::scenarios {

template <class P>
struct Text {
    explicit Text(int content) : key(content, {"key"}) {}
    typename P::template var<int> key;
};

/// Owns a text. Moving leaves an empty one, whose destructor does nothing.
template <class P>
class Content {
public:
    explicit Content(int key) : text_(P::template make<Text<P>>("text", key)) {}
    Content(Content&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
    Content& operator=(Content&&) = delete;
    ~Content() {
        if (!freed_) P::destroy(text_);
    }

    [[nodiscard]] bool empty() const { return text_ == nullptr; }
    [[nodiscard]] int key() const { return text_->key.get(); }
    /// Keys 2n and 2n+1 collide on purpose: equality is put to the test as well.
    [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(key() / 2); }
    [[nodiscard]] bool equals(const Content& other) const { return key() == other.key(); }
    /// The pointer is left dangling, as in the original bug: who reads on must be seen to read freed memory.
    void free_text() {
        freed_ = true;
        P::destroy(text_);
    }

private:
    Text<P>* text_;
    bool freed_ = false;
};

}  // namespace revenant::scenarios
