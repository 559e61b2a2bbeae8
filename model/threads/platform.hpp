// threads_platform: real atomics and mutexes, each behind the gate. The world in which a recorded
// interleaving is run for real, and in which noise is made.
//
// Ordering: exactly that of the std member of the same name, or of the override in force for its site. The
// gate adds none that a sanitizer can see; the hardware sees its hand-overs, so that an order bug shows in a
// sanitizer's report and never as a wrong value.
// Thread-safety: as std_platform's.
#pragma once

#include <atomic>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include <revenant/cells/every_step.hpp>
#include <revenant/debug_platform.hpp>
#include <revenant/model/allocator.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/threads/atomic.hpp>
#include <revenant/model/threads/gate.hpp>
#include <revenant/model/threads/mutexes.hpp>
#include <revenant/model/threads/variable.hpp>
#include <revenant/model/threads/waits.hpp>

namespace revenant::model::threads {

namespace detail {

inline void fence(std::memory_order order) {
// ThreadSanitizer knows no fences: it sees less order than there is, and may report a race that is none. g++
// warns of that where it is compiled for it.
#pragma GCC diagnostic push
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wtsan"
#endif
    __atomic_thread_fence(static_cast<int>(order));
#pragma GCC diagnostic pop
}

/// Memory at an address that no named object has had in this execution: what is freed and used again must
/// not pass for another object. What was refused is kept until the process ends.
[[nodiscard]] void* fresh_memory(std::size_t size, std::size_t alignment);

/// As `new` does: what asks for more than the usual alignment gets it.
inline bool is_over_aligned(std::size_t alignment) { return alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__; }
[[nodiscard]] inline void* memory(std::size_t size, std::size_t alignment) {
    return is_over_aligned(alignment) ? ::operator new (size, std::align_val_t{alignment})
                                      : ::operator new(size);
}
inline void release(void* memory, std::size_t alignment) {
    if (is_over_aligned(alignment)) {
        ::operator delete (memory, std::align_val_t{alignment});
    } else {
        ::operator delete(memory);
    }
}

/// What the setup has said. The gate has no part in it: it is compiled as the code that it looks at.
inline every_step_rules rules;

inline void look_at_rules() {
    const char* broken = nullptr;
    try {
        broken = rules.broken();
    } catch (...) {
        broken = "no exception leaves what is looked at after every step";
    }
    if (broken != nullptr) gate::fails(to_text(FindingKind::invariant), broken);
}

inline void watch(const revenant::detail::small_function<bool>& holds, const char* rule) {
    if (gate::watch(look_at_rules)) rules.clear();
    if (!rules.add(holds, rule)) gate::fails(to_text(FindingKind::invariant), every_step_rules::too_many);
}

}  // namespace detail

struct threads_platform : untold_moments {
    using source = std::source_location;
    using order = Order;
    using ObjectClass = gate::ObjectClass;

    template <class T>
    using atomic = basic_atomic<AtomicCore<T>>;
    using atomic_flag = basic_atomic_flag<AtomicCore<bool>>;
    template <class T>
    using strong_count = counting<atomic<T>, cell_role::strong_count>;
    template <class T>
    using weak_count = counting<atomic<T>, cell_role::weak_count>;

    template <class T>
    using var = basic_var<VarCore<T>>;
    template <class T>
    using guarded = revenant::guarded<threads_platform, T>;
    template <class T>
    using allocator = ModelAllocator<threads_platform, T>;

    /// What its owner does to the data is real; this only marks the place of it.
    class plain_data {
    public:
        explicit plain_data(cell_name name = {"data"}) {
            detail::name_cell(ObjectClass::data, this, name, CellValue::opaque);
        }
        void reading(source = source::current()) const {
            gate::enter(OperationKind::read, ObjectClass::data, this);
            gate::leave();
        }
        void writing(source = source::current()) {
            gate::enter(OperationKind::write, ObjectClass::data, this);
            gate::leave();
        }

    private:
        [[maybe_unused]] char address_of_its_own_ = 0;
    };

    using mutex = detail::Mutex;
    using recursive_mutex = detail::RecursiveMutex;
    using shared_mutex = detail::SharedMutex;
    using condition_variable = detail::ConditionVariable;
    using once_flag = detail::OnceFlag;
    using latch = detail::Latch;

    template <class Act>
    static void call_once(once_flag& flag, Act&& act, source = source::current()) {
        flag.call_once(std::forward<Act>(act));
    }
    [[nodiscard]] static unsigned this_thread_id() { return gate::thread_number(); }

