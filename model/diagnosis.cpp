#include "model/diagnosis.hpp"

#include <string_view>

#include "model/waits.hpp"

namespace revenant::model {
namespace {

// Looks backwards from `before` for a step that `matches`.
template <class Matches>
int find_back(const Trace& trace, int before, Matches matches) {
    for (int i = before - 1; i >= 0; --i) {
        if (matches(trace.steps[static_cast<std::size_t>(i)])) return i;
    }
    return -1;
}

bool decrements(const Operation& op) { return op.kind == OperationKind::fetch_sub; }

bool changes(const Operation& op) {
    switch (op.kind) {
        case OperationKind::load:
        case OperationKind::read: return false;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak: return !op.failed;
        default: return true;
    }
}

constexpr std::size_t steps_of_a_round = 4;  // shown of a loop at most

class Diagnosis {
public:
    Diagnosis(const Trace& trace, const Failure& failure) : trace_(trace), failure_(failure) {
        finding_.kind = failure.kind;
        finding_.step = failure.step >= 0 ? failure.step : static_cast<int>(trace.steps.size()) - 1;
    }

    Finding result() {
        if (finding_.step < 0) {
            finding_.invariant = failure_.text;
            finding_.sentence = std::string(failure_.text) + ", before the first step.";
            finding_.where = "before the first step";
            return finding_;
        }
        explain();
        finding_.where = at(finding_.step);
        if (finding_.partner >= 0) finding_.where += ", after " + at(finding_.partner);
        return finding_;
    }

private:
    const Step& step(int i) const { return trace_.steps[static_cast<std::size_t>(i)]; }
    const Step& last() const { return step(finding_.step); }
    std::string who(int i) const { return thread_name(step(i).thread); }
    std::string target() const { return trace_.target_name(last().operation); }
    std::string at(int i) const {
        const auto& operation = step(i).operation;
        // What a library does, whose sources nobody has, is nowhere.
        const auto where = operation.where.line() == 0 ? "" : " at " + place(operation.where);
        return who(i) + " " + trace_.target_name(operation) + where;
    }
    std::string step_number(int i) const { return "step " + std::to_string(i + 1); }
    bool other_thread(const Step& s) const { return s.thread != last().thread; }
    bool same_target(const Step& s) const {
        return s.operation.target == last().operation.target &&
               s.operation.on_block == last().operation.on_block;
    }

    void explain() {
        switch (finding_.kind) {
            case FindingKind::resurrection: return resurrection();
            case FindingKind::use_after_free: return use_after_free();
            case FindingKind::double_free: return double_free();
            case FindingKind::data_race: return data_race();
            case FindingKind::leak: return leak();
            case FindingKind::deadlock: return deadlock();
            case FindingKind::counter_overflow:
            case FindingKind::counter_underflow: return counter();
            case FindingKind::uninitialised_read:
                return say("nobody reads what has not been published to it",
                           who(finding_.step) + " reads " + target() +
                               " before its initial value is visible to it.");
            case FindingKind::livelock: return livelock();
            case FindingKind::double_destroy:
            case FindingKind::invariant:
            case FindingKind::assertion: return in_its_own_words();
        }
    }

    void say(std::string invariant, std::string sentence) {
        finding_.invariant = std::move(invariant);
        finding_.sentence = std::move(sentence);
    }

    void partner_by_target(bool only_changes) {
        finding_.partner = find_back(trace_, finding_.step, [&](const Step& s) {
            return other_thread(s) && same_target(s) && (!only_changes || changes(s.operation));
        });
    }

    void resurrection() {
        finding_.partner = find_back(trace_, finding_.step, [&](const Step& s) {
            return same_target(s) && decrements(s.operation) && s.operation.after == 0;
        });
        const auto dropped = finding_.partner < 0
                                 ? std::string("after its last reference was gone")
                                 : "after " + who(finding_.partner) + " had dropped the last reference (" +
                                       step_number(finding_.partner) + ")";
        say("no strong count goes 0→1", who(finding_.step) + " took " + target() + " from 0 to 1 " + dropped +
                                            ": the object is being destroyed, and " + who(finding_.step) +
                                            " holds a pointer to it.");
    }

