#include "model/native/atomics.hpp"

#include "model/native/orders.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sources.hpp"
#include "model/native/spin_wait.hpp"
#include "model/native/unused_result.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;
using std::memory_order;

Value changed(Value before, Change how, Value operand) {
    switch (how) {
        case Change::exchange: return operand;
        case Change::add: return before + operand;
        case Change::sub: return before - operand;
        case Change::bit_and: return before & operand;
        case Change::bit_or: return before | operand;
        case Change::bit_xor: return before ^ operand;
        case Change::bit_nand: return ~(before & operand);
    }
    return before;
}

OperationKind kind_of(Change how) {
    switch (how) {
        case Change::add: return OperationKind::fetch_add;
        case Change::sub: return OperationKind::fetch_sub;
        case Change::bit_and: return OperationKind::fetch_and;
        case Change::bit_or: return OperationKind::fetch_or;
        case Change::bit_xor: return OperationKind::fetch_xor;
        case Change::exchange:
        case Change::bit_nand: break;  // has no kind of its own
    }
    return OperationKind::exchange;
}

const char* verb_of(Change how) { return how == Change::bit_nand ? "fetch_nand" : ""; }

}  // namespace

constinit Everlasting<Atomics> the_atomics;

Access Atomics::access(AccessKind kind, CellId cell, memory_order order) const {
    Access made{kind, cell, no_id};
    made.sequential = order == memory_order::seq_cst;
    return made;
}

void Atomics::saw(const Target& target, const Location& location, std::size_t index, Tick before) {
    auto& all = machine();
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    const bool is_newest = index + 1 == location.count;
    const auto changes = all.changes_of(cell);
    spin().saw(all.current(), {cell, is_newest ? changes : ~changes, Spin::Seen::value, before});
}

// The library polls a number of times before it asks the kernel to wait. As nothing of the thread's comes
// between, one poll is as good as all. A compiler may have written the loop's rounds one after the other. Who
// tries to acquire a semaphore may do so again, with nothing between: each time one of its polls is a step.
bool Atomics::is_poll_again(const Target& target, CellId cell) {
    constexpr unsigned polls_of_libstdcxx = 16;
    const auto number = machine().current();
    const auto& poll = own_[static_cast<std::size_t>(number)].poll;
    const bool is_again = poll.address == target.address && cell < locations_.size() &&
                          poll.index + 1 == locations_[cell].count;
    if (!is_again) return false;
    const auto kind = library_poll(target.place, target.frame);
    if (kind == LibraryPoll::none) return false;
    if ((poll.place != target.place || poll.frame != target.frame) &&
        library_poll(poll.place) == LibraryPoll::none) {
        return false;
    }
    if (kind != LibraryPoll::of_libstdcxx) return true;
    return ++own(number).poll.times <= polls_of_libstdcxx;
}

std::optional<Atomics::Found> Atomics::last_found(int thread, std::uintptr_t address) const {
    const auto& poll = own_[static_cast<std::size_t>(thread)].poll;
    const auto cell = machine().objects.find(address, ObjectKind::atomic);
    if (poll.address != address || cell >= locations_.size()) return {};
    const auto& location = locations_[cell];
    if (poll.index >= location.count) return {};
    return Found{location.stores[poll.index].value, location.size};
}

