#include "model/native/stack_images.hpp"

#include <algorithm>

#include "model/native/layout.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t words_max = std::size_t{1} << 23;  // of all images of an execution

struct Words {
    const std::uint64_t* begin;
    std::size_t count;
};

Words words_of(int thread, const void* frame) {
    const auto* const begin =
        reinterpret_cast<const std::uint64_t*>(static_cast<const char*>(frame) - registers_below);
    const auto* const end = reinterpret_cast<const std::uint64_t*>(stack_of(thread) + stack_size);
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

StackImage StackImages::take(int thread, const void* frame) {
    const auto words = words_of(thread, frame);
    if (words_.size() + words.count > words_max) return {};
    const StackImage made{words_.size(), words.count};
    words_.insert(words_.end(), words.begin, words.begin + words.count);
    return made;
}

void StackImages::take_again(const StackImage& image, int thread, const void* frame) {
    const auto words = words_of(thread, frame);
    if (words.count != image.words) return;
    std::copy_n(words.begin, words.count, words_.begin() + static_cast<std::ptrdiff_t>(image.begin));
}

bool StackImages::is_same(const StackImage& image, int thread, const void* frame) const {
    const auto words = words_of(thread, frame);
    if (words.count != image.words) return false;
    const auto* const known = words_.data() + image.begin;
    for (std::size_t i = 0; i < words.count; ++i) {
        const auto differs = known[i] ^ words.begin[i];
        if (differs == 0) continue;
        const auto address = reinterpret_cast<std::uintptr_t>(words.begin + i);
        if ((differs & ~machine().shadow.shared_bytes(address, thread)) != 0) return false;
    }
    return true;
}

}  // namespace revenant::model::native
