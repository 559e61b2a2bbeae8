#include "reports/import/operations/operations.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/import/operations/frames.hpp"

namespace revenant::reports {
namespace {

/// The owners that take references in one place of the report and drop them in another.
class Pairs {
public:
    Pairs(const BugReport& report, const Vocabulary& vocabulary) {
        for (const auto& deed : report.deeds) {
            for (const auto& frame : deed.stack) look_at(frame, vocabulary);
        }
    }
    [[nodiscard]] bool has(const FunctionName& name) const {
        const auto owner = counting_owner(name);
        return !owner.empty() && takers_.contains(owner) && droppers_.contains(owner);
    }

private:
    void look_at(const Frame& frame, const Vocabulary& vocabulary) {
        const auto name = function_name(frame.function);
        const auto owner = counting_owner(name);
        if (owner.empty() || begins_thread(frame)) return;
        const auto call = vocabulary.call_of(name, {true, true});
        // A lock, a lease and a pool's place are acquired and released as well.
        const bool tells = !name.word.ends_with("acquire") && !name.word.ends_with("Acquire");
        if (tells && (call == "clone" || call == "upgrade")) takers_.insert(owner);
        if (call == "release") droppers_.insert(owner);
    }

    std::set<std::string> takers_, droppers_;
};

bool is_of_revenant(const Deed& deed) {
    return std::ranges::any_of(deed.stack, [](const Frame& frame) {
        return frame.function.find("revenant::") != std::string::npos;
    });
}

// The class of a member whose name does not say that it counts for others: `Job`, not `RefCounted` or
// `RefPtr`.
std::string special_owner(const FunctionName& name) {
    const bool general = name.owner.empty() || !name.self.empty() || counts_references(name);
    return general ? std::string() : std::string(last_part(name.owner));
}

bool is_plain_use(std::string_view call) { return call == "read" || call == "write"; }

// What is handed something to release, and not itself: an allocator's function, a pool's, a table's.
bool takes_something(const FunctionName& name) {
    return !name.parameters.empty() && name.parameters != "void";
}

// Whether the operation of an outer function is what an inner one was a part of: an assignment drops and
// takes, a lookup takes. Any other is the business of something else, which has come to the inner one on its
// way.
// What frees is no operation that takes.
bool is_whole_of(const std::string& outer, const std::string& inner, bool frees) {
    if (inner.empty() || is_plain_use(inner)) return true;
    if (is_plain_use(outer)) return false;
    if (outer == "assign") return true;
    if (outer == "release") return inner == "release_weak" || (frees && inner != "release");
    const bool takes = inner == "clone" || inner == "upgrade";
    return takes && (outer == "intern" || outer == "upgrade" || outer == "downgrade");
}

/// An operation, and what the stack says of it.
struct Operation {
    std::string call;
    std::string by_its_name;            ///< the function of which only its name says so; empty: more does
    std::string owner;                  ///< the class of the function, if it is no general one
    std::set<std::string> destructors;  ///< that it has called
};

Operation operation_of(const BugReport& report, const Deed& deed, const Pairs& pairs,
                       const Vocabulary& vocabulary) {
    Operation found;
    std::set<std::string> destructors;
    bool innermost = true;  // of the program's own functions
    const bool ours = is_of_revenant(deed);
    const auto kind = report.kinds.front();
    const bool is_free = deed.act == Act::free || deed.act == Act::moved;
    bool ends_a_life =
        is_free || kind == model::FindingKind::use_after_free || kind == model::FindingKind::double_free;
    for (const auto& frame : deed.stack) {
        if (is_runtime(frame) || begins_thread(frame)) continue;
        const auto name = function_name(frame.function);
        if (name.word.empty()) continue;
        const bool is_destructor = name.word.starts_with('~');
        ends_a_life = ends_a_life || is_destructor;
        // In a kernel the `release` of a file is what its last close calls.
        const bool frees = innermost && ends_a_life && report.of != Origin::kernel && !takes_something(name);
        const bool paired = pairs.has(name);
        const auto call = vocabulary.call_of(name, {frees, paired});
        // What it frees, it may free by way of a destructor, or a function of its own.
        const bool is_on_the_way = is_destructor || name.word.starts_with("destroy") ||
                                   name.word.starts_with("operator") || name.word.starts_with("Destroy") ||
                                   name.word.starts_with("delete") || name.word.starts_with("free");
        innermost = innermost && is_on_the_way;
        if (call.empty() && is_destructor) destructors.insert(name.word);
        if (call.empty() || (is_plain_use(call) && !found.call.empty())) continue;
        // In our own programs the outermost is the operation of the scenario.
        if (!ours && !is_whole_of(call, found.call, is_free)) continue;
        const bool by_name = frees && vocabulary.call_of(name, {false, paired}).empty();
        found = {call, by_name ? name.bare : std::string(), special_owner(name), destructors};
    }
    return found;
}

// The use is in a release, and the free is in one: of the same object? Where both name a class, and these
// have nothing in common, the use was on the way of the end of something else.
bool are_of_others(const Operation& use, const Operation& end) {
    const auto common = [&](const std::string& one) { return end.destructors.contains(one); };
    if (!use.destructors.empty() && !end.destructors.empty())
        return std::ranges::none_of(use.destructors, common);
    return !use.owner.empty() && !end.owner.empty() && use.owner != end.owner;
}

void remark(BugReport& report, std::string text) {
    if (std::ranges::find(report.remarks, text) == report.remarks.end())
        report.remarks.push_back(std::move(text));
}

}  // namespace

void find_operations(BugReport& report, const Vocabulary& vocabulary) {
    const Pairs pairs(report, vocabulary);
    std::vector<Operation> operations;
    for (auto& deed : report.deeds) {
        operations.push_back(operation_of(report, deed, pairs, vocabulary));
        if (deed.change) continue;  // its verb is all that is known of it
        const auto& operation = operations.back();
        deed.call = operation.call;
        if (!operation.by_its_name.empty())
            remark(report, "`" + operation.by_its_name +
                               "` is taken for a drop of a reference, by its name and because it is where "
                               "memory is freed or used: a row `none` of --vocabulary says otherwise");
        // What an assignment frees, it has released: the object that was there before.
        if (deed.call == "assign" && deed.act == Act::free && !is_of_revenant(deed)) deed.call = "release";
        const auto has_name = [](const Frame& frame) {
            return !frame.function.empty() && !begins_thread(frame) && !is_runtime(frame);
        };
        deed.any_call = std::ranges::none_of(deed.stack, has_name);
    }
    if (report.deeds.size() < 2 || is_of_revenant(report.deeds[0])) return;
    auto& use = report.deeds[0];
    const bool used = use.act == Act::read || use.act == Act::write;
    if (used && use.call == "release" && report.deeds[1].call == "release" &&
        are_of_others(operations[0], operations[1])) {
        use.call.clear();
        remark(report, "the use is in a release of something else than what was freed");
    }
}

}  // namespace revenant::reports
