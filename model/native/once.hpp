// Once: what is done once: a lock while it is being done, and a word that says that it has been. An execution
// keeps its checkpoints, as both have theirs: whoever uses it asks `is_running`.
#pragma once

#include "model/native/atomics.hpp"
#include "model/native/export.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

class Once {
public:
    /// The word is 0 before, and `done` after.
    Once(volatile void* word, std::uintptr_t place, std::size_t size = 1, Value done = 1)
        : lock_(number_of(word) | 1), word_{number_of(word), size, place}, done_(done) {}
    /// Whether it is to be done now, by this thread.
    [[nodiscard]] bool begin() const {
        sync().lock(lock_, Sync::MutexType::normal, word_.place, nullptr);
        if (Atomics::peek(word_.address, word_.size) == 0) return true;
        static_cast<void>(atomics().load(word_, std::memory_order::acquire));
        fail();
        return false;
    }
    void end() const {
        atomics().store(word_, done_, std::memory_order::release);
        fail();
    }
    void fail() const { sync().unlock(lock_, Sync::MutexType::normal, word_.place); }

    /// Begun, and not done if an exception passes.
    template <class Function>
    void run(const Function& function) const {
        Undone undone{*this};
        function();
        undone.is_done = true;
        end();
    }

private:
    struct Undone {
        const Once& once;
        bool is_done = false;
        ~Undone() {
            if (!is_done) once.fail();
        }
    };

    std::uintptr_t lock_;  ///< at an odd address, as no mutex is
    Atomics::Target word_;
    Value done_;
};

}  // namespace revenant::model::native
