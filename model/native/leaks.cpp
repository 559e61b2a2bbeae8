#include "model/native/leaks.hpp"

#include <algorithm>
#include <utility>

#include "model/native/machine.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

std::vector<std::pair<std::uintptr_t, std::uintptr_t>>& roots() {
    static auto& all = *new std::vector<std::pair<std::uintptr_t, std::uintptr_t>>;
    return all;
}

/// Marks what can be reached, block by block.
class Marker {
public:
    explicit Marker(const Heap& heap) : heap_(heap), reached_(heap.blocks().size(), false) {
        for (std::size_t i = 0; i < heap.blocks().size(); ++i) by_address_.push_back(static_cast<int>(i));
        std::sort(by_address_.begin(), by_address_.end(), [&](int a, int b) { return at(a) < at(b); });
    }

    void look_in(std::uintptr_t begin, std::uintptr_t end) {
        begin = (begin + sizeof(begin) - 1) & ~(sizeof(begin) - 1);
        for (; begin + sizeof(begin) <= end; begin += sizeof(begin)) {
            reach(*reinterpret_cast<const std::uintptr_t*>(begin));
        }
        while (!found_.empty()) {
            const auto& block = heap_.blocks()[static_cast<std::size_t>(found_.back())];
            found_.pop_back();
            for (auto word = block.address; word + sizeof(word) <= block.address + block.size;
                 word += sizeof(word)) {
                reach(*reinterpret_cast<const std::uintptr_t*>(word));
            }
        }
    }

    [[nodiscard]] std::int32_t first_unreached() const {
        for (std::size_t i = 0; i < reached_.size(); ++i) {
            if (!heap_.blocks()[i].is_free && !reached_[i]) return static_cast<std::int32_t>(i);
        }
        return -1;
    }

private:
    [[nodiscard]] std::uintptr_t at(int block) const {
        return heap_.blocks()[static_cast<std::size_t>(block)].address;
    }
    void reach(std::uintptr_t pointer) {
        if (pointer < heap_of(0) || pointer >= heaps_end) return;
        const auto after = std::upper_bound(by_address_.begin(), by_address_.end(), pointer,
                                            [&](std::uintptr_t p, int block) { return p < at(block); });
        if (after == by_address_.begin()) return;
        const auto number = static_cast<std::size_t>(*(after - 1));
        const auto& block = heap_.blocks()[number];
        const bool is_within = pointer - block.address < std::max<std::size_t>(block.size, 1);
        if (!is_within || block.is_free || reached_[number]) return;
        reached_[number] = true;
        found_.push_back(static_cast<int>(number));
    }

    const Heap& heap_;
    std::vector<bool> reached_;
    std::vector<int> by_address_;
    std::vector<int> found_;
};

}  // namespace

void add_root(std::uintptr_t begin, std::uintptr_t end) { roots().emplace_back(begin, end); }

std::int32_t leaked_block(const Heap& heap) {
    Marker marker(heap);
    for (const auto& [begin, end] : roots()) marker.look_in(begin, end);
    const auto values = sync().key_values();
    marker.look_in(reinterpret_cast<std::uintptr_t>(values.data()),
                   reinterpret_cast<std::uintptr_t>(values.data() + values.size()));
    const auto& all = machine();
    for (int i = 0; i < static_cast<int>(all.threads_made()); ++i) {
        const auto& thread = all.threads()[static_cast<std::size_t>(i)];
        if (thread.state == Thread::State::ended) continue;
        marker.look_in(reinterpret_cast<std::uintptr_t>(all.runner(i).fiber.stack_pointer),
                       stack_of(i) + stack_size);
    }
    return marker.first_unreached();
}

}  // namespace revenant::model::native