    void use_after_free() {
        const auto block = trace_.block_of(last().operation);
        std::string sentence = who(finding_.step) + " uses " + target() + " after ";
        if (block >= trace_.blocks.size() || trace_.blocks[block].freed_step < 0) {
            say("nobody touches an object after it is destroyed", sentence + "it was destroyed.");
            return;
        }
        finding_.partner = trace_.blocks[block].freed_step;
        const bool own_free = step(finding_.partner).thread == last().thread;
        sentence += (own_free ? "it" : who(finding_.partner)) + " freed " + trace_.block_name(block) + " (" +
                    step_number(finding_.partner) + ")";
        const auto strong = strong_count_at(block, finding_.partner);
        if (strong > 0) {
            say("no memory is freed while strong references live",
                sentence + ": a premature free, its strong count was still " + std::to_string(strong) + ".");
            return;
        }
        const int own = own_decrement_before(finding_.step, block);
        if (own >= 0 && !own_free) {
            say("a releasing thread does not touch the object after its own decrement",
                sentence + ". " + who(finding_.step) + " had given up its own reference at " +
                    step_number(own) + ", and nothing kept the object alive for it.");
            return;
        }
        say("nobody touches an object after it is destroyed", sentence + ".");
    }

    // The last step before `i` in which its thread gave up a strong reference that was not the last, on
    // this block or on one that is dying now (what the block belongs to).
    int own_decrement_before(int i, BlockId block) const {
        return find_back(trace_, i, [&](const Step& s) {
            const auto counted = trace_.block_of(s.operation);
            return s.thread == step(i).thread && decrements(s.operation) && strong_role(s.operation) &&
                   s.operation.after > 0 && (counted == block || strong_count_at(counted, i) == 0);
        });
    }

    bool strong_role(const Operation& op) const {
        return !op.on_block && op.target < trace_.cells.size() &&
               trace_.cells[op.target].role == cell_role::strong_count;
    }

    // The last value of the block's strong count before a step; 0 when it has none.
    std::uint64_t strong_count_at(BlockId block, int before) const {
        const int i = find_back(trace_, before, [&](const Step& s) {
            return trace_.block_of(s.operation) == block && strong_role(s.operation);
        });
        if (i < 0) return 0;
        const auto& op = step(i).operation;
        return changes(op) ? op.after : op.before;
    }

    void double_free() {
        if (*failure_.text != '\0') return in_its_own_words();
        finding_.partner = find_back(trace_, finding_.step, [&](const Step& s) {
            return same_target(s) && s.operation.kind == OperationKind::free && !s.unfinished;
        });
        const auto what = who(finding_.step) + " frees ";
        if (!last().operation.on_block || finding_.partner < 0) {
            partner_by_target(true);
            return say("memory is freed once", what + "an object that is not allocated.");
        }
        const bool is_own = step(finding_.partner).thread == last().thread;
        say("memory is freed once", what + target() + ", which " + (is_own ? "it" : who(finding_.partner)) +
                                        " has freed already (" + step_number(finding_.partner) + ").");
    }

    void data_race() {
        const auto block = trace_.block_of(last().operation);
        const bool destroys =
            last().operation.kind == OperationKind::free || last().operation.kind == OperationKind::retire;
        finding_.partner = find_back(trace_, finding_.step, [&](const Step& s) {
            if (!other_thread(s)) return false;
            if (destroys && block != no_id) return trace_.block_of(s.operation) == block;
            return same_target(s) && (changes(s.operation) || changes(last().operation));
        });
        // Nobody else has written it: then it was made in no order with this step.
        if (finding_.partner < 0 && block < trace_.blocks.size()) {
            const int made = trace_.blocks[block].allocated_step;
            if (step(made).thread >= 0 && other_thread(step(made))) finding_.partner = made;
        }
        std::string other = "another thread's access";
        if (finding_.partner >= 0) {
            other = who(finding_.partner) + "'s " + trace_.describe(step(finding_.partner)) + " (" +
                    step_number(finding_.partner) + ")";
        }
        say(destroys ? "the destructor sees every earlier use of the object"
                     : "two accesses to plain data, one a write, are ordered",
            who(finding_.step) + "'s " + trace_.describe(last()) + " is not ordered after " + other +
                ": nothing synchronises the two, a data race.");
    }

