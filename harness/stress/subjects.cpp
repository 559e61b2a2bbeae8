#include "harness/stress/subjects.hpp"

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include "scenarios/subjects/intrusive.hpp"
#include "scenarios/subjects/shared.hpp"

namespace revenant::harness::stress {
namespace {

constexpr int key = 2;

template <class Subject>
class SubjectTarget final : public Target {
    using Handle = typename Subject::Handle;

public:
    SubjectTarget() { subject_.make(); }
    ~SubjectTarget() override { subject_.unmake(); }

    void intern_read_release() override {
        const Handle held = subject_.intern(key);
        static_cast<void>(subject_.read(held));
        subject_.release(held);
    }
    void* intern() override { return subject_.intern(key); }
    void read(void* held) override { static_cast<void>(subject_.read(static_cast<Handle>(held))); }
    void release(void* held) override { subject_.release(static_cast<Handle>(held)); }
    std::size_t size() override { return subject_.size(); }

private:
    Subject subject_;
};

template <class P>
using Legacy = scenarios::IntrusiveSubject<P, scenarios::LegacyConfig<P, no_check>>;
template <class P>
using LegacyAsserting = scenarios::IntrusiveSubject<P, scenarios::LegacyConfig<P, assert_check>>;
template <class P>
using Strong = scenarios::IntrusiveSubject<P, scenarios::StrongConfig<P>>;
template <class P>
using Weak = scenarios::IntrusiveSubject<P, scenarios::WeakConfig<P>>;
template <class P>
using Shared = scenarios::SharedSubject<P, scenarios::shared_registry_as_shipped>;

template <template <class> class Subject>
std::unique_ptr<Target> make(bool logged) {
    if (logged) return std::make_unique<SubjectTarget<Subject<debug_platform>>>();
    return std::make_unique<SubjectTarget<Subject<std_platform>>>();
}

}  // namespace

const std::vector<Implementation>& implementations() {
    static const std::vector<Implementation> all{
        {"legacy_registry", false, make<Legacy>},
        {"legacy_registry+assertions", false, make<LegacyAsserting>},
        {"strong_registry", false, make<Strong>},
        {"weak_registry", true, make<Weak>},
        {"shared_registry", true, make<Shared>},
    };
    return all;
}

}  // namespace revenant::harness::stress
