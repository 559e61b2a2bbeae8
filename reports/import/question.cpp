#include "reports/import/question.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "reports/import/operations/frames.hpp"
#include "reports/import/operations/function_name.hpp"
#include "reports/import/operations/vocabulary.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

constexpr auto one_owner =
    "an object with one owner that is freed while another thread still uses it shows this picture: `revenant "
    "check "
    "refcount/borrower_vs_last_release` has one; the fix is to take a reference, or to wait for the users "
    "before the free";
constexpr auto weak_drop =
    "where the other thread did hold a reference, it is a drop whose memory order is too weak: `revenant "
    "check "
    "refcount/release_vs_release` has some";
constexpr auto mixed_access =
    "`revenant check refcount/clone_vs_release --implementation thread_safe_ref_count+mixed_count` has one; "
    "the fix is to make every access to the count atomic";

// What else shows the picture of a drop that orders too little: order that the tool does not see.
const char* unseen_order(const BugReport& report) {
    if (report.of == Origin::valgrind)
        return "helgrind and DRD see the order that locks make, and not that of atomic operations: they show "
               "this of a correct count as well, and ThreadSanitizer does not";
    if (report.of == Origin::kernel)
        return "KCSAN shows the same where the order is made by what it does not know";
    return "ThreadSanitizer shows the same where it does not see the synchronisation: fences, and libraries "
           "that were built without it";
}

bool frees(const Deed& deed) { return deed.act == Act::free || deed.act == Act::moved; }
bool is_atomic(const Deed& deed) { return deed.act == Act::atomic_read || deed.act == Act::atomic_write; }
bool drops(const Deed& deed) {
    return deed.call == "release" || deed.call == "release_weak" || deed.call == "assign";
}
bool counts(const Deed& deed) { return drops(deed) || deed.call == "clone" || deed.call == "upgrade"; }
bool is_use(const Deed& deed) { return deed.call.empty() || deed.call == "read" || deed.call == "write"; }

// An object ends in it: it frees, or it is in a destructor, or what follows on the last drop.
bool ends_a_life(const Deed& deed) {
    if (frees(deed)) return true;
    return std::ranges::any_of(own_frames(deed.stack, 8), [](const Frame* frame) {
        const auto name = function_name(frame->function);
        return name.word.starts_with('~') || name.word == "drop_slow" || name.word == "_M_dispose";
    });
}

// `std::__1`, `std::__Cr`, `std::__ndk1`: what libraries put their names into, to tell their versions apart.
bool is_inline_namespace(std::string_view owner) {
    constexpr std::string_view known[] = {"std::__1",    "std::__2",     "std::__Cr",
                                          "std::__ndk1", "std::__y1",    "std::__fs",
                                          "std::__8",    "std::__cxx11", "std::__cxx1998"};
    return std::ranges::find(known, owner) != std::end(known);
}
// The innermost function that works on something of its own: the library's tools work on what they are given.
FunctionName function_on_data(const Deed& deed) {
    FunctionName name;
    for (const auto* const frame : own_frames(deed.stack, 4)) {
        name = function_name(frame->function);
        const bool is_tool = name.owner == "std" || is_inline_namespace(name.owner);
        if (!is_tool) break;
    }
    return name;
}
bool is_destructor(const FunctionName& name) { return name.word.starts_with('~'); }
bool is_constructor(const FunctionName& name) {
    return !name.word.empty() && last_part(name.owner) == name.word;
}

// Whether the access is to a smart pointer itself, not to what it counts in.
bool is_on_a_handle(const Deed& deed) {
    if (is_atomic(deed) || frees(deed)) return false;
    const auto name = function_on_data(deed);
    constexpr std::string_view handles[] = {"__shared_count", "shared_count", "__weak_count",
                                            "weak_count",     "sp",           "__shared_ptr_access"};
    return is_smart_pointer(name) || std::ranges::find(handles, last_part(name.owner)) != std::end(handles);
}

bool is_of_memory(const BugReport& report) {
    const auto kind = report.kinds.front();
    return kind == FindingKind::use_after_free || kind == FindingKind::double_free;
}

Question kind_only(std::string looks_like, std::vector<std::string> advice = {}) {
    return {Scope::kind_only, Picture::other, std::move(looks_like), std::move(advice)};
}

