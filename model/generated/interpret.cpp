#include "model/generated/interpret.hpp"

#include <algorithm>

#include "model/relacy/untracked.hpp"

namespace revenant::model::generated {
namespace {

constexpr std::string_view atomic_names = "xyz";
constexpr std::string_view plain_names = "de";
constexpr std::string_view mutex_names = "mn";
constexpr std::string_view latch_names = "kl";
constexpr std::string_view value_names = "xyzudev";

std::size_t place_in(std::string_view names, char place) { return names.find(place); }

std::int8_t small(std::uint32_t value) { return static_cast<std::int8_t>(value); }

// What is not used is not made: it would be made anew for each of a million executions.
template <class T, std::size_t n, class Make>
void make_used(std::array<T*, n>& objects, std::string_view names, const Code& code, Make make) {
    for (std::size_t i = 0; i < n; ++i) objects[i] = uses(code, names[i]) ? make(names[i]) : nullptr;
}

std::ptrdiff_t counts_of(char latch, const Code& code) {
    std::ptrdiff_t counts = 0;
    for (const auto& thread : code.threads) {
        counts += std::count_if(thread.begin(), thread.end(), [&](const Statement& s) {
            return s.verb == Verb::count_down && s.place == latch;
        });
    }
    return counts;
}

}  // namespace

std::string to_text(const FinalState& state, const Code& code) {
    std::string text;
    const auto value = [](int v) { return v == no_value ? std::string("-") : std::to_string(v); };
    for (std::size_t t = 0; t < code.threads.size(); ++t) {
        text += "T" + std::to_string(t) + ":";
        for (std::size_t i = 0; i < code.threads[t].size(); ++i) text += " " + value(state.results[t][i]);
        text += " | ";
    }
    for (std::size_t i = 0; i < value_names.size(); ++i) {
        if (uses(code, value_names[i]))
            text += std::string(1, value_names[i]) + "=" + value(state.values[i]) + " ";
    }
    return text;
}

FinalState up_to_twins(FinalState state, const std::vector<unsigned>& classes) {
    for (std::size_t a = 0; a < classes.size(); ++a) {
        for (std::size_t b = a + 1; b < classes.size(); ++b) {
            if (classes[a] == classes[b] && state.results[b] < state.results[a]) {
                std::swap(state.results[a], state.results[b]);
            }
        }
    }
    return state;
}

Interpreter::Interpreter(const Code& code, const search::Strategy& strategy)
    : code_(code), strategy_(strategy) {
    for (const auto& thread : code.threads) {
        for (const auto& s : thread) {
            has_object_ = has_object_ || s.verb == Verb::free || s.place == 'u' || s.place == 'v';
        }
    }
}

void Interpreter::setup() {
    blocked_before_ = strategy_.blocked();
    for (auto& results : state_.results) results.fill(no_value);
    state_.values.fill(no_value);
    freed_ = false;
    held_count_ = {};
    static constexpr const char* labels[] = {"x", "y", "z", "d", "e", "m", "n", "k", "l"};
    const auto label = [](char name) {
        return *std::find_if(std::begin(labels), std::end(labels), [&](const char* l) { return *l == name; });
    };
    make_used(atomics_, atomic_names, code_, [&](char name) { return P::make<Atomic>(label(name), 0u); });
    make_used(plains_, plain_names, code_, [&](char name) { return P::make<Plain>(label(name), 0u); });
    for (std::size_t i = 0; i < mutex_names.size(); ++i) {
        mutexes_[i] = make_mutex(mutex_names[i], label(mutex_names[i]));
    }
    recursive_ = uses(code_, 'r') ? P::make<P::recursive_mutex>("r") : nullptr;
    shared_ = uses(code_, 's') ? P::make<P::shared_mutex>("s") : nullptr;
    condition_ = uses(code_, 'c') ? P::make<P::condition_variable>("c") : nullptr;
    make_used(latches_, latch_names, code_,
              [&](char name) { return P::make<P::latch>(label(name), counts_of(name, code_)); });
    lazy_ = uses(code_, 'o') ? P::make<Lazy>("o") : nullptr;
    object_ = has_object_ ? P::make<Object>("object") : nullptr;
    if (!code_.is_watched) return;
    looked_now_.clear();
    P::at_every_step([this] { return look(); }, "it may be looked at");
}

void Interpreter::thread(unsigned index) {
    const auto& statements = code_.threads[index];
    auto& results = state_.results[index];
    int last = 0;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const auto& s = statements[i];
        if (s.guard != unguarded && s.guard != last) continue;
        const int result = run(index, s);
        if (result == no_value) continue;
        results[i] = static_cast<std::int8_t>(result);
        last = result;
    }
}

