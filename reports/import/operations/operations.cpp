#include "reports/import/operations/operations.hpp"

#include <algorithm>
#include <set>

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
        if (call == "clone" || call == "upgrade") takers_.insert(owner);
        if (call == "release") droppers_.insert(owner);
    }

    std::set<std::string> takers_, droppers_;
};

bool is_plain_use(std::string_view call) { return call == "read" || call == "write"; }

std::string operation_of(const BugReport& report, const Deed& deed, const Pairs& pairs,
                         const Vocabulary& vocabulary) {
    std::string found;      // of the outermost so far
    bool innermost = true;  // of the program's own functions
    for (const auto& frame : deed.stack) {
        if (is_runtime(frame) || begins_thread(frame)) continue;
        const auto name = function_name(frame.function);
        if (name.word.empty()) continue;
        // In a kernel the `release` of a file is what its last close calls.
        // What is handed bare memory to free is an allocator's function, and counts nothing.
        const bool takes_memory =
            name.parameters.starts_with("void*") || name.parameters.starts_with("void *");
        const bool frees = innermost && report.of != Origin::kernel && !takes_memory;
        const auto call = vocabulary.call_of(name, {frees, pairs.has(name)});
        // What it frees, it may free by way of a destructor, or a function of its own.
        const bool is_on_the_way = name.word.starts_with('~') || name.word.starts_with("destroy") ||
                                   name.word.starts_with("operator") || name.word.starts_with("Destroy") ||
                                   name.word.starts_with("delete") || name.word.starts_with("free");
        innermost = innermost && is_on_the_way;
        if (call.empty() || (is_plain_use(call) && !found.empty())) continue;
        found = call;
    }
    return found;
}

bool is_of_revenant(const Deed& deed) {
    return std::ranges::any_of(deed.stack, [](const Frame& frame) {
        return frame.function.find("revenant::") != std::string::npos;
    });
}

}  // namespace

void find_operations(BugReport& report, const Vocabulary& vocabulary) {
    const Pairs pairs(report, vocabulary);
    for (auto& deed : report.deeds) {
        if (deed.change) continue;  // its verb is all that is known of it
        deed.call = operation_of(report, deed, pairs, vocabulary);
        // What an assignment frees, it has released: the object that was there before.
        if (deed.call == "assign" && deed.act == Act::free && !is_of_revenant(deed)) deed.call = "release";
        const auto has_name = [](const Frame& frame) {
            return !frame.function.empty() && !begins_thread(frame) && !is_runtime(frame);
        };
        deed.any_call = std::ranges::none_of(deed.stack, has_name);
    }
}

}  // namespace revenant::reports