Value Atomics::load(const Target& target, memory_order order) {
    auto& all = machine();
    const auto repeated = all.repeat(target.place, target.frame);
    if (repeated == Repeated::answered) return all.answer().value;
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    if (repeated == Repeated::no && is_poll_again(target, cell)) {
        const auto value = locations_[cell].newest().value;
        all.returns(target.place, value);
        return value;
    }
    if (repeated != Repeated::at_step) {
        wait_if_spinning({target.place, cell, 0, 0, 0, orders_of(order)}, target.frame, repeated);
        all.announce(OperationKind::load, access(AccessKind::read, cell, order), target.address,
                     target.place);
    }
    check(target, OperationKind::load, false, order);
    auto& from = location(target);
    const auto& choices = options(from, order == memory_order::seq_cst);
    const auto back = all.choose(ChoiceKind::stale_read, static_cast<unsigned>(choices.size()));
    const auto index = choices[back].index;
    const auto value = choices[back].value;
    if (back != 0) take(from, choices[back]);
    const auto before = from.read[all.current()];
    read(from, index, order);
    saw(target, from, index, before);
    all.take(access(AccessKind::read, cell, order));
    own(all.current()).poll = {target.place, target.address, index, target.frame, 1};
    if (all.recorder != nullptr) all.recorder->loaded(target, value, order, back != 0);
    all.returns(target.place, value);
    return value;
}

void Atomics::store(const Target& target, Value value, memory_order order) {
    auto& all = machine();
    const auto repeated = all.repeat(target.place);
    if (repeated == Repeated::answered) return repeat_store(target);
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    if (repeated == Repeated::no) {
        all.announce(OperationKind::store, access(AccessKind::write, cell, order), target.address,
                     target.place);
    }
    check(target, OperationKind::store, true, order);
    auto& to = location(target);
    const auto before = to.newest().value;
    write(to, target, value, order, nullptr);
    spin().did_more(all.current());
    all.take(access(AccessKind::write, cell, order));
    if (all.recorder != nullptr) {
        all.recorder->changed(OperationKind::store, target, before, to.newest().value, order, "");
    }
    all.returns(target.place, before, true, to.newest().value);
}

Value Atomics::change(const Target& target, Change how, Value operand, memory_order order) {
    auto& all = machine();
    const auto repeated = all.repeat(target.place, target.frame);
    if (repeated == Repeated::answered) {
        repeat_store(target);
        return all.answer().value;
    }
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    const bool adds = how == Change::add || how == Change::sub;
    const bool is_unseen =
        adds && !target.result_is_used && result_is_unused(target.place) && all.additions_commute();
    const auto kind = is_unseen ? AccessKind::add : AccessKind::write;
    if (repeated != Repeated::at_step) {
        const Asked asked{target.place, cell, operand, 0, 0, orders_of(order)};
        if (!adds) wait_if_spinning(asked, target.frame, repeated);
        all.announce(kind_of(how), access(kind, cell, order), target.address, target.place);
    }
    check(target, kind_of(how), true, order);
    auto& to = location(target);
    const auto index = to.count - 1;
    const auto before = to.stores[index].value;
    if (is_unseen) {
        add(to, target, how == Change::add ? operand : -operand, order);
        spin().did_more(all.current());
    } else {
        read(to, index, order);
        const auto continued = to.stores[index].released;
        write(to, target, changed(before, how, operand), order, &continued);
        saw(target, to, to.count - 1, 0);
    }
    all.take(access(kind, cell, order));
    if (all.recorder != nullptr) {
        all.recorder->changed(kind_of(how), target, before, to.newest().value, order, verb_of(how));
    }
    all.returns(target.place, before, true, to.newest().value);
    return before;
}

