#include "reports/writers/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/writers/columns.hpp"
#include "reports/writers/facts.hpp"

namespace revenant::reports {
namespace {

using model::Step;
using model::Verdict;

class Paint {
public:
    explicit Paint(const TextStyle& style) : on_(style.colours) {}
    std::string red(const std::string& text) const { return paint("31", text); }
    std::string green(const std::string& text) const { return paint("32", text); }
    std::string yellow(const std::string& text) const { return paint("33", text); }
    std::string bold(const std::string& text) const { return paint("1", text); }
    std::string dim(const std::string& text) const { return paint("2", text); }

private:
    std::string paint(const char* code, const std::string& text) const {
        return on_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    }
    bool on_;
};

/// The interleaving of one row.
class Interleaving {
public:
    Interleaving(const Row& row, const TextStyle& style)
        : row_(row), trace_(row.outcome.trace), finding_(*row.outcome.finding), paint_(style) {
        const auto gutter = mark_width + number_width + 2;
        const auto all = std::max(style.width, 60u) - gutter;
        const auto column = all / row.threads;
        is_list_ = column <= cell_width_min;
        cell_width_ = is_list_ ? all - thread_width : column - 1;
        width_ = std::max(style.width, 60u);
    }

    std::string text() {
        for (const auto& line :
             wrapped(fmt::format("{}  {}  {} threads", row_.scenario, row_.implementation, row_.threads),
                     width_)) {
            out_ += paint_.bold(line) + "\n";
        }
        for (const auto& line :
             wrapped(fmt::format("{}: {}", to_text(finding_.kind), finding_.invariant), width_)) {
            out_ += paint_.red(line) + "\n";
        }
        out_ += "\n";
        start();
        heading();
        steps();
        out_ += "\n";
        paragraph(finding_.sentence);
        if (!finding_.note.empty()) paragraph(finding_.note);
        if (const auto& pair = row_.outcome.critical_pair) {
            paragraph("swap these two and it passes: " + step_in_words(pair->first) + ", and " +
                      step_in_words(pair->second));
        }
        paragraph("where: " + finding_.where);
        out_ += "schedule: " + model::to_text(row_.outcome.schedule) + "\n";
        return out_;
    }

private:
    static constexpr std::size_t mark_width = 3;
    static constexpr std::size_t number_width = 4;
    static constexpr std::size_t cell_width_min = 12;  // in less, nobody can read a step
    static constexpr std::size_t thread_width = 8;
    static constexpr std::size_t shown_max = 300;
    static constexpr std::size_t shown_at_each_end = 100;

    void paragraph(const std::string& words) {
        for (const auto& line : wrapped(words, width_)) out_ += line + "\n";
    }

    std::string step_in_words(int index) const {
        const auto& step = trace_.steps[static_cast<std::size_t>(index)];
        return fmt::format("step {}, {}", index + 1, trace_.in_words(step));
    }

    bool shown(int index, const Step& step) const {
        if (index == finding_.step || index == finding_.partner) return true;
        const auto& pair = row_.outcome.critical_pair;
        if (pair && (index == pair->first || index == pair->second)) return true;
        return step.thread >= 0 && !step.of_framework;
    }
    // In place of a test framework's own steps since the one that is shown before.
    void folded(int previous, int next) {
        const auto count = std::count_if(trace_.steps.begin() + previous + 1, trace_.steps.begin() + next,
                                         [](const Step& step) { return step.of_framework; });
        if (count != 0) out_ += fmt::format("   … {} of the test framework\n", of(count, "step"));
    }
    static std::string of(std::ptrdiff_t count, const char* what) {
        return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
    }