void Interpreter::teardown() {
    for (std::size_t i = 0; i < value_names.size(); ++i) {
        const char name = value_names[i];
        if (!uses(code_, name) || (freed_ && (name == 'u' || name == 'v'))) continue;
        state_.values[i] = small(i < 4 ? atomic(name).load(std::memory_order::relaxed) : plain(name).get());
    }
    if (strategy_.blocked() == blocked_before_) {
        const relacy::Untracked scope;
        states_.insert(state_);
        looked_.insert(looked_now_.begin(), looked_now_.end());
    }
    for (auto* a : atomics_) P::destroy(a);
    for (auto* p : plains_) P::destroy(p);
    for (auto* m : mutexes_) P::destroy(m);
    P::destroy(recursive_);
    P::destroy(shared_);
    P::destroy(condition_);
    P::destroy(lazy_);
    for (auto* const latch : latches_) P::destroy(latch);
    if (!freed_) P::destroy(object_);
}

Interpreter::Atomic& Interpreter::atomic(char place) {
    return place == 'u' ? object_->u : *atomics_[place_in(atomic_names, place)];
}

Interpreter::Plain& Interpreter::plain(char place) {
    return place == 'v' ? object_->v : *plains_[place_in(plain_names, place)];
}

Interpreter::P::latch& Interpreter::latch(char place) { return *latches_[place_in(latch_names, place)]; }

int Interpreter::run(unsigned thread, const Statement& s) {
    const auto operand = static_cast<std::uint32_t>(s.operand);
    switch (s.verb) {
        case Verb::load: return small(atomic(s.place).load(s.order));
        case Verb::store: atomic(s.place).store(operand, s.order); break;
        case Verb::add: return small(atomic(s.place).fetch_add(operand, s.order));
        case Verb::bit_or: return small(atomic(s.place).fetch_or(operand, s.order));
        case Verb::bit_and: return small(atomic(s.place).fetch_and(operand, s.order));
        case Verb::bit_xor: return small(atomic(s.place).fetch_xor(operand, s.order));
        case Verb::exchange: return small(atomic(s.place).exchange(operand, s.order));
        case Verb::cas_strong:
        case Verb::cas_weak: return compare_exchange(s);
        case Verb::raise: return raise(s);
        case Verb::fence: P::fence(s.order); break;
        case Verb::lock:
        case Verb::try_lock:
        case Verb::lock_shared:
        case Verb::try_lock_shared: return take(thread, s);
        case Verb::unlock: unlock(thread, s.place); break;
        case Verb::wait: return wait(thread, false);
        case Verb::wait_for: return wait(thread, true);
        case Verb::notify_one: condition_->notify_one(); break;
        case Verb::notify_all: condition_->notify_all(); break;
        case Verb::once: return once();
        case Verb::count_down: latch(s.place).count_down(); break;
        case Verb::count_nothing: latch(s.place).count_down(0); break;
        case Verb::await: latch(s.place).wait(); break;
        case Verb::read: return small(plain(s.place).get());
        case Verb::write: plain(s.place).set(operand); break;
        case Verb::free: free(); break;
    }
    return no_value;
}

int Interpreter::compare_exchange(const Statement& s) {
    auto& cell = atomic(s.place);
    auto seen = static_cast<std::uint32_t>(s.expected);
    const auto desired = static_cast<std::uint32_t>(s.operand);
    return s.verb == Verb::cas_weak ? cell.compare_exchange_weak(seen, desired, s.order, s.failure_order)
                                    : cell.compare_exchange_strong(seen, desired, s.order, s.failure_order);
}

