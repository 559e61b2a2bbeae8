#include "reports/writers/html/tracks.hpp"

#include <map>

namespace revenant::reports::html {
namespace {

using model::OperationKind;

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
        if (!is_counter(trace.cells[c].role)) continue;
        Track track;
        track.cell = static_cast<model::CellId>(c);
        track.changes.push_back({-1, trace.cells[c].initial});
        for (std::size_t i = 0; i < trace.steps.size(); ++i) {
            const auto& step = trace.steps[i];
            const auto& op = step.operation;
            if (op.on_block || op.target != c) continue;
            if (!step.unfinished && model::stores_value(op))
                track.changes.push_back({static_cast<int>(i), op.after});
            track.last_touch = static_cast<int>(i);
        }
        tracks.push_back(std::move(track));
    }
    return tracks;
}

std::vector<Track> mutex_tracks(const model::Trace& trace) {
    std::map<model::CellId, Track> tracks;
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const auto& step = trace.steps[i];
        const bool locks = step.operation.kind == OperationKind::lock ||
                           (step.operation.kind == OperationKind::try_lock && !step.operation.failed);
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