// One side, or a count's warning that never has two.
Question of_one_side(const BugReport& report) {
    const auto kind = report.kinds.front();
    if (kind == FindingKind::leak)
        return kind_only("memory that nobody frees; a leak does not say who kept the reference");
    if (kind == FindingKind::resurrection) {
        return kind_only(
            "a reference is taken on a count that is 0 already",
            {"a thread that finds or borrows an object without a reference shows this: `revenant check "
             "'refcount/borrower_vs_last_release' 'registry/intern_vs_last_release'`"});
    }
    if (kind == FindingKind::counter_underflow) {
        return kind_only("a release too many: the count is 0 already",
                         {"`revenant check refcount/release_too_many` has one"});
    }
    if (kind == FindingKind::counter_overflow)
        return kind_only("a count that has run over, as references that are never dropped make it");
    return kind_only("half of a report: one side is told, and the other is not in the text");
}

Question of_one_thread(const BugReport& report) {
    return {
        Scope::one_thread,
        Picture::other,
        report.deeds.front().thread +
            " did both: no interleaving is needed; a reference is dropped too early, or calls come in the "
            "wrong order",
        {}};
}

// A use of freed memory, or a second free: who freed it, and in what?
Question of_memory(const BugReport& report) {
    const auto& use = report.deeds[0];
    const auto& end = report.deeds[1];
    if (end.act == Act::moved) {
        return kind_only("a block that was moved (" + end.words +
                             ") while another thread held its old address; no count is in it",
                         {"a lock around both, or an index in place of the address, mends it"});
    }
    if (use.any_call || end.any_call)
        return kind_only("a stack without names: what was done is not told",
                         {"a build with symbols (-g) tells it"});
    const bool twice = report.kinds.front() == FindingKind::double_free;
    if (is_use(end) && is_use(use)) {
        return kind_only(std::string("memory that is ") +
                             (twice ? "freed twice" : "used after it was freed") +
                             ", and no operation on a count is known in either stack",
                         {one_owner});
    }
    if (is_use(end))
        return kind_only(
            "memory that is freed where no operation on a count is known, and used in " + use.call,
            {one_owner});
    if (twice && drops(use) && drops(end)) {
        return {Scope::search,
                Picture::other,
                "two releases that both free: the last one is not told from the others, or one is too many",
                {}};
    }
    if (is_use(use) && drops(end)) {
        return {Scope::search,
                Picture::destroyed_in_use,
                "a use by a thread that holds no reference, against the last release",
                {}};
    }
    if (use.call == "upgrade") {
        return {Scope::search,
                Picture::other,
                "an upgrade of memory that is freed already: nothing kept it",
                {"a weak reference keeps the memory, or a lock the entry that is looked up: `revenant check "
                 "refcount/upgrade_vs_last_release` has counts that do"}};
    }
    if (use.call == "intern") return {Scope::search, Picture::other, "a lookup against the last release", {}};
    if (drops(use) && drops(end))
        return {
            Scope::search, Picture::other, "a release that touches the object after its own decrement", {}};
    return {Scope::search, Picture::other, use.call + " against " + end.call, {}};
}

// One of two accesses is atomic. Nothing: it may be of another kind than the count.
std::optional<Question> of_mixed(const Deed& atomic, const Deed& plain) {
    if (!counts(atomic) || atomic.act != Act::atomic_write || ends_a_life(plain)) return std::nullopt;
    const std::string published_early =
        "`revenant check refcount/publish_vs_first_use` has one; the fix is to publish an object when it is "
        "complete, by a store that releases";
    if (is_given_out(plain.stack)) {
        return kind_only(
            "memory that one thread is given while another counts in it: published too early, or counted in "
            "after it was freed",
            {published_early, one_owner});
    }
    if (is_constructor(function_on_data(plain))) {
        return kind_only("a count that is set while another thread counts with it: published too early",
                         {published_early});
    }
    const std::string looks_like =
        "a count that one thread changes by an atomic operation, and another touches as plain data";
    if (atomic.call == "clone" && drops(plain) && plain.act == Act::write)
        return Question{Scope::search, Picture::mixed_access, looks_like, {mixed_access}};
    return kind_only(looks_like, {mixed_access});
}

