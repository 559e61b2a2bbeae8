// The loops in which a standard library polls, known by the names of the functions that have them.
#include <map>
#include <string_view>

#include "model/native/layout.hpp"
#include "model/native/sources.hpp"

namespace revenant::model::native {
namespace {

struct PollingCode {
    LibraryPoll poll = LibraryPoll::none;
    bool is_of_std = false;
};

// libstdc++ has one loop for all, libc++ one to which is said what it does between two polls: its waits and
// semaphores ask for a futex after a while, its barriers sleep for ever.
LibraryPoll poll_of(std::string_view function) {
    const auto has = [&](std::string_view part) { return function.find(part) != function.npos; };
    if (has("__atomic_spin")) return LibraryPoll::of_libstdcxx;
    if (!has("__libcpp_thread_poll_with_backoff")) return LibraryPoll::none;
    if (!has("_backoff_policy")) return LibraryPoll::until_wait;
    return has("semaphore") ? LibraryPoll::until_time : LibraryPoll::for_ever;
}

const PollingCode& polling_code_at(std::uintptr_t place) {
    static auto& known = *new std::map<std::uintptr_t, PollingCode>;
    if (const auto found = known.find(place); found != known.end()) return found->second;
    PollingCode made;
    for (const std::string_view function : functions_at(place)) {
        if (made.poll == LibraryPoll::none) made.poll = poll_of(function);
        made.is_of_std = function.starts_with("_ZNSt") || function.starts_with("_ZNKSt") ||
                         function.starts_with("_ZNVSt") || function.starts_with("_ZNVKSt") ||
                         function.starts_with("_ZSt");
    }
    return known[place] = made;
}

}  // namespace

LibraryPoll library_poll(std::uintptr_t place, const void* frame) {
    constexpr int calls_max = 8;
    constexpr std::uintptr_t bytes_max = 4096;
    const auto* code = &polling_code_at(place);
    auto at = reinterpret_cast<std::uintptr_t>(frame);
    for (int i = 0; i < calls_max && code->poll == LibraryPoll::none && code->is_of_std; ++i) {
        if (at % sizeof at != 0 || !in_arena(at)) break;
        const auto around = *reinterpret_cast<const std::uintptr_t*>(at);
        if (around - at >= bytes_max || around % sizeof around != 0) break;  // no frame: optimised code
        at = around;
        code = &polling_code_at(reinterpret_cast<const std::uintptr_t*>(at)[1]);
    }
    return code->poll;
}

}  // namespace revenant::model::native