    /// Memory without an object in it yet, as an allocator has it.
    [[nodiscard]] static void* allocate(std::size_t size, std::size_t alignment, object_label label) {
        gate::enter(OperationKind::allocate, ObjectClass::block, nullptr);
        void* const memory =
            gate::follows_script() ? detail::fresh_memory(size, alignment) : detail::memory(size, alignment);
        if (gate::follows_script()) gate::add_block(label.text, memory, size);
        gate::count_objects(1);
        gate::leave();
        return memory;
    }
    static void deallocate(void* memory, std::size_t size, std::size_t alignment, source) {
        gate::enter(OperationKind::free, ObjectClass::block, memory);
        end_free(memory, size, alignment);
    }
    template <class T, class... Args>
    [[nodiscard]] static T* make(object_label label, Args&&... args) {
        return ::new (allocate(sizeof(T), alignof(T), label)) T(std::forward<Args>(args)...);
    }
    /// For scenarios: see relacy_platform.
    template <class T, class... Args>
    [[nodiscard]] static T* make_in(void* place, object_label label, Args&&... args) {
        gate::enter(OperationKind::allocate, ObjectClass::block, nullptr);
        if (gate::follows_script()) gate::add_block(label.text, place, sizeof(T));
        gate::count_objects(1);
        gate::leave();
        return ::new (place) T(std::forward<Args>(args)...);
    }
    template <class T>
    static void destroy_in(T* object, source = source::current()) {
        object->~T();
        gate::enter(OperationKind::free, ObjectClass::block, object);
        if (gate::follows_script()) gate::free_block(object);
        gate::count_objects(-1);
        gate::leave();
    }
    template <class T>
    static void destroy(T* object, source = source::current()) {
        if (object == nullptr) return;
        // What is freed already is judged before its destructor runs, as in the model.
        const bool dead = gate::follows_script() && !gate::is_live_block(object);
        if (dead) gate::enter(OperationKind::free, ObjectClass::block, object);
        object->~T();
        if (!dead) gate::enter(OperationKind::free, ObjectClass::block, object);
        end_free(object, sizeof(T), alignof(T));
    }

    static void fence(order o, source = source::current()) {
        gate::enter(OperationKind::fence, ObjectClass::atomic, nullptr);
        detail::fence(o.order);
        gate::leave();
    }

    static void yield(source = source::current()) {
        gate::enter(OperationKind::yield, ObjectClass::atomic, nullptr);
        if (!gate::follows_script()) std::this_thread::yield();
        gate::leave();
    }

    static void check(bool ok, check_kind kind, const char* what, source = source::current()) {
        if (ok) return;
        switch (kind) {
            case check_kind::assertion: gate::fails(to_text(FindingKind::assertion), what);
            case check_kind::counter_overflow: gate::fails(to_text(FindingKind::counter_overflow), what);
            case check_kind::counter_underflow: gate::fails(to_text(FindingKind::counter_underflow), what);
        }
    }
    /// A rule of a scenario.
    static void require(bool holds, const char* rule, source = source::current()) {
        if (!holds) violated(FindingKind::invariant, rule);
    }
    /// For scenarios: an invariant of theirs does not hold.
    [[noreturn]] static void violated(FindingKind kind, const char* text) {
        gate::fails(to_text(kind), text);
    }

    /// For scenarios: see relacy_platform. Looked at while a script is followed; under noise no moment has
    /// all threads standing still.
    static constexpr bool tells_every_step = true;
    template <class F>
    static void at_every_step(F holds, const char* rule) {
        if (gate::follows_script()) detail::watch(revenant::detail::small_function<bool>(holds), rule);
    }

    struct reference_ticket {
        void acquired(const void*, const char*, source) noexcept {}
        void released() noexcept {}
    };

    /// Off for what would cost the code operations of its own: the script has none of those. What is logged
    /// anyway goes to the scoped debug log while that is the noise.
    static constexpr bool logging = false;
    template <class T, class... Args>
    static void log(const T& object, const char* verb, Args... numbers) {
        if (gate::logs()) debug_platform::log(object, verb, numbers...);
    }

private:
    // The step that frees has been entered.
    static void end_free(void* memory, std::size_t size, std::size_t alignment) {
        if (gate::follows_script()) gate::free_block(memory);
        gate::freeing(memory, size);
        gate::count_objects(-1);
        detail::release(memory, alignment);
        gate::leave();
    }
};

static_assert(Platform<threads_platform>);

}  // namespace revenant::model::threads
