// The part of Atomics that is about additions whose results nobody uses.
//
// Two of them in a row commute: whichever comes first, what is there after both is the same, and so is what
// both have released. So the search takes one order (AccessKind::add), and the order that it took must not
// show:
// - An addition comes after what was released before the row, and not after another one in it: there is an
//   order in which it has not read that one. There is none for two additions that both acquire and release,
//   nor where other steps say which comes first: C++ orders them (a fence behind an addition may acquire for
//   it). What is proven without that order is proven with it; a failure is searched for once more with it
//   (lacks_order_of_additions).
// - A load that is late (a stale read) may find any of the values that an order of the row has on its way. It
//   is offered those too; the row is then in an order that fits.
// Whoever reads the newest value comes after the whole row and ends it.
#include <algorithm>

#include "model/native/atomics.hpp"
#include "model/native/orders.hpp"

namespace revenant::model::native {
namespace {

using std::memory_order;

constexpr std::size_t row_max = 6;  // of these the orders are told apart: the last ones

bool is_read(const VectorClock& seen) {
    return std::any_of(seen.ticks.begin(), seen.ticks.end(), [](Tick tick) { return tick != 0; });
}

}  // namespace

void Atomics::add(Location& location, const Target& target, Value operand, memory_order order) {
    auto& all = machine();
    auto& own = all.self();
    const auto& newest = location.newest();
    const bool goes_on = newest.addition >= 0 && !is_read(newest.seen);
    Addition made;
    made.operand = operand;
    made.step = all.strategy->execution.position();
    made.before = goes_on ? additions_[static_cast<std::size_t>(newest.addition)].before : newest.released;
    all.acquire(made.before, acquires(order));
    made.lacks_order = goes_on && !own.happened.covers_all(newest.released);
    made.released = releases(order) ? own.happened : all.fences_of(all.current()).released;
    location.read[all.current()] = own.happened[all.current()];
    const auto continued = newest.released;
    write(location, target, newest.value + operand, order, &continued);
    location.newest().addition = static_cast<std::int32_t>(additions_.size());
    additions_.push_back(made);
}

bool Atomics::lacks_order_of_additions() const {
    return std::any_of(additions_.begin(), additions_.end(),
                       [](const Addition& addition) { return addition.lacks_order; });
}

// Where the row begins whose last addition is before `end`; `end`: there is none.
std::size_t Atomics::row_begin(const Location& location, std::size_t end) {
    auto begin = end;
    while (begin > 1 && location.stores[begin - 1].addition >= 0 && end - begin < row_max &&
           (begin == end || !is_read(location.stores[begin - 1].seen))) {
        --begin;
    }
    return begin;
}

bool Atomics::comes_before(const Store& one, const Store& other) const {
    const auto& events = machine().strategy->execution.events();
    const auto event_of = [&](const Store& store) -> const search::Event& {
        return events[additions_[static_cast<std::size_t>(store.addition)].step];
    };
    return search::Execution::covers(event_of(other).clock, event_of(one));
}

void Atomics::add_orders(const Location& location, const View& view) {
    const auto oldest = location.count - std::min(location.count, stores_max);
    for (auto end = location.count; end > std::max<std::size_t>(oldest, 1);) {
        const auto begin = row_begin(location, end);
        if (end - begin > 1) add_orders_of(location, view, begin, end);
        const auto next = std::min(begin, end - 1);
        for (auto index = next; index < end; ++index) {
            const auto& store = location.stores[index];
            if (knows(view, store) || knows_of_a_reader(view, store)) return;
        }
        end = next;
    }
}

// Each set of the row's additions that may come first, but for those that do so as it is.
void Atomics::add_orders_of(const Location& location, const View& view, std::size_t begin, std::size_t end) {
    const auto* const row = location.stores.data() + begin;
    const auto size = static_cast<unsigned>(end - begin);
    if (knows_of_a_reader(view, row[size - 1])) return;
    const auto thread = static_cast<std::size_t>(machine().current());
    const auto all = (1u << size) - 1;
    for (std::uint32_t first = 1; first < all; ++first) {
        if ((first & (first + 1)) == 0) continue;
        const auto count = static_cast<std::size_t>(search::count_of(first));
        bool fits = row[count - 1].stale_reads[thread] < stale_reads_max;
        Value value = location.stores[begin - 1].value;
        for (unsigned i = 0; i < size && fits; ++i) {
            if ((first & 1u << i) != 0) {
                value += additions_[static_cast<std::size_t>(row[i].addition)].operand;
                continue;
            }
            fits = !knows(view, row[i]);
            for (auto later = i + 1; later < size && fits; ++later) {
                fits = (first & 1u << later) == 0 || !comes_before(row[i], row[later]);
            }
        }
        if (fits) options_.push_back({begin + count - 1, truncated(value, location.size), begin, end, first});
    }
}

void Atomics::take(Location& location, const Option& option) {
    const auto thread = static_cast<std::size_t>(machine().current());
    note_store(location, option.index);
    ++location.stores[option.index].stale_reads[thread];
    if (option.first == 0) return;
    for (auto index = option.begin; index < option.end; ++index) note_store(location, index);
    auto* const row = location.stores.data() + option.begin;
    const auto size = option.end - option.begin;
    std::array<Store, row_max> before;
    std::copy(row, row + size, before.begin());
    std::array<std::uint64_t, row_max> places{};
    std::size_t places_count = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (before[i].sequential != 0) places[places_count++] = before[i].sequential;
    }
    std::size_t at = 0;
    std::size_t place = 0;
    for (const bool comes_first : {true, false}) {
        for (std::size_t i = 0; i < size; ++i) {
            if (((option.first & 1u << i) != 0) != comes_first) continue;
            const auto& addition = additions_[static_cast<std::size_t>(before[i].addition)];
            const auto& previous = location.stores[option.begin + at - 1];
            auto& store = row[at++];
            store.thread = before[i].thread;
            store.tick = before[i].tick;
            store.addition = before[i].addition;
            store.sequential = before[i].sequential != 0 ? places[place++] : 0;
            store.value = truncated(previous.value + addition.operand, location.size);
            store.released = previous.released;
            store.released.join(addition.released);
        }
    }
}

}  // namespace revenant::model::native
