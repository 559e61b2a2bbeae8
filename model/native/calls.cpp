#include "model/native/calls.hpp"

#include <execinfo.h>

#include <array>

#include "model/native/export.hpp"
#include "model/native/segments.hpp"
#include "model/native/sources.hpp"
#include "model/trace.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t calls_max = 64;

template <class Wanted>
std::vector<std::uintptr_t> calls_that(const Wanted& is_wanted) {
    std::array<void*, calls_max> all{};
    const int count = ::backtrace(all.data(), static_cast<int>(all.size()));
    std::vector<std::uintptr_t> calls;
    for (int i = 0; i < count; ++i) {
        const auto call = reinterpret_cast<std::uintptr_t>(all[static_cast<std::size_t>(i)]);
        if (is_wanted(call)) calls.push_back(call);
    }
    return calls;
}

}  // namespace

void get_ready_to_walk() { static_cast<void>(calls_of_the_program()); }

std::vector<std::uintptr_t> calls_of_the_program() {
    return calls_that([](std::uintptr_t call) { return !is_code_of_the_process(call); });
}

std::vector<std::uintptr_t> calls_where_a_signal_came() {
    bool is_before = true;  // the handler itself
    return calls_that([&](std::uintptr_t call) {
        is_before = is_before && is_own_code(call);
        return !is_before;
    });
}

std::string in_words(int thread, const std::vector<std::uintptr_t>& calls) {
    auto text = thread_name(thread);
    if (calls.empty()) return text;
    const auto source = source_of(calls);
    std::string function = source.function;
    if (function.empty()) function = symbol_at(calls.front() - 1);
    if (!function.empty()) text += " in " + function;
    if (source.where.line() != 0) text += " at " + place(source.where);
    return text;
}

}  // namespace revenant::model::native
