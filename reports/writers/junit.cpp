#include "reports/writers/junit.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "reports/writers/facts.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports {
namespace {

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    double seconds = 0;

    void add(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        seconds += other.seconds;
    }
};

// Every text goes through here: pugixml would write a control character as a reference, which XML 1.0
// forbids as much as the character.
void set(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name).set_value(clean(value).c_str());
}

void say(pugi::xml_node node, const std::string& text) {
    node.append_child(pugi::node_pcdata).set_value(clean(text).c_str());
}

std::string in_seconds(double seconds) { return fmt::format("{:.6f}", seconds); }

void set_counts(pugi::xml_node node, const Counts& counts) {
    set(node, "tests", std::to_string(counts.tests));
    set(node, "failures", std::to_string(counts.failures));
    set(node, "errors", std::to_string(counts.errors));
    set(node, "time", in_seconds(counts.seconds));
}

// CI systems make a tree of the dots in a class name.
std::string dotted(std::string id) {
    for (auto& c : id) c = c == '/' ? '.' : c;
    return id;
}

std::string details(const Row& row) {
    if (!row.outcome.finding) return verdict_sentence(row) + "\n";
    return verdict_sentence(row) + "\n\n" + interleaving(row, {false, 100}) + "\n" + replay_command(row) +
           "\n";
}

void complain(pugi::xml_node test, const char* element, const std::string& type, const Row& row) {
    auto node = test.append_child(element);
    set(node, "type", type);
    set(node, "message", row.outcome.finding ? sentences(*row.outcome.finding) : verdict_sentence(row));
    say(node, "\n" + details(row));
}

Counts add_case(pugi::xml_node suite, const Row& row) {
    auto test = suite.append_child("testcase");
    set(test, "name", row_name(row));
    set(test, "classname", dotted(row.scenario));
    set(test, "time", in_seconds(row.outcome.seconds));
    Counts counts{1, 0, 0, 0, row.outcome.seconds};
    switch (standing(row)) {
        case Standing::not_deterministic:
            counts.errors = 1;
            complain(test, "error", "not-deterministic", row);
            break;
        case Standing::wrong:
            counts.failures = 1;
            complain(test, "failure",
                     row.outcome.finding ? model::to_text(row.outcome.finding->kind) : "nothing-found", row);
            break;
        case Standing::missing:
            counts.errors = 1;
            complain(test, "error", "undecided", row);
            break;
        case Standing::unproven:
            counts.skipped = 1;
            say(test.append_child("skipped"), verdict_sentence(row));
            break;
        case Standing::fine: {
            auto text = verdict_sentence(row) + "\n";
            if (row.outcome.finding)
                text += sentences(*row.outcome.finding) + "\n" + replay_command(row) + "\n";
            say(test.append_child("system-out"), text);
            break;
        }
    }
    return counts;
}

void add_property(pugi::xml_node properties, const char* name, const std::string& value) {
    auto node = properties.append_child("property");
    set(node, "name", name);
    set(node, "value", value);
}

// The rows of a scenario need not stand together: a suite's name must not come twice.
Counts add_suite(pugi::xml_node root, const Report& report, std::size_t first) {
    const auto& scenario = report.rows[first].scenario;
    auto suite = root.append_child("testsuite");
    set(suite, "name", scenario);
    auto properties = suite.append_child("properties");
    add_property(properties, "summary", report.rows[first].summary);
    add_property(properties, "revenant", report.version);
    add_property(properties, "interrupted", report.interrupted ? "true" : "false");
    Counts counts;
    for (std::size_t i = first; i < report.rows.size(); ++i) {
        if (report.rows[i].scenario == scenario) counts.add(add_case(suite, report.rows[i]));
    }
    set_counts(suite, counts);
    set(suite, "skipped", std::to_string(counts.skipped));
    return counts;
}

Counts add_interruption(pugi::xml_node root) {
    auto suite = root.append_child("testsuite");
    set(suite, "name", "revenant");
    auto test = suite.append_child("testcase");
    set(test, "name", "the run is complete");
    set(test, "classname", "revenant");
    set(test, "time", in_seconds(0));
    auto error = test.append_child("error");
    set(error, "type", "interrupted");
    set(error, "message", "The run was interrupted: rows that had not begun are missing from this report.");
    const Counts counts{1, 0, 1, 0, 0};
    set_counts(suite, counts);
    set(suite, "skipped", "0");
    return counts;
}

bool comes_first(const std::vector<Row>& rows, std::size_t index) {
    for (std::size_t i = 0; i < index; ++i) {
        if (rows[i].scenario == rows[index].scenario) return false;
    }
    return true;
}

}  // namespace

std::string to_junit(const Report& report) {
    pugi::xml_document document;
    auto root = document.append_child("testsuites");
    set(root, "name", "revenant");
    Counts counts;
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        if (comes_first(report.rows, i)) counts.add(add_suite(root, report, i));
    }
    if (report.interrupted) counts.add(add_interruption(root));
    set_counts(root, counts);
    std::ostringstream out;
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    document.save(out, "  ", pugi::format_default | pugi::format_no_declaration, pugi::encoding_utf8);
    return out.str();
}

}  // namespace revenant::reports