    // What setup has made, instead of its many steps.
    void start() {
        std::string made;
        for (std::size_t b = 0; b < trace_.blocks.size(); ++b) {
            const auto& block = trace_.blocks[b];
            if (block.creator != model::setup_thread || freed_in_setup(block)) continue;
            if (!made.empty()) made += ", ";
            made +=
                trace_.block_name(static_cast<model::BlockId>(b)) + counters(static_cast<model::BlockId>(b));
        }
        if (!made.empty()) {
            paragraph("At the start: " + made + ".");
            out_ += "\n";
        }
    }
    bool freed_in_setup(const model::Block& block) const {
        return block.freed_step >= 0 &&
               trace_.steps[static_cast<std::size_t>(block.freed_step)].thread == model::setup_thread;
    }
    // ` (strong 1, weak 2)`: the counters of a block when the threads start.
    std::string counters(model::BlockId block) const {
        std::string list;
        for (std::size_t c = 0; c < trace_.cells.size(); ++c) {
            const auto& cell = trace_.cells[c];
            if (cell.block != block || !is_counter(cell.role)) continue;
            std::uint64_t value = cell.initial;
            for (const auto& step : trace_.steps) {
                if (step.thread != model::setup_thread) break;
                const auto& op = step.operation;
                if (!op.on_block && op.target == c && !step.unfinished && stores_value(op)) {
                    value = op.after;
                }
            }
            list += fmt::format("{}{} {}", list.empty() ? "" : ", ", cell.name, value);
        }
        return list.empty() ? "" : " (" + list + ")";
    }

    void heading() {
        out_ += std::string(mark_width, ' ') + padded("step", number_width + 2);
        if (is_list_) {
            out_ += "thread\n";
            return;
        }
        for (unsigned t = 0; t < row_.threads; ++t) {
            const auto name = model::thread_name(static_cast<int>(t));
            out_ += t + 1 == row_.threads ? name : padded(name, cell_width_ + 1);
        }
        out_ += "\n";
    }

    // Of a livelock the first and the last steps tell all.
    void steps() {
        std::vector<int> indices;
        for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
            const int index = static_cast<int>(i);
            if (shown(index, trace_.steps[i])) indices.push_back(index);
        }
        const std::size_t left_out = indices.size() > shown_max ? indices.size() - 2 * shown_at_each_end : 0;
        int previous = model::setup_thread;
        for (std::size_t i = 0; i < indices.size(); ++i) {
            if (left_out != 0 && i == shown_at_each_end) {
                out_ += fmt::format("   … {} steps left out\n", left_out);
                i += left_out;
                calls_.clear();
            } else if (i != 0) {
                folded(indices[i - 1], indices[i]);
            }
            const auto& step = trace_.steps[static_cast<std::size_t>(indices[i])];
            const bool switched = step.thread >= 0 && previous >= 0 && step.thread != previous;
            call(step);
            line(indices[i], step, switched);
            if (step.thread >= 0) previous = step.thread;
        }
    }

    // `intern:`, before the first step of what a thread calls.
    void call(const Step& step) {
        if (step.thread < 0 || std::exchange(calls_[step.thread], step.call) == step.call) return;
        if (*step.call == '\0') return;
        bool first = true;
        for (const auto& piece : wrapped(std::string(step.call) + ":", cell_width_)) {
            out_ += std::string(mark_width + number_width + 2, ' ') + before_cell(step, first) +
                    paint_.dim(piece) + "\n";
            first = false;
        }
    }

    // In a list, the thread's name; else the columns of the threads before.
    std::string before_cell(const Step& step, bool first) const {
        if (step.thread < 0) return "";
        if (is_list_) return padded(first ? model::thread_name(step.thread) : "", thread_width);
        return std::string(static_cast<std::size_t>(step.thread) * (cell_width_ + 1), ' ');
    }

    void line(int index, const Step& step, bool switched) {
        const bool fails = index == finding_.step;
        const bool collides = index == finding_.partner;
        const std::string mark = std::string(switched ? ">" : " ") + (fails ? "✗" : collides ? "*" : "");
        auto words = trace_.describe(step);
        const bool outside = step.thread < 0;
        if (outside) words = model::thread_name(step.thread) + ": " + words;
        bool first = true;
        for (const auto& piece : wrapped(words, outside ? width_ - 10 : cell_width_)) {
            out_ += padded(first ? mark : "", mark_width) +
                    padded(first ? std::to_string(index + 1) : "", number_width + 2) +
                    before_cell(step, first);
            out_ += (fails || collides ? paint_.red(piece) : piece) + "\n";
            first = false;
        }
    }

