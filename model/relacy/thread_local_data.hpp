// ThreadLocalData: the program's data that is thread_local, compared from execution to execution.
//
// All threads of a model are one thread of the system's, so that such data is the same for all of them, and
// what one execution leaves there the next one finds.
#pragma once

#include <cstddef>
#include <vector>

namespace revenant::model::relacy {

class ThreadLocalData {
public:
    /// Of the program itself; what its shared libraries have is theirs.
    ThreadLocalData();
    void remember();
    [[nodiscard]] bool has_changed() const;

private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
    std::vector<std::byte> remembered_;
};

}  // namespace revenant::model::relacy
