// The registry scenarios: what each thread does. All threads but the first do the same.
#pragma once

#include <cstddef>

#include "model/program.hpp"
#include "scenarios/calls.hpp"
#include "scenarios/witness.hpp"

namespace revenant::scenarios {

inline constexpr int first_key = 2;
inline constexpr int second_key = 3;  // collides with the first: see Content::hash

template <class Subject>
class RegistryProgram : public model::Program {
public:
    using P = typename Subject::Platform;
    using Handle = typename Subject::Handle;

    explicit RegistryProgram(unsigned threads) : threads_(threads) {}

    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { subject_.make(); }
    void teardown() override {
        if (subject_.size() != 0) {
            violated<P>(model::FindingKind::invariant, "at quiescence the registry is empty");
        }
        subject_.unmake();
    }

protected:
    void intern_read_release(int key) {
        const Handle held = subject_.intern(key);
        reads(subject_.read(held));
        subject_.release(held);
    }

    unsigned threads_;
    Subject subject_;
    Handle held_ = nullptr;
};

/// Before the threads start, `held_` is the only reference on the first key's object.
template <class Subject>
class OneHeldProgram : public RegistryProgram<Subject> {
public:
    using RegistryProgram<Subject>::RegistryProgram;
    void setup() override {
        RegistryProgram<Subject>::setup();
        this->held_ = this->subject_.intern(first_key);
    }
};

/// registry/intern_vs_last_release: T1 drops the last reference; the others find or miss the entry.
template <class Subject>
class InternVsLastRelease final : public OneHeldProgram<Subject> {
public:
    using OneHeldProgram<Subject>::OneHeldProgram;
    void thread(unsigned index) override {
        if (index == 0) {
            this->subject_.release(this->held_);
        } else {
            this->intern_read_release(first_key);
        }
    }
};

/// registry/intern_vs_intern: all intern one key into an empty registry.
template <class Subject>
class InternVsIntern final : public RegistryProgram<Subject> {
public:
    using RegistryProgram<Subject>::RegistryProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }
    void thread(unsigned) override { this->intern_read_release(first_key); }
};

/// registry/release_vs_release: each thread holds a reference on one object, reads it and releases it.
template <class Subject>
class RegistryReleaseVsRelease final : public RegistryProgram<Subject> {
public:
    using RegistryProgram<Subject>::RegistryProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }
    void setup() override {
        RegistryProgram<Subject>::setup();
        for (unsigned i = 0; i < this->threads_; ++i) {
            this->held_ = this->subject_.intern(first_key);
        }
    }
    void thread(unsigned) override {
        reads(this->subject_.read(this->held_));
        this->subject_.release(this->held_);
    }
};

/// registry/reintern_while_alive: three interns of one key while it lives, then all are released. Two
/// are made in setup, for T1 and T2; each thread but the first interns once more.
template <class Subject>
class ReinternWhileAlive final : public RegistryProgram<Subject> {
public:
    using RegistryProgram<Subject>::RegistryProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread < 2 ? thread : 2; }
    void setup() override {
        RegistryProgram<Subject>::setup();
        this->held_ = this->subject_.intern(first_key);
        again_ = this->subject_.intern(first_key);
    }
    void thread(unsigned index) override {
        if (index == 0) {
            this->subject_.release(this->held_);
            return;
        }
        this->intern_read_release(first_key);
        if (index == 1) this->subject_.release(again_);
    }

private:
    typename Subject::Handle again_ = nullptr;
};

/// registry/replace_vs_remove: T1 drops the last reference; the others intern the key twice, so that
/// what replaced the dying entry is looked for while its `remove` runs.
template <class Subject>
class ReplaceVsRemove final : public OneHeldProgram<Subject> {
public:
    using OneHeldProgram<Subject>::OneHeldProgram;
    void thread(unsigned index) override {
        if (index == 0) {
            this->subject_.release(this->held_);
            return;
        }
        const auto first = this->subject_.intern(first_key);
        const auto second = this->subject_.intern(first_key);
        reads(this->subject_.read(second));
        this->subject_.release(first);
        this->subject_.release(second);
    }
};

/// registry/two_keys: two keys with one hash. T1 drops the first, T2 looks for it and drops the second,
/// the others look for one each.
template <class Subject>
class TwoKeys final : public RegistryProgram<Subject> {
public:
    using RegistryProgram<Subject>::RegistryProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override {
        return thread < 2 ? thread : 2 + thread % 2;
    }
    void setup() override {
        RegistryProgram<Subject>::setup();
        this->held_ = this->subject_.intern(first_key);
        second_ = this->subject_.intern(second_key);
    }
    void thread(unsigned index) override {
        if (index == 0) {
            this->subject_.release(this->held_);
            return;
        }
        this->intern_read_release(index % 2 == 1 ? first_key : second_key);
        if (index == 1) this->subject_.release(second_);
    }

private:
    typename Subject::Handle second_ = nullptr;
};

/// registry/duplicate_disposal: the entry is alive throughout, so that every intern has a duplicate to
/// dispose of, and disposal re-enters `remove`.
template <class Subject>
class DuplicateDisposal final : public OneHeldProgram<Subject> {
public:
    using OneHeldProgram<Subject>::OneHeldProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }
    void thread(unsigned) override { this->intern_read_release(first_key); }
    void teardown() override {
        this->subject_.release(this->held_);
        RegistryProgram<Subject>::teardown();
    }
};

}  // namespace revenant::scenarios
