// Outcomes made by hand, held against reports made by hand. Whether a search comes to such an outcome:
// import_test.cpp.
#include "harness/search/signature.hpp"

#include <doctest/doctest.h>

#include <source_location>

#include "model/trace_builder.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;
using K = model::OperationKind;
using reports::BugReport;
using reports::Deed;
using source = std::source_location;

// T2 uses, in `intern`, what T1 has freed, in `release`, as the second of two blocks.
struct UseAfterFree {
    source used = source::current();
    source freed = source::current();
    source freed_too = source::current();
    model::Outcome outcome;

    explicit UseAfterFree(FindingKind kind = FindingKind::use_after_free) {
        model::TraceBuilder made;
        const auto config = made.make(model::setup_thread, "config");
        const auto text = made.make(model::setup_thread, "text");
        const auto cell = made.cell(config, "strong");
        made.free(0, text, freed_too);
        made.trace.steps.back().call = "release";
        const int partner = made.free(0, config, freed);
        made.trace.steps.back().call = "release";
        const int step = made.next();
        made.add(1, K::fetch_add, cell, 1, 2, used);
        made.trace.steps.back().call = "intern";
        outcome.finding.emplace();
        outcome.finding->kind = kind;
        outcome.finding->step = step;
        outcome.finding->partner = partner;
        outcome.trace = made.trace;
    }
};

Deed deed(const char* thread, const char* call, const source& at, int lines_below = 0) {
    Deed made;
    made.thread = thread;
    made.call = call;
    made.stack = {{"operator new", "", 0},
                  {"somebody", std::string("/somewhere/else/") + at.file_name(),
                   static_cast<unsigned>(static_cast<int>(at.line()) + lines_below)}};
    return made;
}

BugReport report_of(FindingKind kind, std::vector<Deed> deeds) {
    BugReport report;
    report.kinds = {kind};
    report.deeds = std::move(deeds);
    return report;
}

BugReport report_of(const UseAfterFree& made) {
    return report_of(FindingKind::use_after_free,
                     {deed("T2", "intern", made.used), deed("T1", "release", made.freed)});
}

TEST_CASE("a finding at the report's lines, by the report's operations, is at the same places") {
    const UseAfterFree made;
    CHECK(likeness(report_of(made), made.outcome) == Likeness::places);
}

TEST_CASE("a finding of another kind is not the report's") {
    const UseAfterFree made(FindingKind::double_free);
    CHECK(likeness(report_of(made), made.outcome) == Likeness::none);
}

TEST_CASE("at other lines the operations alone are the same") {
    const UseAfterFree made;
    auto report = report_of(made);
    report.deeds[0] = deed("T2", "intern", made.used, 1000);
    CHECK(likeness(report, made.outcome) == Likeness::operations);
    report.deeds[0].stack.clear();
    CHECK(likeness(report, made.outcome) == Likeness::operations);
}

TEST_CASE("a file is known by its whole name, whatever folder the report has it in") {
    const UseAfterFree made;
    auto report = report_of(made);
    auto& file = report.deeds[0].stack.back().file;
    const std::string own = made.used.file_name();
    for (const auto& same : {own, "/x/" + own, "../" + own}) {
        file = same;
        CHECK(likeness(report, made.outcome) == Likeness::places);
    }
    for (const auto& other : {"x" + own, own + "x", own.substr(1), std::string(), std::string("/")}) {
        CAPTURE(other);
        file = other;
        CHECK(likeness(report, made.outcome) == Likeness::operations);
    }
}

TEST_CASE("other operations than the report's are none of it") {
    const UseAfterFree made;
    auto report = report_of(made);
    report.deeds[1].call = "clone";
    CHECK(likeness(report, made.outcome) == Likeness::none);
    report = report_of(made);
    report.deeds[0].call = "";  // a use by whoever holds the object, which `intern` is not
    CHECK(likeness(report, made.outcome) == Likeness::none);
}

TEST_CASE("two deeds of one thread are not found in two threads") {
    const UseAfterFree made;
    auto report = report_of(made);
    report.deeds[1].thread = report.deeds[0].thread;
    CHECK(likeness(report, made.outcome) == Likeness::none);
    report.deeds[1].thread.clear();  // it is not said
    CHECK(likeness(report, made.outcome) == Likeness::places);
}

TEST_CASE("a report that names no operation is like in kind alone, unless its lines fit") {
    const UseAfterFree made;
    auto report = report_of(made);
    for (auto& one : report.deeds) {
        one.call.clear();
        one.any_call = true;
    }
    CHECK(likeness(report, made.outcome) == Likeness::places);
    for (auto& one : report.deeds) one.stack.clear();
    CHECK(likeness(report, made.outcome) == Likeness::kind);
}

