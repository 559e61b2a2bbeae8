// What is done once, in the model world: the first thread holds the flag while it does it, the others wait
// for that, and pass by from then on.
//
// This header is clean: Relacy is behind the .cpp.
#pragma once

#include <utility>

#include <revenant/model/relacy/mutexes.hpp>

namespace revenant::model::relacy::detail {

class OnceFlag : public Waitable {
public:
    explicit OnceFlag(cell_name name = {"once_flag"});
    ~OnceFlag();

    template <class Act>
    void call_once(Act&& act, source where) {
        if (!begin(where)) return;
        Undone undone{this};
        std::forward<Act>(act)();
        undone.flag = nullptr;
        end(where);
    }

private:
    /// An exception has ended it: the next thread does it again.
    struct Undone {
        OnceFlag* flag;
        ~Undone() {
            if (flag != nullptr) flag->undo();
        }
    };
    /// Whether it is this thread's to do.
    [[nodiscard]] bool begin(source where);
    void end(source where);
    void undo();

    View released_{};
    bool is_done_ = false;
};

}  // namespace revenant::model::relacy::detail
