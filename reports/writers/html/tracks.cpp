#include "reports/writers/html/tracks.hpp"

#include <map>

namespace revenant::reports::html {
namespace {

using model::OperationKind;

// A counter that nothing is known of began at 1, as references do; the first step that reads it knows better.
std::uint64_t first_value(const model::Step& step) {
    return step.operation.kind == OperationKind::store || step.operation.kind == OperationKind::write
               ? 1
               : step.operation.before;
}

}  // namespace

std::uint64_t Track::at(int step) const {
    std::uint64_t value = changes.empty() ? 1 : changes.front().value;
    for (const auto& change : changes) {
        if (change.step > step) break;
        value = change.value;
    }
    return value;
}

std::vector<Track> counter_tracks(const model::Trace& trace) {
    std::vector<Track> tracks;
    for (std::size_t c = 0; c < trace.cells.size(); ++c) {
        if (trace.cells[c].role == cell_role::plain) continue;
        Track track;
        track.cell = static_cast<model::CellId>(c);
        for (std::size_t i = 0; i < trace.steps.size(); ++i) {
            const auto& step = trace.steps[i];
            const auto& op = step.operation;
            if (op.on_block || op.target != c) continue;
            if (track.changes.empty() && !step.unfinished) track.changes.push_back({-1, first_value(step)});
            if (!step.unfinished && model::stores_value(op))
                track.changes.push_back({static_cast<int>(i), op.after});
            track.last_touch = static_cast<int>(i);
        }
        if (track.changes.empty()) track.changes.push_back({-1, 1});
        tracks.push_back(std::move(track));
    }
    return tracks;
}

std::vector<Track> mutex_tracks(const model::Trace& trace) {
    std::map<model::CellId, Track> tracks;
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const auto& step = trace.steps[i];
        const bool locks = step.operation.kind == OperationKind::lock;
        if (!locks && step.operation.kind != OperationKind::unlock) continue;
        auto& track = tracks[step.operation.target];
        if (track.changes.empty()) track.changes.push_back({-1, 0});
        track.cell = step.operation.target;
        track.last_touch = static_cast<int>(i);
        if (step.unfinished || step.thread < 0) continue;
        track.changes.push_back(
            {static_cast<int>(i), locks ? static_cast<std::uint64_t>(step.thread + 1) : 0});
    }
    std::vector<Track> all;
    for (auto& [cell, track] : tracks) all.push_back(std::move(track));
    return all;
}

}  // namespace revenant::reports::html
