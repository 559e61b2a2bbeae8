// UndoLog: what parts of a structure held before they were changed, so that they can be put back.
#pragma once

#include <cstddef>
#include <type_traits>
#include <vector>

namespace revenant::model::native {

/// A stack whose room is kept: an execution fills it some thousand times in a second.
template <class T>
class Stack {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Requires: not more than there are.
    void shorten(std::size_t size) { size_ = size; }
    /// A new last one, which holds whatever it held before.
    [[nodiscard]] T& add() {
        if (size_ == room_.size()) room_.resize(2 * size_ + 16);
        return room_[size_++];
    }
    /// Requires: there is one.
    [[nodiscard]] const T& take_last() { return room_[--size_]; }
    [[nodiscard]] const T& operator[](std::size_t index) const { return room_[index]; }
    [[nodiscard]] const T& last() const { return room_[size_ - 1]; }

private:
    std::vector<T> room_;
    std::size_t size_ = 0;
};

/// `Key` tells which part. The same part may be noted several times: the oldest note is put back last.
template <class Key, class Value>
class UndoLog {
public:
    void note(const Key& key, const Value& before) {
        auto& entry = entries_.add();
        entry.key = key;
        entry.before = before;
    }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    void clear() { entries_.shorten(0); }
    /// Until there are `size` notes again. `put_back(key, before)` is called from the newest note on.
    template <class PutBack>
    void roll_back(std::size_t size, PutBack put_back) {
        while (entries_.size() > size) {
            const auto& entry = entries_.take_last();
            put_back(entry.key, entry.before);
        }
    }

private:
    struct Entry {
        Key key;
        Value before;
    };
    Stack<Entry> entries_;
};

}  // namespace revenant::model::native
