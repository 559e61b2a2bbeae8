// Objects: the number of what lies at an address: an atomic, a mutex, … Numbered as they are first met in an
// execution, so that equal prefixes of two executions give equal numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "model/native/checkpoint.hpp"
#include "model/operation.hpp"

namespace revenant::model::native {

enum class ObjectKind : std::uint8_t {
    atomic,
    mutex,
    condition,
    guard,
    semaphore,
    rwlock,
    barrier,
    annotation,
    plain,
    freed  ///< what a trace shows of a free of what is no block: the address alone
};

class Objects {
public:
    struct Object {
        std::uintptr_t address;
        ObjectKind kind;
    };

    void begin();
    void save(std::size_t checkpoint) { marks_.add(checkpoint) = objects_.size(); }
    void resume(std::size_t checkpoint) { forget(marks_[checkpoint]); }
    [[nodiscard]] CellId number(std::uintptr_t address, ObjectKind kind) {
        const bool is_last =
            last_ != no_id && objects_[last_].address == address && objects_[last_].kind == kind;
        if (!is_last) last_ = look_up(address, kind);
        return last_;
    }
    /// The number, or no_id: nothing of this kind has been met there.
    [[nodiscard]] CellId find(std::uintptr_t address, ObjectKind kind) const;
    [[nodiscard]] const std::vector<Object>& all() const { return objects_; }

private:
    static constexpr std::size_t slots_at_first = 1024;  // a power of two

    [[nodiscard]] CellId look_up(std::uintptr_t address, ObjectKind kind);
    [[nodiscard]] std::size_t slot(std::uintptr_t address, ObjectKind kind) const;
    void grow();
    void forget(std::size_t size);

    CellId last_ = no_id;  ///< whose number was asked for last: a step asks several times
    std::vector<Object> objects_;
    std::vector<CellId> slots_;
    Marks<std::size_t> marks_;
};

}  // namespace revenant::model::native