int Interpreter::raise(const Statement& s) {
    auto& cell = atomic(s.place);
    auto seen = cell.load_to_confirm(std::memory_order::relaxed);
    while (!cell.compare_exchange_strong(seen, seen + 1, s.order, s.failure_order)) {
    }
    return small(seen);
}

// A mutex of which somebody asks whether it is free has to say so.
Interpreter::P::mutex* Interpreter::make_mutex(char place, const char* label) const {
    if (!uses(code_, place) && !uses(code_, 'b') && !(place == 'm' && uses(code_, 'c'))) return nullptr;
    bool tried = false;
    for (const auto& thread : code_.threads) {
        for (const auto& s : thread) tried = tried || (s.verb == Verb::try_lock && s.place == place);
    }
    return P::make<P::mutex>(label, cell_name{"mutex", tried ? cell_role::tried : cell_role::plain});
}

int Interpreter::take(unsigned thread, const Statement& s) {
    const bool tries = s.verb == Verb::try_lock || s.verb == Verb::try_lock_shared;
    const bool shares = s.verb == Verb::lock_shared || s.verb == Verb::try_lock_shared;
    const auto take = [&](auto& mutex) { return tries ? mutex.try_lock() : (mutex.lock(), true); };
    bool taken = true;
    switch (s.place) {
        case 'b': revenant::lock(*mutexes_[0], *mutexes_[1]); break;
        case 'r': taken = take(*recursive_); break;
        case 's':
            if (!shares) {
                taken = take(*shared_);
            } else if (tries) {
                taken = shared_->try_lock_shared();
            } else {
                shared_->lock_shared();
            }
            break;
        default: taken = take(*mutexes_[place_in(mutex_names, s.place)]);
    }
    if (taken) held_[thread][held_count_[thread]++] = {s.place, shares};
    return tries ? taken : no_value;
}

void Interpreter::unlock(unsigned thread, char place) {
    auto& count = held_count_[thread];
    if (count == 0 || held_[thread][count - 1].place != place) return;  // a try has not taken it
    const bool shares = held_[thread][--count].is_shared;
    switch (place) {
        case 'b': mutexes_[1]->unlock(); return mutexes_[0]->unlock();
        case 'r': return recursive_->unlock();
        case 's': return shares ? shared_->unlock_shared() : shared_->unlock();
        default: return mutexes_[place_in(mutex_names, place)]->unlock();
    }
}

int Interpreter::wait(unsigned thread, bool for_some_time) {
    const auto& held = held_[thread];
    const bool has_m =
        std::any_of(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(held_count_[thread]),
                    [](const Held& h) { return h.place == 'm' || h.place == 'b'; });
    if (!has_m) return no_value;
    unique_lock lock(*mutexes_[0], std::defer_lock);  // the thread has it, and goes on having it
    if (for_some_time) {
        return condition_->wait_for(lock, std::chrono::seconds(1)) == std::cv_status::no_timeout;
    }
    condition_->wait(lock);
    return no_value;
}

int Interpreter::once() {
    bool mine = false;
    P::call_once(lazy_->flag, [&] {
        mine = true;
        static_cast<void>(lazy_->steps.fetch_add(1, std::memory_order::relaxed));
        lazy_->made.set(1);
    });
    static_cast<void>(lazy_->made.get());
    return mine;
}

// u, while it may be there: that x is 0 says nothing of that, so that some programs are broken.
bool Interpreter::look() {
    Looked values;
    values.fill(no_value);
    for (std::size_t i = 0; i < atomics_.size(); ++i) {
        if (atomics_[i] != nullptr) values[i] = small(atomics_[i]->load());
    }
    if (has_object_ && values[0] == 0) values[3] = small(object_->u.load());
    const relacy::Untracked scope;
    looked_now_.push_back(values);
    return true;
}

void Interpreter::free() {
    P::destroy(object_);
    freed_ = true;
}

}  // namespace revenant::model::generated
