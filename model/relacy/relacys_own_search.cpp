#include "model/relacy/relacys_own_search.hpp"

#include "model/relacy/run_suite.hpp"
#include "model/stopwatch.hpp"

namespace revenant::model::relacy {
namespace {

struct Search {
    Stopwatch since_start;
    double seconds_max;
    OwnSearch* result;
};
Search search;  // Relacy makes the scheduler itself, without arguments of ours

/// Relacy's own scheduler, looked at after each execution and ended when the time is up.
template <rl::thread_id_t threads>
class Capped : public rl::full_search_scheduler<threads> {
    using base_t = rl::full_search_scheduler<threads>;

public:
    using base_t::base_t;
    bool iteration_end() {
        auto& result = *search.result;
        ++result.executions;
        result.is_finished = base_t::iteration_end();
        if (result.is_finished) return true;
        if (result.executions % 64 != 0 || search.since_start.seconds() < search.seconds_max) return false;
        result.executions_estimated = static_cast<double>(this->iteration_count());
        return true;
    }
};

struct Weak {
    static constexpr auto decrement = rl::mo_acq_rel;
    static constexpr auto look = rl::mo_relaxed;
    static constexpr auto increment = rl::mo_acquire;
    static constexpr auto increment_failed = rl::mo_relaxed;
};
struct Sequential {
    static constexpr auto decrement = rl::mo_seq_cst;
    static constexpr auto look = rl::mo_seq_cst;
    static constexpr auto increment = rl::mo_seq_cst;
    static constexpr auto increment_failed = rl::mo_seq_cst;
};

rl::debug_info here() { return rl::debug_info(); }

struct Object {
    rl::atomic<int> strong, weak;
    rl::var<int> alive{1};
    Object() {
        rl::ctx().disable_preemption();  // an initial value is not an operation
        strong.store(1, rl::mo_relaxed, here());
        weak.store(2, rl::mo_relaxed, here());  // one collective, one of the slot
        rl::ctx().enable_preemption();
    }
    static Object* make() { return ::new (rl::ctx().alloc(sizeof(Object), false, here())) Object; }
    static void destroy(Object* object) {
        object->~Object();
        rl::ctx().free(object, false, here());
    }
};

template <class Orders, rl::thread_id_t threads>
struct Bare : rl::test_suite<Bare<Orders, threads>, threads> {
    rl::mutex mutex;
    rl::var<Object*> slot;
    Object* first = nullptr;

    void before() {
        first = Object::make();
        slot(here()).store(first);
    }
    void thread(unsigned index) {
        if (index == 0) return deref(first);
        Object* const object = intern();
        RL_ASSERT(object->alive(here()).load() == 1);
        deref(object);
    }

    void deref(Object* object) {
        if (object->strong.fetch_sub(1, Orders::decrement, here()) != 1) return;
        mutex.lock(here());
        if (slot(here()).load() == object) {
            slot(here()).store(nullptr);
            weak_deref(object);
        }
        mutex.unlock(here());
        object->alive(here()).store(0);
        weak_deref(object);
    }
    static void weak_deref(Object* object) {
        if (object->weak.fetch_sub(1, Orders::decrement, here()) == 1) Object::destroy(object);
    }
    Object* intern() {
        mutex.lock(here());
        Object* result = slot(here()).load();
        if (result == nullptr || !upgrade(*result)) {
            if (result != nullptr) weak_deref(result);
            result = Object::make();
            slot(here()).store(result);
        }
        mutex.unlock(here());
        return result;
    }
    static bool upgrade(Object& object) {
        int seen = object.strong.load(Orders::look, here());
        while (seen > 0) {
            if (object.strong.compare_exchange_strong(seen, seen + 1, Orders::increment, here(),
                                                      Orders::increment_failed, here())) {
                return true;
            }
        }
        return false;
    }
};

template <class Suite>
rl::test_result_e run() {
    return run_suite<Suite, Capped<Suite::params::thread_count>>().result;
}

template <class Orders>
rl::test_result_e run_with(unsigned threads) {
    switch (threads) {
        case 2: return run<Bare<Orders, 2>>();
        case 3: return run<Bare<Orders, 3>>();
        default: return run<Bare<Orders, 4>>();
    }
}

}  // namespace

OwnSearch relacys_own_search(unsigned threads, BareOrders orders, double seconds_max) {
    OwnSearch own;
    search = {{}, seconds_max, &own};
    const auto result = orders == BareOrders::weak ? run_with<Weak>(threads) : run_with<Sequential>(threads);
    own.seconds = search.since_start.seconds();
    own.is_clean = result == rl::test_result_success;
    if (own.is_finished) own.executions_estimated = static_cast<double>(own.executions);
    return own;
}

}  // namespace revenant::model::relacy