    const Row& row_;
    const model::Trace& trace_;
    const model::Finding& finding_;
    Paint paint_;
    std::size_t cell_width_;
    bool is_list_;  ///< the threads are too many for columns
    std::size_t width_;
    std::map<int, std::string_view> calls_;  ///< of each thread: what its last step that is shown belongs to
    std::string out_;
};

std::string beneath(const std::string& advice, const TextStyle& style) {
    std::string lines;
    if (advice.empty()) return lines;
    for (const auto& line : wrapped(advice, std::max(style.width, 60u) - 2)) lines += "  " + line + "\n";
    return lines;
}

}  // namespace

std::string summary(const Report& report, const TextStyle& style) {
    const Paint paint(style);
    std::size_t scenario_width = 8;
    std::size_t implementation_width = 14;
    for (const auto& row : report.rows) {
        scenario_width = std::max(scenario_width, row.scenario.size());
        implementation_width = std::max(implementation_width, row.implementation.size());
    }
    const auto line = [&](const std::string& scenario, const std::string& implementation,
                          const std::string& threads, const std::string& verdict, const std::string& expected,
                          const std::string& executions, const std::string& exhaustive,
                          const std::string& seconds) {
        return fmt::format("{:<{}}  {:<{}}  {:>7}  {:<24} {:<9}  {:>10}  {:<11} {:>7}", scenario,
                           scenario_width, implementation, implementation_width, threads, verdict, expected,
                           executions, exhaustive, seconds);
    };
    std::string out = paint.bold(line("scenario", "implementation", "threads", "verdict", "expected",
                                      "executions", "exhaustive", "seconds")) +
                      "\n";
    for (const auto& row : report.rows) {
        const auto text = line(row.scenario, row.implementation, std::to_string(row.threads), found(row),
                               to_text(row.expected), std::to_string(row.outcome.executions_complete),
                               exhaustive_text(row), fmt::format("{:.3f}", row.outcome.seconds));
        const bool unsure = row.outcome.verdict == Verdict::undecided;
        if (!row.as_expected) {
            out += paint.red(text + (unsure ? "  NOT DECIDED" : "  NOT AS EXPECTED")) + "\n";
        } else {
            out += (unsure ? paint.yellow(text) : text) + "\n";
        }
        out += beneath(row.advice, style);
    }
    const auto totals = totals_text(report);
    const bool good = reports::totals(report).unexpected == 0;
    return out + "\n" + (good ? paint.green(totals) : paint.red(totals)) + "\n";
}

std::string interleaving(const Row& row, const TextStyle& style) {
    if (!row.outcome.finding) return "";
    auto text = Interleaving(row, style).text();
    const auto behind = behind_sentence(row);
    if (behind.empty()) return text;
    const auto width = std::max(style.width, 60u);
    for (const auto& line : wrapped(behind, width)) text += line + "\n";
    for (const auto& found : row.behind) {
        // Of one object that nobody guards there may be many, which say the same.
        const bool is_another_race = row.outcome.finding->kind == model::FindingKind::data_race &&
                                     found.finding->kind == model::FindingKind::data_race;
        text += "\n";
        if (!is_another_race) {
            text += Interleaving(row_behind(row, found), style).text();
            continue;
        }
        for (const auto& line : wrapped("data-race: " + found.finding->where, width)) text += line + "\n";
        text += "schedule: " + model::to_text(found.schedule) + "\n";
    }
    return text;
}

std::string coverage(const Row& row, const TextStyle& style) {
    if (row.outcome.covered.empty()) return "";
    const Paint paint(style);
    std::string text;
    const auto width = std::max(style.width, 60u);
    const auto name = fmt::format("{}  {}  {} threads", row.scenario, row.implementation, row.threads);
    for (const auto& line : wrapped(name, width)) text += paint.bold(line) + "\n";
    const std::string kind = row.outcome.ending == model::Ending::refused ? "refused: " : "undecided: ";
    for (const auto& line : wrapped(kind + row.outcome.covered, width)) text += line + "\n";
    return text;
}

}  // namespace revenant::reports
