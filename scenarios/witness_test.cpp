// Each invariant that only a witness knows is seen broken once: the alarm rings.
#include "scenarios/witness.hpp"

#include <doctest/doctest.h>

#include <string>

#include <revenant/std_platform.hpp>
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/full.hpp"
#include "scenarios/registry/programs.hpp"
#include "scenarios/subjects/intrusive.hpp"

namespace revenant::scenarios {
namespace {

using P = model::relacy::relacy_platform;

/// Runs `act(witness, mutex)` in the first of two threads.
template <class Act>
class WithWitness final : public model::Program {
public:
    explicit WithWitness(Act act) : act_(act) {}
    void setup() override {
        witness_ = {};
        mutex_ = P::make<P::mutex>("mutex");
    }
    void thread(unsigned index) override {
        if (index == 0) act_(witness_, *mutex_);
    }
    void teardown() override { P::destroy(mutex_); }

private:
    Act act_;
    Witness<P> witness_;
    P::mutex* mutex_ = nullptr;
};

std::string found(model::Program& program) {
    model::search::FullSearch strategy;
    const auto outcome = model::relacy::explore(program, 2, strategy, {});
    return outcome.finding ? to_text(outcome.finding->kind) + (": " + outcome.finding->invariant)
                           : to_text(outcome.verdict);
}

template <class Act>
std::string found_by(Act act) {
    WithWitness<Act> program(act);
    return found(program);
}

const int a = 0;
const int b = 0;

/// WRONG ON PURPOSE: the dying object does not leave the registry.
class NeverRemoved : public weakable_ref_count<NeverRemoved, P>,
                     public IntrusiveConfig<P, NeverRemoved, weak_registry<NeverRemoved, P>> {
public:
    using Registry = weak_registry<NeverRemoved, P>;
    using IntrusiveConfig<P, NeverRemoved, Registry>::IntrusiveConfig;
    void drop_contents() { this->destroy_contents(); }
    void free_memory() { P::destroy(this); }
};

}  // namespace

TEST_CASE("two live objects for one key are found, one object held twice and two keys are not") {
    CHECK(found_by([](Witness<P>& w, P::mutex&) {
              w.held(1, &a);
              w.held(1, &b);
          }) == "invariant: there is at most one live object for a key");
    CHECK(found_by([](Witness<P>& w, P::mutex&) {
              w.held(1, &a);
              w.held(1, &a);
              w.held(2, &b);
          }) == "correct");
    CHECK(found_by([](Witness<P>& w, P::mutex&) {
              w.held(1, &a);
              w.releases(&a);
              w.held(1, &b);
          }) == "correct");
}

TEST_CASE("contents that are destroyed twice are found, unless a new object came between") {
    CHECK(found_by([](Witness<P>& w, P::mutex&) {
              w.destroys(&a);
              w.destroys(&a);
          }) == "double-destroy: contents are destroyed exactly once");
    CHECK(found_by([](Witness<P>& w, P::mutex&) {
              w.destroys(&a);
              w.makes(&a);
              w.destroys(&a);
          }) == "correct");
}

TEST_CASE("a destructor under a mutex is found, one after it is not") {
    CHECK(found_by([](Witness<P>& w, P::mutex& m) {
              m.lock();
              w.destroys(&a);
              m.unlock();
          }) == "invariant: no destructor runs under the registry's mutex");
    CHECK(found_by([](Witness<P>& w, P::mutex& m) {
              m.lock();
              m.unlock();
              w.destroys(&a);
          }) == "correct");
}

TEST_CASE("a registry that has entries at quiescence is found") {
    RegistryReleaseVsRelease<IntrusiveSubject<P, NeverRemoved>> wrong(2);
    CHECK(found(wrong) == "invariant: at quiescence the registry is empty");
    RegistryReleaseVsRelease<IntrusiveSubject<P, WeakConfig<P>>> right(2);
    CHECK(found(right) == "correct");
}

TEST_CASE("in production a witness says nothing") {
    Witness<std_platform> witness;
    witness.held(1, &a);
    witness.held(1, &b);
    witness.destroys(&a);
    witness.destroys(&a);
}

}  // namespace revenant::scenarios