bool Atomics::compare_exchange(const Target& target, Value& expected, Value desired, memory_order success,
                               memory_order failure, bool weak) {
    auto& all = machine();
    const auto kind = weak ? OperationKind::cas_weak : OperationKind::cas_strong;
    const auto repeated = all.repeat(target.place, target.frame);
    if (repeated == Repeated::answered) {
        if (all.answer().stores) repeat_store(target);
        expected = all.answer().value;
        return all.answer().stores;
    }
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    const auto wanted = truncated(expected, target.size);
    const Asked asked{target.place, cell, desired, wanted, target.found_at, orders_of(success, failure)};
    if (repeated == Repeated::no && weak && spin().tries_again(all.current(), asked, target.frame) &&
        all.strategy->leaves_out_equivalent()) {
        all.end_execution();
    }
    if (repeated != Repeated::at_step) {
        wait_if_spinning(asked, target.frame, repeated);
        const Pending pending{target, wanted};
        own(all.current()).pending = pending;
        pending_cas_ |= search::set_of(all.current());
        all.announce(kind, access(access_of(pending), cell, success), target.address, target.place);
    }
    pending_cas_ &= ~search::set_of(all.current());
    bool stores = peek(target.address, target.size) == wanted;
    check(target, kind, stores, success);
    auto& to = location(target);
    const auto& others = failures(to, wanted, failure == memory_order::seq_cst);
    const auto other = all.choose(ChoiceKind::stale_read, static_cast<unsigned>(others.size()) + 1);
    const bool stale = other != 0;
    const auto index = stale ? others[other - 1].index : to.count - 1;
    stores = stores && !stale;
    if (stale) take(to, others[other - 1]);
    bool spurious = false;
    if (stores && weak && to.spurious_failures < spurious_failures_max) {
        spurious = all.choose(ChoiceKind::spurious_failure, 2) == 0;
        to.spurious_failures += spurious ? 1 : 0;
        stores = !spurious;
    }
    const auto before = to.stores[index].value;
    const auto order = stores ? success : failure;
    const auto read_before = stores ? Tick{0} : to.read[all.current()];
    read(to, index, order);
    if (stores) {
        const auto continued = to.stores[index].released;
        write(to, target, desired, order, &continued);
    }
    saw(target, to, stores ? to.count - 1 : index, read_before);
    if (spurious) spin().failed_for_nothing(all.current(), asked, target.frame);
    all.take(access(stores || spurious ? AccessKind::write : AccessKind::read, cell, order));
    if (all.recorder != nullptr) {
        all.recorder->compared(kind, target, before, truncated(desired, target.size), order,
                               {!stores, spurious, stale});
    }
    all.returns(target.place, before, stores, to.newest().value);
    expected = before;
    return stores;
}

AccessKind Atomics::access_of(const Pending& pending) {
    const bool would_store = peek(pending.target.address, pending.target.size) == pending.expected;
    return would_store ? AccessKind::write : AccessKind::read;
}

void Atomics::classify_pending() {
    search::for_each(pending_cas_, [](int number) {
        auto& all = machine();
        const auto& thread = all.threads()[static_cast<std::size_t>(number)];
        const auto kind = access_of(atomics().own_[static_cast<std::size_t>(number)].pending);
        if (thread.state != Thread::State::waiting || thread.access.kind == kind) return;
        all.thread(number).access.kind = kind;
        all.strategy->execution.announce(number, thread.access);
    });
}

// Acquire and release fences concern their own thread only, and are no steps.
void Atomics::fence(memory_order order, std::uintptr_t place) {
    auto& all = machine();
    const bool sequential = order == memory_order::seq_cst;
    // Where each load reads the newest value, nobody can tell when one is made.
    const bool is_seen = sequential && !all.options.newest_only;
    const Access made{is_seen ? AccessKind::fence : AccessKind::none, no_id, no_id};
    if (!sequential && all.repeats()) return;
    if (sequential) {
        const auto repeated = all.repeat(place);
        if (repeated == Repeated::answered) return;
        if (repeated == Repeated::no) all.announce(OperationKind::fence, made, 0, place);
    } else {
        all.alike.acts();
    }
    auto& own = all.self();
    if (acquires(order)) own.happened.join(all.fences_of(all.current()).acquired);
    if (sequential) {
        auto& seen = all.own_fences().seen;
        seen.join(fenced_);
        fenced_.join(own.happened);
        fenced_.join(seen);
        this->own(all.current()).last_fence = ++sequential_;
    }
    if (releases(order)) all.own_fences().released = own.happened;
    if (sequential) {
        all.take(made);
    } else if (releases(order)) {
        all.tick();
    } else {
        all.pass_tick();
    }
    if (all.recorder != nullptr) all.recorder->fenced(order, place);
    if (sequential) all.returns(place);
}

}  // namespace revenant::model::native
