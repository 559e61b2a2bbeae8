#include "reports/writers/html/finding_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "model/relations.hpp"
#include "reports/writers/html/tracks.hpp"

namespace revenant::reports::html {
namespace {

using model::OperationKind;
using nlohmann::ordered_json;

// So many steps at the beginning and at the end of a trace are shown; a livelock's has thousands between.
constexpr int kept_at_each_end = 400;

const char* order_text(const model::Operation& op) {
    switch (op.kind) {
        case OperationKind::load:
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor:
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
        case OperationKind::fence: break;
        default: return nullptr;  // plain data, mutexes and blocks have none
    }
    switch (op.order) {
        case std::memory_order::relaxed: return "relaxed";
        case std::memory_order::consume: return "consume";
        case std::memory_order::acquire: return "acquire";
        case std::memory_order::release: return "release";
        case std::memory_order::acq_rel: return "acq_rel";
        case std::memory_order::seq_cst: return "seq_cst";
    }
    return nullptr;
}

const char* arrow_text(model::Arrow::Kind kind) {
    switch (kind) {
        case model::Arrow::Kind::reads_from: return "reads-from";
        case model::Arrow::Kind::synchronises: return "synchronises";
        case model::Arrow::Kind::hands_over: return "hands-over";
    }
    return "?";
}

const char* role_text(cell_role role) { return role == cell_role::weak_count ? "weak" : "strong"; }

// A number of JavaScript holds 53 bits; a counter that has wrapped round needs all 64.
ordered_json number(std::uint64_t value, model::CellValue of) {
    const auto with_sign = static_cast<std::int64_t>(value);
    if (of == model::CellValue::signed_number && with_sign < 0) return with_sign;
    if (value < (std::uint64_t{1} << 53)) return value;
    return std::to_string(value);
}

class FindingData {
public:
    FindingData(const Row& row, Places& places)
        : row_(row),
          trace_(row.outcome.trace),
          finding_(*row.outcome.finding),
          places_(places),
          relations_(row.outcome.trace),
          count_(static_cast<int>(row.outcome.trace.steps.size())),
          gap_(std::max(0, count_ - 2 * kept_at_each_end)),
          counters_(counter_tracks(trace_)),
          of_thread_(row.threads) {
        // Those that the finding is about first; else in the order of their cells.
        std::sort(counters_.begin(), counters_.end(), [this](const Track& a, const Track& b) {
            return is_about(a) != is_about(b) ? is_about(a) : a.cell < b.cell;
        });
        for (int i = 0; i < count_; ++i) {
            const int thread = step(i).thread;
            if (thread >= 0 && static_cast<unsigned>(thread) < row.threads) {
                of_thread_[static_cast<std::size_t>(thread)].push_back(i);
            }
        }
    }

    ordered_json all() {
        ordered_json left_out = nullptr;
        if (gap_ > 0) left_out = {{"before", kept_at_each_end}, {"count", gap_}};
        const int partner = finding_.partner;
        const bool pair = valid(partner) && valid(finding_.step);
        return {{"threads", row_.threads},
                {"kind", model::to_text(finding_.kind)},
                {"failing", shown(finding_.step)},
                {"partner", shown(partner)},
                {"ordered", pair && (relations_.happens_before(partner, finding_.step) ||
                                     relations_.happens_before(finding_.step, partner))},
                {"critical", critical()},
                {"start", start()},
                {"left_out", std::move(left_out)},
                {"steps", steps()},
                {"arrows", arrows()},
                {"counters", counters()},
                {"mutexes", mutexes()}};
    }

private:
    const model::Step& step(int index) const { return trace_.steps[static_cast<std::size_t>(index)]; }
    bool valid(int index) const { return index >= 0 && index < count_; }
    bool is_kept(int index) const {
        return valid(index) && (gap_ == 0 || index < kept_at_each_end || index >= kept_at_each_end + gap_);
    }
    /// The place of a step among those shown, or -1.
    int shown(int index) const {
        if (!is_kept(index)) return -1;
        return gap_ > 0 && index >= kept_at_each_end ? index - gap_ : index;
    }
    /// The last step shown that is no later than this one, for what must not be lost with the middle.
    int shown_before(int index) const {
        return is_kept(index) || index < 0 ? shown(index) : kept_at_each_end - 1;
    }
    /// The first step shown that is no earlier.
    int shown_after(int index) const { return is_kept(index) ? shown(index) : kept_at_each_end; }

    ordered_json critical() const {
        const auto& pair = row_.outcome.critical_pair;
        if (!pair || shown(pair->first) < 0 || shown(pair->second) < 0) return nullptr;
        return {shown(pair->first), shown(pair->second)};
    }

    ordered_json steps() {
        auto list = ordered_json::array();
        for (int i = 0; i < count_; ++i) {
            if (is_kept(i)) list.push_back(one(i));
        }
        return list;
    }

    ordered_json one(int index) {
        const auto& s = step(index);
        const auto& op = s.operation;
        ordered_json out{{"n", index + 1}, {"thread", s.thread}, {"words", trace_.describe(s)}};
        if (const auto* order = order_text(op)) out["order"] = order;
        if (s.call[0] != '\0') out["call"] = s.call;
        out["at"] = places_.add(op.where);
        values(s, out);
        if (op.stale) out["note"] = "stale: an older value than the newest one";
        if (op.failed)
            out["note"] = op.spurious ? "failed although the value was the expected one" : "failed";
        if (s.unfinished) out["note"] = "did not finish: this is where the execution ended";
        if (s.thread >= 0) out["knows"] = knows(index);
        return out;
    }

