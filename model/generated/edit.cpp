#include "model/generated/edit.hpp"

#include <algorithm>
#include <cmath>

namespace revenant::model::generated {
namespace {

bool is_point(const Statement& s) {
    return s.verb != Verb::read && s.verb != Verb::write && s.verb != Verb::free;
}

// A wait gives a mutex back and takes it again.
double points(const Thread& thread) {
    const auto waits = std::count_if(thread.begin(), thread.end(), [](const Statement& s) {
        return s.verb == Verb::wait || s.verb == Verb::wait_for || s.verb == Verb::once;
    });
    return 1 + static_cast<double>(std::count_if(thread.begin(), thread.end(), is_point)) +
           2 * static_cast<double>(waits);
}

/// The unlock of a lock, or the lock of an unlock. Requires: the thread nests.
std::size_t partner_of(const Thread& thread, std::size_t at) {
    const bool forward = takes_mutex(thread[at].verb);
    int depth = 0;  // of a recursive mutex
    for (std::size_t i = at;; i = forward ? i + 1 : i - 1) {
        if (thread[i].place != thread[at].place) continue;
        if (takes_mutex(thread[i].verb)) depth += forward ? 1 : -1;
        if (thread[i].verb == Verb::unlock) depth += forward ? -1 : 1;
        if (depth == 0) return i;
    }
}

void erase(Thread& thread, std::size_t at) { thread.erase(thread.begin() + static_cast<std::ptrdiff_t>(at)); }

}  // namespace

Code without(const Code& code, std::size_t thread, std::size_t statement) {
    auto smaller = code;
    auto& statements = smaller.threads[thread];
    if (takes_mutex(statements[statement].verb) || statements[statement].verb == Verb::unlock) {
        const auto partner = partner_of(statements, statement);
        erase(statements, std::max(partner, statement));
        erase(statements, std::min(partner, statement));
    } else {
        erase(statements, statement);
    }
    if (!statements.empty()) return smaller;
    return without_thread(smaller, thread);
}

Code without_thread(const Code& code, std::size_t thread) {
    auto smaller = code;
    smaller.threads.erase(smaller.threads.begin() + static_cast<std::ptrdiff_t>(thread));
    return smaller;
}

double interleavings(const Code& code) {
    double total = 0;
    double logarithm = 0;
    for (const auto& thread : code.threads) {
        total += points(thread);
        logarithm -= std::lgamma(points(thread) + 1);
    }
    return std::exp(logarithm + std::lgamma(total + 1));
}

Code cut_to(double interleavings_max, Code code) {
    while (interleavings(code) > interleavings_max) {
        const auto longest =
            std::max_element(code.threads.begin(), code.threads.end(),
                             [](const Thread& a, const Thread& b) { return points(a) < points(b); });
        const auto thread = static_cast<std::size_t>(longest - code.threads.begin());
        auto smaller = without(code, thread, longest->size() - 1);
        if (!is_well_formed(smaller)) break;
        code = std::move(smaller);
    }
    return code;
}

}  // namespace revenant::model::generated
