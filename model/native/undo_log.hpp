// UndoLog: what parts of a structure held before they were changed, so that they can be put back.
#pragma once

#include <cstddef>
#include <type_traits>
#include <vector>

namespace revenant::model::native {

/// `Key` tells which part. The same part may be noted several times: the oldest note is put back last.
template <class Key, class Value>
class UndoLog {
    static_assert(std::is_trivially_copyable_v<Value>);

public:
    void note(const Key& key, const Value& before) { entries_.push_back({key, before}); }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    void clear() { entries_.clear(); }
    /// Until there are `size` notes again. `put_back(key, before)` is called from the newest note on.
    template <class PutBack>
    void roll_back(std::size_t size, PutBack put_back) {
        for (; entries_.size() > size; entries_.pop_back()) {
            put_back(entries_.back().key, entries_.back().before);
        }
    }

private:
    struct Entry {
        Key key;
        Value before;
    };
    std::vector<Entry> entries_;
};

}  // namespace revenant::model::native
