// refcount/borrower_vs_last_release: T1, the owner, drops its reference; the others use the object meanwhile.
#pragma once

#include "scenarios/refcount/programs.hpp"

namespace revenant::scenarios {

/// How a thread that uses the object makes sure that it lives: it was given a reference of its own.
struct OwnReference {
    static constexpr bool given_one = true;
    template <class Subject>
    static void use(Subject& subject, typename Subject::Strong object) {
        subject.read(object);
        subject.release(object);
    }
};

/// WRONG ON PURPOSE: not at all. Convicted by refcount/borrower_vs_last_release.
struct NoReference {
    static constexpr bool given_one = false;
    template <class Subject>
    static void use(Subject& subject, typename Subject::Strong object) {
        subject.read(object);
    }
};

/// WRONG ON PURPOSE: it takes a reference when it begins, and the owner may have dropped the last by then.
/// Convicted by refcount/borrower_vs_last_release.
struct LateReference {
    static constexpr bool given_one = false;
    template <class Subject>
    static void use(Subject& subject, typename Subject::Strong object) {
        const auto own = subject.clone(object);
        subject.read(own);
        subject.release(own);
    }
};

template <class Subject, class Use>
class BorrowerVsLastRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override {
        this->strong_ = this->subject_.make();
        if (!Use::given_one) return;
        for (unsigned i = 1; i < this->threads_; ++i) static_cast<void>(this->subject_.clone(this->strong_));
    }
    void thread(unsigned index) override {
        if (index == 0) {
            this->subject_.release(this->strong_);
        } else {
            Use::use(this->subject_, this->strong_);
        }
    }
};

/// The second fix: nobody has a reference but the owner, which waits for the others before it drops it.
template <class Subject>
class DrainBeforeLastRelease final : public CountedProgram<Subject> {
    using P = typename Subject::P;
    struct Users {
        explicit Users(int count) : left(count, {"left"}) {}
        typename P::template atomic<int> left;
    };

public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override {
        this->strong_ = this->subject_.make();
        users_ = P::template make<Users>("users", static_cast<int>(this->threads_) - 1);
    }
    void thread(unsigned index) override {
        if (index != 0) {
            this->subject_.read(this->strong_);
            // Order: release. Partner: the owner's load. Crosses: the use. Weaker: a data race with the
            // destructor.
            users_->left.fetch_sub(1, std::memory_order::release);
            return;
        }
        // Order: acquire. Partner: every user's decrement. Crosses: their uses into the last release.
        while (users_->left.load(std::memory_order::acquire) != 0) P::yield();
        this->subject_.release(this->strong_);
    }
    void teardown() override { P::destroy(users_); }

private:
    Users* users_ = nullptr;
};

}  // namespace revenant::scenarios