    void leak() {
        for (std::size_t i = 0; i < trace_.blocks.size(); ++i) {
            const auto& block = trace_.blocks[i];
            if (block.freed_step >= 0) continue;
            const auto id = static_cast<BlockId>(i);
            finding_.step = find_back(trace_, static_cast<int>(trace_.steps.size()), [&](const Step& s) {
                return trace_.block_of(s.operation) == id && changes(s.operation);
            });
            if (finding_.step < 0) finding_.step = block.allocated_step;
            if (finding_.step != block.allocated_step) finding_.partner = block.allocated_step;
            say("at quiescence nothing leaks",
                trace_.block_name(id) + ", made by " + thread_name(block.creator) +
                    ", is never freed; the last to change it was " + who(finding_.step) + ": " +
                    trace_.describe(last()) + " (" + step_number(finding_.step) + ").");
            return;
        }
        say("at quiescence nothing leaks", "Memory that the trace does not name is never freed.");
    }

    void deadlock() {
        std::string sentence;
        for (const auto& waiting : failure_.waiting) {
            if (!is_wait(waiting.operation)) continue;
            const auto wait = wait_in_words(trace_, waiting, true);
            if (wait.taken_at >= 0) finding_.partner = wait.taken_at;
            if (!sentence.empty()) sentence += " ";
            sentence += wait.sentence + ".";
        }
        say("every thread makes progress",
            sentence.empty() ? "No thread can take a step." : sentence + " A deadlock.");
    }

    // The steps of a thread's last round: since the wait before it, or the last few.
    std::string round_of(int thread) const {
        std::vector<int> steps;
        for (int i = static_cast<int>(trace_.steps.size()); i-- > 0;) {
            if (step(i).thread != thread || step(i).unfinished) continue;
            if (step(i).operation.on_block) break;  // before the loop: it would have no end of blocks
            const bool wait = step(i).operation.kind == OperationKind::yield;
            if (wait && steps.empty()) continue;  // the one that ends the round
            if (wait || steps.size() == steps_of_a_round) break;
            steps.push_back(i);
        }
        std::string text;
        for (auto i = steps.rbegin(); i != steps.rend(); ++i) {
            text += trace_.describe(step(*i)) + " (" + step_number(*i) + "), ";
        }
        return text + "wait";
    }

    void livelock() {
        std::string sentence;
        for (const auto& waiting : failure_.waiting) {
            if (is_wait(waiting.operation)) {
                sentence += wait_in_words(trace_, waiting, false).sentence + ". ";
            } else if (waiting.operation.kind == OperationKind::yield) {
                sentence += thread_name(waiting.thread) +
                            " goes round without end: " + round_of(waiting.thread) + ". ";
            }
        }
        if (sentence.empty()) {
            sentence = "The threads take steps without end; the last one is " + who(finding_.step) + "'s";
            if (last().operation.kind == OperationKind::yield) {
                sentence = thread_name(last().thread) + " goes round and round: " + round_of(last().thread);
            } else if (*failure_.text != '\0') {
                sentence += ", " + trace_.describe(last()) + " (" + step_number(finding_.step) + ")";
            }
            sentence += ". ";
        }
        say("every thread makes progress",
            sentence + "A livelock" +
                (*failure_.text != 0 ? std::string(": ") + failure_.text : std::string()) + ".");
    }

    void counter() {
        partner_by_target(true);
        const bool over = finding_.kind == FindingKind::counter_overflow;
        say(over ? "no counter overflows" : "no counter underflows",
            who(finding_.step) + (over ? " takes " : " drops ") + target() +
                (over ? " past its maximum." : ", which is 0 already."));
    }

    void in_its_own_words() {
        partner_by_target(true);
        const auto mine =
            who(finding_.step) + "'s " + trace_.describe(last()) + " (" + step_number(finding_.step) + ")";
        auto sentence = "The rule that " + std::string(failure_.text) + " is found broken after " + mine;
        if (finding_.kind == FindingKind::assertion) {
            const bool is_thing = std::string_view(failure_.text).starts_with("an ");
            sentence = failure_.is_an_end
                           ? "After " + mine + (is_thing ? ", there is " : ", ") + failure_.text
                           : "An assertion of the code's own fails after " + mine + ": " + failure_.text;
        }
        if (finding_.partner >= 0) {
            sentence += "; before it came " + who(finding_.partner) + "'s " +
                        trace_.describe(step(finding_.partner)) + " (" + step_number(finding_.partner) + ")";
        }
        say(failure_.text, sentence + ".");
    }

    const Trace& trace_;
    const Failure& failure_;
    Finding finding_;
};

}  // namespace

Finding diagnose(const Trace& trace, const Failure& failure) { return Diagnosis(trace, failure).result(); }

}  // namespace revenant::model