Question of_race(const BugReport& report) {
    const auto& a = report.deeds[0];
    const auto& b = report.deeds[1];
    if (is_on_a_handle(a) && is_on_a_handle(b)) {
        if (is_destructor(function_on_data(a)) || is_destructor(function_on_data(b)))
            return kind_only("a smart pointer that ends while another thread works on it", {one_owner});
        return {Scope::search,
                Picture::one_handle,
                "two threads on one smart pointer: a race on the handle, not on the count",
                {"the fix is `std::atomic<std::shared_ptr>`, or a lock around the handle: a count protects "
                 "the object, not the pointer"}};
    }
    if (a.any_call || b.any_call)
        return kind_only("a stack without names: what was done is not told",
                         {"a build with symbols (-g) tells it"});
    if (is_atomic(a) && is_atomic(b)) {
        return kind_only("two atomic operations, which do not race: the tool does not know them as such",
                         {unseen_order(report)});
    }
    const auto drop_against_count = [&](const Deed& end, const Deed& other) {
        return drops(end) && ends_a_life(end) && counts(other) && is_atomic(other);
    };
    if (drop_against_count(a, b) || drop_against_count(b, a)) {
        return {Scope::search,
                Picture::drop_not_ordered,
                "a drop whose memory order is too weak: the last one does not see what the others did",
                {unseen_order(report)}};
    }
    if (is_atomic(a) != is_atomic(b) && !frees(a) && !frees(b)) {
        if (const auto mixed = of_mixed(is_atomic(a) ? a : b, is_atomic(a) ? b : a)) return *mixed;
    }
    if (is_use(a) && is_use(b)) {
        if (ends_a_life(a) || ends_a_life(b))
            return kind_only(
                "an object that ends while another thread uses it, and no operation on a count is known in "
                "either stack",
                {one_owner});
        return kind_only(
            "two accesses that nothing orders, and no operation on a count is known in either stack");
    }
    const bool ends_in_use =
        (drops(a) && ends_a_life(a) && is_use(b)) || (drops(b) && ends_a_life(b) && is_use(a));
    if (ends_in_use) {
        return {Scope::search,
                Picture::destroyed_in_use,
                "an object that is destroyed while another thread uses it",
                {weak_drop, unseen_order(report)}};
    }
    if (is_use(a) || is_use(b)) {
        return kind_only("two accesses that nothing orders, one of them in " + (is_use(a) ? b : a).call +
                         ", and no object ends in either");
    }
    return {Scope::search, Picture::other, "two accesses that nothing orders", {}};
}

Question of_log(const BugReport& report) {
    const bool revived = report.kinds.front() == FindingKind::resurrection;
    return {Scope::search,
            Picture::other,
            revived ? "a reference that is taken after the last one was dropped" : "one release too many",
            {}};
}

}  // namespace

namespace {

// A kernel names a task by its number, or by its name and number: `poll/77` is `77`. Each CPU has a task 0.
std::string number_of_task(const std::string& task) {
    const auto number = task.substr(task.find_last_of(" /") + 1);
    return number == "0" ? std::string() : number;
}

bool is_one_thread(const BugReport& report) {
    auto first = report.deeds[0].thread;
    auto second = report.deeds[1].thread;
    if (report.of == Origin::kernel && first.starts_with("task ") && second.starts_with("task ")) {
        first = number_of_task(first);
        second = number_of_task(second);
    }
    return !first.empty() && first == second && report.of != Origin::thread_sanitizer;
}

}  // namespace

bool may_be_swapped(const BugReport& report) {
    return report.of == Origin::thread_sanitizer || report.kinds.front() == FindingKind::data_race;
}

Question question_of(const BugReport& report) {
    const bool counted = report.deeds.front().change.has_value();
    if (report.kinds.front() == FindingKind::leak) return of_one_side(report);
    if (report.deeds.size() < 2) return counted ? of_log(report) : of_one_side(report);
    if (is_one_thread(report)) return of_one_thread(report);
    if (counted) return of_log(report);
    if (!report.missing.empty())
        return kind_only("a report that does not tell all: " + report.missing.front());
    return is_of_memory(report) && frees(report.deeds[1]) ? of_memory(report) : of_race(report);
}

}  // namespace revenant::reports
