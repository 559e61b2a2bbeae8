#include "model/relacy/waiting.hpp"

#include <algorithm>

namespace revenant::model::relacy {
namespace {

constexpr unsigned always_changed = ~0u;  // what is compared with it differs

}  // namespace

void Waiting::begin() {
    changes_.clear();
    for (auto& seen : seen_) seen.clear();
    rounds_ = {};
}

void Waiting::saw(int thread, CellId cell, bool newest) {
    auto& seen = seen_[static_cast<std::size_t>(thread)];
    const unsigned changes = newest ? changes_of(cell) : always_changed;
    const auto known = std::find_if(seen.begin(), seen.end(), [&](const Seen& s) { return s.cell == cell; });
    if (known == seen.end()) {
        seen.push_back({cell, changes});
    } else {
        known->changes = changes;
    }
}

void Waiting::changed(CellId cell) {
    if (cell >= changes_.size()) changes_.resize(cell + 1u);
    ++changes_[cell];
}

bool Waiting::may_go_on(int thread) const {
    const auto& seen = seen_[static_cast<std::size_t>(thread)];
    return seen.empty() || std::any_of(seen.begin(), seen.end(),
                                       [&](const Seen& s) { return s.changes != changes_of(s.cell); });
}

CellId Waiting::waits_for(int thread) const {
    const auto& seen = seen_[static_cast<std::size_t>(thread)];
    return seen.size() == 1 ? seen.front().cell : no_id;
}

unsigned Waiting::next_round(int thread) {
    seen_[static_cast<std::size_t>(thread)].clear();
    return ++rounds_[static_cast<std::size_t>(thread)];
}

}  // namespace revenant::model::relacy
