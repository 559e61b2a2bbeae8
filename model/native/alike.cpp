#include "model/native/alike.hpp"

#include <dlfcn.h>

#include <cstring>
#include <string_view>

#include "model/native/machine.hpp"
#include "model/native/sources.hpp"

namespace revenant::model::native {
namespace {

using search::contains;
using search::set_of;
using search::ThreadSet;

/// What std::thread hands to its own function: a copy of the callable, which nobody but the thread has.
struct StartArgument {
    bool is_of_the_library = false;
    /// Those before it: libc++ has a pointer there to what it keeps of the thread.
    std::size_t own_bytes = 0;
};

// libstdc++ has its function in its library, libc++ as one of the program's own.
StartArgument argument_of(void* (*start)(void*)) {
    static void* (*asked)(void*) = nullptr;
    static StartArgument answer;
    if (start == asked) return answer;
    asked = start;
    answer = {};
    Dl_info info{};
    if (::dladdr(reinterpret_cast<void*>(start), &info) == 0 || info.dli_fname == nullptr) return answer;
    static const bool has_libcxx = ::dlsym(RTLD_DEFAULT, "_ZNSt3__119__thread_local_dataEv") != nullptr;
    if (std::string_view(info.dli_fname).find("libstdc++.so") != std::string_view::npos) {
        answer = {true, 0};
    } else if (has_libcxx &&
               symbol_at(reinterpret_cast<std::uintptr_t>(start)).starts_with("_ZNSt3__114__thread_proxy")) {
        answer = {true, sizeof(void*)};
    }
    return answer;
}

}  // namespace

void Alike::begin() {
    watches_ = asks_;
    made_ = 0;
    turns_ = 0;
    watched_ = 0;
    joiners_ = 0;
    again_ = 0;
    notes_ = false;
    marks_.clear();
    threads_before_.clear();
    classes_before_.clear();
}

void Alike::save(std::size_t checkpoint) {
    notes_ = true;
    marks_.add(checkpoint) = {
        threads_before_.size(), classes_before_.size(), turns_, made_, watched_, joiners_, again_, watches_};
}

void Alike::resume(std::size_t checkpoint) {
    const auto& mark = marks_[checkpoint];
    threads_before_.roll_back(mark.threads_before, [&](int number, const Thread& before) {
        threads_[static_cast<std::size_t>(number)] = before;
    });
    classes_before_.roll_back(mark.classes_before, [&](int first, const Class& before) {
        classes_[static_cast<std::size_t>(first)] = before;
    });
    turns_ = mark.turns;
    made_ = mark.made;
    watched_ = mark.watched;
    joiners_ = mark.joiners;
    again_ = mark.again;
    watches_ = mark.watches;
}

Alike::Thread& Alike::thread_of(int number) {
    auto& found = threads_[static_cast<std::size_t>(number)];
    if (notes_) threads_before_.note(number, found);
    return found;
}

Alike::Class& Alike::class_of(int first) {
    auto& found = classes_[static_cast<std::size_t>(first)];
    if (notes_) classes_before_.note(first, found);
    return found;
}

bool Alike::are_alike(const Thread& one, const Thread& other) const {
    if (one.start != other.start || one.parent != other.parent || one.turn != other.turn ||
        one.detached != other.detached || one.time != other.time ||
        one.blocked_signals != other.blocked_signals || one.argument_size != other.argument_size) {
        return false;
    }
    for (int i = 0; i < threads_max; ++i) {
        if (i != one.parent && one.knows[i] != other.knows[i]) return false;
    }
    if (one.argument_size == 0) return one.argument == other.argument;
    const auto own_bytes = argument_of(one.start).own_bytes;
    return std::memcmp(reinterpret_cast<const void*>(one.argument + own_bytes),
                       reinterpret_cast<const void*>(other.argument + own_bytes),
                       one.argument_size - own_bytes) == 0;
}

void Alike::started(int number, bool detached) {
    auto& all = machine();
    auto& own = thread_of(number);
    own = {};
    own.first = number;
    made_ = number + 1;
    auto& own_class = class_of(number);
    own_class = {};
    own_class.members = set_of(number);
    if (number == 0) return;
    const auto& thread = all.thread(number);
    const auto& parent = all.self();
    acts();
    own.parent = all.current();
    own.turn = turns_;
    own.start = all.runner(number).start;
    own.argument = reinterpret_cast<std::uintptr_t>(all.runner(number).argument);
    own.knows = parent.happened;
    own.tick = parent.happened[own.parent] - 1;  // it has passed on since
    own.time = thread.time;
    own.blocked_signals = thread.blocked_signals;
    own.detached = detached;
    const auto handed_over = [&](std::uintptr_t address) -> std::size_t {
        const auto block = all.heap.block_at(address);
        if (block < 0) return 0;
        const auto size = all.heap.blocks()[static_cast<std::size_t>(block)].size;
        all.shadow.hand_over(address, size, number, thread.happened[number]);
        return size;
    };
    if (const auto argument = argument_of(own.start); argument.is_of_the_library) {
        own.argument_size = handed_over(own.argument);
        auto kept = own.argument;  // what libc++ keeps, and what that has a pointer to
        for (int i = 0; i < 2 && argument.own_bytes != 0 && own.argument_size != 0; ++i) {
            std::memcpy(&kept, reinterpret_cast<const void*>(kept), sizeof kept);
            if (handed_over(kept) == 0) break;
        }
    }
    for (int other = 1; other < number; ++other) {
        const auto& before = threads_[static_cast<std::size_t>(other)];
        if (!are_alike(before, own)) continue;
        own.first = before.first;
        break;
    }
    class_of(own.first).members |= set_of(number);
    const ThreadSet known_twins = all.strategy->twins_before(number);
    watches_ = watches_ || known_twins != 0;
    if (!watches_) return;
    watch(own.first);
    const ThreadSet twins = classes_[static_cast<std::size_t>(own.first)].members & ~set_of(number);
    if ((known_twins & ~twins) != 0) differ(own.first);
}

// A search takes the first step with a number for that of the one which had it first: if that has taken none,
// it would take another thread's for a twin's.
void Alike::started_again(int number) {
    acts();
    const auto first = threads_[static_cast<std::size_t>(number)].first;
    const bool has_stepped = contains(machine().strategy->execution.stepped(), number);
    const bool is_one_of_several = search::count_of(classes_[static_cast<std::size_t>(first)].members) > 1;
    if (!has_stepped && is_one_of_several) differ(first);
    again_ |= set_of(number);
    watched_ &= ~set_of(number);
}

void Alike::watch(int first) {
    auto& all_alike = class_of(first);
    if (search::count_of(all_alike.members) < 2) return;
    watched_ |= all_alike.members;
    const auto& oldest = threads_[static_cast<std::size_t>(first)];
    const auto last = search::last_of(all_alike.members);
    all_alike.between = {oldest.parent, oldest.tick + 1, threads_[static_cast<std::size_t>(last)].tick};
}

void Alike::differ(int first) {
    auto& all_alike = class_of(first);
    all_alike.differs = true;
    auto& all = machine();
    search::for_each(all_alike.members, [&](int thread) {
        if (all.strategy->twins_before(thread) == 0) return;
        all.not_modelled(
            "threads that were started alike and then told apart; --no-symmetry takes them as different");
    });
}

void Alike::look_at(int thread, std::uintptr_t address, std::size_t size, bool is_write) {
    auto& all = machine();
    const auto first = threads_[static_cast<std::size_t>(thread)].first;
    const auto& own_class = classes_[static_cast<std::size_t>(first)];
    const bool is_one_of_several =
        own_class.between.from <= own_class.between.to && !contains(again_, thread);
    if (is_one_of_several && !own_class.differs &&
        all.shadow.was_touched(address, size, is_write, own_class.between)) {
        differ(first);
    }
    if (!contains(joiners_, thread)) return;
    for (int i = 0; i < made_; ++i) {
        const auto& other = classes_[static_cast<std::size_t>(i)];
        if (other.joiner != thread || other.differs) continue;
        if (all.shadow.is_of_another(address, size, thread)) differ(i);
    }
}

void Alike::asks_for_its_name() {
    const int current = machine().current();
    if (!contains(watched_, current) || contains(again_, current)) return;
    const auto first = threads_[static_cast<std::size_t>(current)].first;
    if (search::count_of(classes_[static_cast<std::size_t>(first)].members) > 1) differ(first);
}

// A search that wants the first step of one takes that of another for it, which may have to wait.
void Alike::waits_for_end() {
    const auto& all = machine();
    if (!contains(all.strategy->execution.stepped(), all.current())) asks_for_its_name();
}

void Alike::acts() {
    if (joiners_ == 0) return;
    const int current = machine().current();
    for (int i = 0; i < made_; ++i) {
        if (classes_[static_cast<std::size_t>(i)].joiner == current) differ(i);
    }
}

void Alike::named(int thread, bool tells, bool detached) {
    const int current = machine().current();
    const auto first = threads_[static_cast<std::size_t>(thread)].first;
    auto& all_alike = class_of(first);
    if (!watches_ || contains(again_, thread) || search::count_of(all_alike.members) < 2) return acts();
    for (int i = 0; i < made_; ++i) {
        if (i != first && classes_[static_cast<std::size_t>(i)].joiner == current) differ(i);
    }
    if (tells || (all_alike.joiner != nobody && all_alike.joiner != current)) differ(first);
    all_alike.named |= set_of(thread);
    if (detached) all_alike.detached |= set_of(thread);
    if (all_alike.detached != 0 && all_alike.detached != all_alike.named) differ(first);
    const bool all_named = all_alike.named == all_alike.members;
    all_alike.joiner = all_named ? nobody : current;
    if (all_named) return;
    watched_ |= set_of(current);
    joiners_ |= set_of(current);
}

std::vector<unsigned> Alike::classes() const {
    std::vector<unsigned> made;
    for (int i = 0; i < made_; ++i) {
        const auto first = threads_[static_cast<std::size_t>(i)].first;
        const bool differs = classes_[static_cast<std::size_t>(first)].differs;
        made.push_back(static_cast<unsigned>(differs ? i : first));
    }
    return made;
}

}  // namespace revenant::model::native
