// debug_platform: production with its eyes open. The same atomics as std_platform, and on top of them
// the scoped debug log and tracked references. For debug builds and for stress runs.
//
// A type is logged under its `T::log_name` (static storage duration), or as `object` if it has none.
#pragma once

#include <revenant/debug_log.hpp>
#include <revenant/reference_ledger.hpp>
#include <revenant/std_platform.hpp>

namespace revenant {

struct debug_platform : std_platform {
    /// Enters a held reference into the ledger. Whoever moves a reference moves its ticket.
    class reference_ticket {
    public:
        void acquired(const void* object, const char* type, source where) {
            ticket_ = reference_ledger::instance().acquired({object, type, where});
        }
        void released() {
            if (ticket_ != 0) reference_ledger::instance().released(ticket_);
            ticket_ = 0;
        }

    private:
        std::uint64_t ticket_ = 0;
    };

    static constexpr bool logging = true;

    template <class T>
    static void log(const T& object, const char* verb, std::uint32_t from, std::uint32_t to) {
        if (scope<T>().enabled()) scope<T>().count(&object, verb, from, to);
    }
    template <class T>
    static void log(const T& object, const char* text) {
        if (scope<T>().enabled()) scope<T>().event(&object, text);
    }
    template <class T>
    static void log(const T& object, const char* text, std::uint32_t refcount) {
        if (scope<T>().enabled()) scope<T>().event(&object, text, refcount);
    }

private:
    template <class T>
    static constexpr const char* name() {
        if constexpr (requires { T::log_name; }) {
            return T::log_name;
        } else {
            return "object";
        }
    }
    template <class T>
    static const log_scope& scope() {
        static const log_scope instance(name<T>());
        return instance;
    }
};

static_assert(Platform<debug_platform>);

}  // namespace revenant
