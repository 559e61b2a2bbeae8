// The refcount scenarios: the counters alone, without a registry around them.
#pragma once

#include <array>

#include "model/program.hpp"

namespace revenant::scenarios {

template <class Subject>
class CountedProgram : public model::Program {
public:
    explicit CountedProgram(unsigned threads) : threads_(threads) {}
    /// Each thread writes a slot of its own, and whoever comes last reads them all: permuting the threads
    /// permutes the slots, and no outcome tells them apart.
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }
    void teardown() override {}  // the last release has freed everything: Relacy looks for what is left

protected:
    /// The object, with a strong reference for each thread.
    void make_with_one_each() {
        strong_ = subject_.make();
        for (unsigned i = 1; i < threads_; ++i) static_cast<void>(subject_.clone(strong_));
    }
    /// The object with one strong reference, and a weak one for each thread but the first.
    void make_with_weak_others() {
        strong_ = subject_.make();
        for (unsigned i = 1; i < threads_; ++i) weak_[i] = subject_.downgrade(strong_);
    }
    void write_and_release(typename Subject::Strong held, unsigned thread) {
        subject_.write(held, thread);
        subject_.release(held);
    }

    unsigned threads_;
    Subject subject_;
    typename Subject::Strong strong_ = nullptr;
    std::array<typename Subject::Weak, model::program_threads_max> weak_{};
};

/// refcount/release_vs_release: each thread writes its slot and releases; the last one destroys.
template <class Subject>
class ReleaseVsRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    void setup() override { this->make_with_one_each(); }
    void thread(unsigned index) override { this->write_and_release(this->strong_, index); }
};

/// refcount/clone_vs_release: each thread clones the reference that it holds, and releases both.
template <class Subject>
class CloneVsRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    void setup() override { this->make_with_one_each(); }
    void thread(unsigned index) override {
        const auto another = this->subject_.clone(this->strong_);
        this->subject_.release(this->strong_);
        this->write_and_release(another, index);
    }
};

/// refcount/upgrade_vs_last_release: T1 drops the last strong reference; the others upgrade.
template <class Subject>
class UpgradeVsLastRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { this->make_with_weak_others(); }
    void thread(unsigned index) override {
        if (index == 0) {
            this->write_and_release(this->strong_, index);
            return;
        }
        const auto weak = this->weak_[index];
        if (const auto held = this->subject_.upgrade(weak)) this->write_and_release(held, index);
        this->subject_.release_weak(weak);
    }
};

/// refcount/weak_release_vs_last_release: T1 drops the last strong reference, the others their weak
/// ones; whoever is last frees.
template <class Subject>
class WeakReleaseVsLastRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { this->make_with_weak_others(); }
    void thread(unsigned index) override {
        if (index == 0) {
            this->write_and_release(this->strong_, index);
        } else {
            this->subject_.release_weak(this->weak_[index]);
        }
    }
};

/// refcount/assign_vs_last_release: T1 drops its reference. Each of the others first assigns its handle to
/// itself, as `entries[i] = entries[j]` does where i is j; by then its reference may be the last one.
template <class Subject>
class AssignVsLastRelease final : public CountedProgram<Subject> {
public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { this->make_with_one_each(); }
    void thread(unsigned index) override {
        auto held = this->strong_;
        if (index != 0) held = this->subject_.assign_to_itself(held);
        this->write_and_release(held, index);
    }
};

}  // namespace revenant::scenarios
