// reference/bare_registry: the logic of a weak registry with nothing around it, which other model
// checkers have counted too. T1 drops the last reference; the others intern, read and drop.
//
// Complete executions with 2, 3 and 4 threads, threads not taken as alike:
//     weak_orders   7, 182, 9738   GenMC 0.13, CDSChecker and Nidhugg's optimal mode agree
//     seq_cst       5, 78, 2334    GenMC and Nidhugg's source mode agree
// The two lists differ by a reduction, not by the orders: for the second, both tools leave out the
// executions in which a CAS fails, since its loop then starts over with the newer value (confirmation
// CAS: Kokologiannakis, Ren, Vafeiadis, FMCAD 2021). `load_to_confirm` asks for the same here. With a plain
// load, seq_cst has 7, 182 and 9738 as well.
#pragma once

#include <revenant/platform.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"

namespace revenant::scenarios {

struct WeakOrders {
    static constexpr auto decrement = std::memory_order::acq_rel;
    static constexpr auto look = std::memory_order::relaxed;
    static constexpr auto increment = std::memory_order::acquire;
    static constexpr auto increment_failed = std::memory_order::relaxed;
    static constexpr bool confirms = false;
};

struct SeqCst {
    static constexpr auto decrement = std::memory_order::seq_cst;
    static constexpr auto look = std::memory_order::seq_cst;
    static constexpr auto increment = std::memory_order::seq_cst;
    static constexpr auto increment_failed = std::memory_order::seq_cst;
    static constexpr bool confirms = true;
};

/// WRONG ON PURPOSE: a decrement that neither publishes nor looks.
struct RelaxedDecrement : WeakOrders {
    static constexpr auto decrement = std::memory_order::relaxed;
};

/// WRONG ON PURPOSE: a decrement that publishes; the last one does not look at what was published.
struct ReleaseDecrement : WeakOrders {
    static constexpr auto decrement = std::memory_order::release;
};

template <class P, class Orders>
class BareRegistry final : public model::Program {
    using Counter = typename P::template atomic<int>;

    struct Object {
        Counter strong{1, {"strong", cell_role::strong_count}};
        Counter weak{2, {"weak", cell_role::weak_count}};  // one collective, one of the slot
        typename P::template var<int> alive{1, {"data"}};
    };
    struct Registry {
        typename P::mutex mutex{cell_name{"mutex"}};
        typename P::template var<Object*> slot;
        explicit Registry(Object* first) : slot(first, {"slot"}) {}
    };

public:
    explicit BareRegistry(unsigned) {}

    void setup() override {
        first_ = P::template make<Object>("object");
        registry_ = P::template make<Registry>("registry", first_);
    }
    void thread(unsigned index) override {
        if (index == 0) return deref(first_);
        Object* const object = intern();
        calls<P>("read");
        P::check(object->alive.get() == 1, check_kind::assertion, "an interned object is alive");
        deref(object);
    }
    void teardown() override { P::destroy(registry_); }
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }

private:
    void deref(Object* object) {
        calls<P>("release");
        if (object->strong.fetch_sub(1, Orders::decrement) != 1) return;
        {
            const scoped_lock lock(registry_->mutex);
            if (registry_->slot.get() == object) {
                registry_->slot.set(nullptr);
                weak_deref(object);
            }
        }
        object->alive.set(0);
        weak_deref(object);
    }
    static void weak_deref(Object* object) {
        if (object->weak.fetch_sub(1, Orders::decrement) == 1) P::destroy(object);
    }
    Object* intern() {
        calls<P>("intern");
        const scoped_lock lock(registry_->mutex);
        Object* const old = registry_->slot.get();
        if (old != nullptr) {
            if (upgrade(*old)) return old;
            weak_deref(old);
        }
        auto* const fresh = P::template make<Object>("object");
        registry_->slot.set(fresh);
        return fresh;
    }
    static bool upgrade(Object& object) {
        int seen = look(object.strong);
        while (seen > 0) {
            if (object.strong.compare_exchange_strong(seen, seen + 1, Orders::increment,
                                                      Orders::increment_failed)) {
                return true;
            }
        }
        return false;
    }

    static int look(const Counter& strong) {
        if constexpr (Orders::confirms && requires { strong.load_to_confirm(Orders::look); }) {
            return strong.load_to_confirm(Orders::look);
        } else {
            return strong.load(Orders::look);
        }
    }

    Object* first_ = nullptr;
    Registry* registry_ = nullptr;
};

}  // namespace revenant::scenarios