TEST_CASE("any block that the same operation has freed by then may be the report's") {
    const UseAfterFree made;
    auto report = report_of(made);
    report.deeds[1] = deed("T1", "release", made.freed_too);
    CHECK(likeness(report, made.outcome) == Likeness::places);
}

TEST_CASE("of a race either access may be the one that is reported first") {
    UseAfterFree made(FindingKind::data_race);
    auto report = report_of(made);
    report.kinds = {FindingKind::resurrection, FindingKind::data_race};
    CHECK(likeness(report, made.outcome) == Likeness::places);
    std::swap(report.deeds[0], report.deeds[1]);
    CHECK(likeness(report, made.outcome) == Likeness::places);
    report.kinds = {FindingKind::use_after_free};
    made.outcome.finding->kind = FindingKind::use_after_free;
    CHECK(likeness(report, made.outcome) == Likeness::none);
}

TEST_CASE("a finding without a partner is none of a report that has two deeds") {
    UseAfterFree made;
    const auto report = report_of(made);
    made.outcome.finding->partner = -1;
    CHECK(likeness(report, made.outcome) == Likeness::none);
    made.outcome.finding->kind = FindingKind::data_race;  // looked at from both sides
    auto race = report;
    race.kinds = {FindingKind::data_race};
    CHECK(likeness(race, made.outcome) == Likeness::none);
}

TEST_CASE("of a race the other thread's earlier writes count too, if it has published nothing since") {
    model::TraceBuilder made;
    const auto object = made.make(model::setup_thread, "object");
    const auto value = made.cell(object, "value");
    const auto count = made.cell(object, "count");
    const auto earlier = source::current();
    made.add(0, K::write, value, 0, 1, earlier);
    made.trace.steps.back().call = "clone";
    const int published = made.next();
    made.add(0, K::load, count, 1, 1);
    const int partner = made.next();
    made.add(0, K::write, value, 1, 2);
    made.trace.steps.back().call = "release";
    const auto here = source::current();
    const int step = made.next();
    made.add(1, K::read, value, 2, 2, here);
    made.trace.steps.back().call = "clone";
    model::Outcome outcome;
    outcome.finding.emplace();
    outcome.finding->kind = FindingKind::data_race;
    outcome.finding->step = step;
    outcome.finding->partner = partner;
    outcome.trace = made.trace;
    const auto report =
        report_of(FindingKind::data_race, {deed("T2", "clone", here), deed("T1", "clone", earlier)});
    CHECK(likeness(report, outcome) == Likeness::places);
    outcome.trace.steps[static_cast<std::size_t>(published)].operation.kind = K::store;
    CHECK(likeness(report, outcome) == Likeness::none);
}

TEST_CASE("a change of a counter is known by its two values") {
    UseAfterFree made(FindingKind::resurrection);
    Deed change;
    change.change = reports::CounterChange{1, 2};
    auto report = report_of(FindingKind::resurrection, {change});
    CHECK(likeness(report, made.outcome) == Likeness::operations);
    report.deeds[0].change->after = 3;
    CHECK(likeness(report, made.outcome) == Likeness::none);
    report.deeds[0].change->after = 2;
    made.outcome.trace.steps[static_cast<std::size_t>(made.outcome.finding->step)].operation.kind = K::load;
    CHECK(likeness(report, made.outcome) == Likeness::none);
}

TEST_CASE("a leak is known by where its memory came from, whoever made it") {
    const auto here = source::current();
    model::TraceBuilder made;
    const int allocated = made.next();
    made.make(0, "config", here);
    made.add(0, K::load, made.cell(0, "strong"));
    model::Outcome outcome;
    outcome.finding.emplace();
    outcome.finding->kind = FindingKind::leak;
    outcome.finding->step = allocated + 1;
    outcome.finding->partner = allocated;
    outcome.trace = made.trace;
    auto report = report_of(FindingKind::leak, {deed("", "intern", here)});
    CHECK(likeness(report, outcome) == Likeness::places);
    report.deeds[0] = deed("", "intern", here, 1);
    CHECK(likeness(report, outcome) == Likeness::kind);
    outcome.finding->step = allocated;  // nothing came after it
    outcome.finding->partner = -1;
    report.deeds[0] = deed("", "", here);
    CHECK(likeness(report, outcome) == Likeness::places);
}

}  // namespace
}  // namespace revenant::harness
