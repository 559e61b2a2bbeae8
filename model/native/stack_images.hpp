// StackImages: what a thread's stack and registers were when it was at a place of its code, to tell whether
// it is there in the same state again.
//
// What others have written there, or use as an atomic, is shared data and no part of the thread's state: that
// it reads such, its reads tell. Compared word by word, so that equal means equal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace revenant::model::native {

/// The registers that a call preserves lie just below the frame of an entry, and what calls it is above:
/// entry_atomic.cpp is compiled so.
inline constexpr std::size_t registers_below = 5 * sizeof(std::uint64_t);

/// Of one visit. Without words: nobody has looked.
struct StackImage {
    std::size_t begin = 0;
    std::size_t words = 0;
};

class StackImages {
public:
    void begin() { words_.clear(); }
    /// Those taken so far, and to forget the later ones.
    [[nodiscard]] std::size_t size() const { return words_.size(); }
    void shorten(std::size_t size) { words_.resize(size); }

    /// Of the current thread, which has called a function with this frame. None if there are too many words.
    [[nodiscard]] StackImage take(int thread, const void* frame);
    /// The same visit once more, in an execution that begins as the one before. What has never been written
    /// there may be other bytes than the last time.
    void take_again(const StackImage& image, int thread, const void* frame);
    [[nodiscard]] bool is_same(const StackImage& image, int thread, const void* frame) const;

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace revenant::model::native