    void values(const model::Step& s, ordered_json& out) const {
        const auto& op = s.operation;
        const auto value = trace_.value_of(op);
        const bool has_number = value == model::CellValue::number ||
                                value == model::CellValue::signed_number || value == model::CellValue::truth;
        if (s.unfinished || !has_number) return;
        if (model::reads_value(op.kind)) out["read"] = number(op.before, value);
        if (model::stores_value(op)) out["wrote"] = number(op.after, value);
    }

    /// Of each thread the last step that happens before this one, or -1. Those before it do so as well, so
    /// that a search by halves finds it.
    ordered_json knows(int index) const {
        auto list = ordered_json::array();
        for (const auto& theirs : of_thread_) {
            const auto end = std::partition_point(theirs.begin(), theirs.end(), [&](int other) {
                return relations_.happens_before(other, index);
            });
            list.push_back(end == theirs.begin() ? -1 : shown_before(*std::prev(end)));
        }
        return list;
    }

    ordered_json arrows() const {
        auto list = ordered_json::array();
        for (const auto& arrow : relations_.arrows()) {
            if (shown(arrow.from) < 0 || shown(arrow.to) < 0) continue;
            list.push_back(ordered_json::array({shown(arrow.from), shown(arrow.to), arrow_text(arrow.kind)}));
        }
        return list;
    }

    ordered_json changes(const Track& track) const {
        auto list = ordered_json::array();
        for (std::size_t i = 0; i < track.changes.size(); ++i) {
            const auto& change = track.changes[i];
            const int at = shown_after(change.step);
            // Of several that land on one step because the middle is left out, the last one holds.
            const bool overtaken = i + 1 < track.changes.size() && change.step >= 0 &&
                                   shown_after(track.changes[i + 1].step) == at;
            if (overtaken) continue;
            list.push_back(ordered_json::array(
                {change.step < 0 ? -1 : at, number(change.value, trace_.cells[track.cell].value)}));
        }
        return list;
    }

    /// First those of the objects that the finding is about, which are plotted, and others while there is
    /// room.
    ordered_json counters() const {
        static constexpr std::size_t plotted_max = 4;
        auto list = ordered_json::array();
        std::size_t plotted = 0;
        for (const auto& track : counters_) {
            // One that only setup has touched stands still; `start` tells its value.
            if (track.last_touch < 0 || step(track.last_touch).thread == model::setup_thread) continue;
            const auto& cell = trace_.cells[track.cell];
            const bool in_block = cell.block < trace_.blocks.size();
            const int made = in_block ? trace_.blocks[cell.block].allocated_step : -1;
            const int freed = in_block ? trace_.blocks[cell.block].freed_step : -1;
            const bool plot = is_about(track) || plotted < plotted_max;
            plotted += plot ? 1U : 0U;
            list.push_back({{"name", name(track.cell)},
                            {"role", role_text(cell.role)},
                            {"plotted", plot},
                            {"from", made < 0 ? -1 : shown_after(made)},
                            {"until", freed < 0 ? -1 : shown_after(freed)},
                            {"changes", changes(track)}});
        }
        return list;
    }

    bool is_about(const Track& track) const {
        const auto block = trace_.cells[track.cell].block;
        if (block == model::no_id) return false;
        return is_on(finding_.step, block) || is_on(finding_.partner, block);
    }
    bool is_on(int index, model::BlockId block) const {
        return valid(index) && trace_.block_of(step(index).operation) == block;
    }

    ordered_json mutexes() const {
        auto list = ordered_json::array();
        for (const auto& track : mutex_tracks(trace_)) {
            list.push_back({{"name", name(track.cell)}, {"changes", changes(track)}});
        }
        return list;
    }

    std::string name(model::CellId cell) const {
        model::Operation op;
        op.target = cell;
        return trace_.target_name(op);
    }

    /// What setup has made and what its counters stand at when the threads start.
    ordered_json start() const {
        int last = -1;
        while (last + 1 < count_ && step(last + 1).thread == model::setup_thread) ++last;
        auto list = ordered_json::array();
        for (std::size_t b = 0; b < trace_.blocks.size(); ++b) {
            const auto& block = trace_.blocks[b];
            if (block.creator != model::setup_thread) continue;
            if (valid(block.freed_step) && step(block.freed_step).thread == model::setup_thread) continue;
            auto text = trace_.block_name(static_cast<model::BlockId>(b));
            std::string inside;
            for (const auto& track : counters_) {
                if (trace_.cells[track.cell].block != b) continue;
                inside += fmt::format("{}{} {}", inside.empty() ? "" : ", ",
                                      model::Trace::cell_name(trace_.cells[track.cell]), track.at(last));
            }
            list.push_back(inside.empty() ? text : text + " (" + inside + ")");
        }
        return list;
    }

    const Row& row_;
    const model::Trace& trace_;
    const model::Finding& finding_;
    Places& places_;
    model::Relations relations_;
    int count_;
    int gap_;  ///< steps left out in the middle
    std::vector<Track> counters_;
    std::vector<std::vector<int>> of_thread_;
};

}  // namespace

ordered_json finding_data(const Row& row, Places& places) { return FindingData(row, places).all(); }

}  // namespace revenant::reports::html
