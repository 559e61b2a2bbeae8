#include "reports/writers/html/finding_markup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/command_name.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/html/cell.hpp"
#include "reports/writers/html/escape.hpp"
#include "reports/writers/html/finding_groups.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports::html {
namespace {

// What is opened at once: more would make a large report slow to load.
constexpr unsigned opened_max = 3;

// The whole interleaving as text; of a very long one the beginning and the end.
std::string steps_as_text(const Row& row) {
    static constexpr std::size_t part_max = 24'000;
    auto text = interleaving(row, {false, std::max(100u, 34 * row.threads)});
    if (text.size() <= 2 * part_max) return text;
    const auto head = text.rfind('\n', part_max) + 1;
    const auto tail = text.find('\n', text.size() - part_max) + 1;
    const auto lines = std::count(text.begin() + static_cast<std::ptrdiff_t>(head),
                                  text.begin() + static_cast<std::ptrdiff_t>(tail), '\n');
    return fmt::format("{}… {} lines are left out here …\n{}", text.substr(0, head), lines,
                       text.substr(tail));
}

std::string schedule_box(const std::string& schedule) {
    return fmt::format(
        "<div class=\"schedule\"><span class=\"caption\">schedule, for <code>{}</code></span>"
        "<code tabindex=\"0\">{}</code>"
        "<button type=\"button\" class=\"copy\" hidden>copy</button></div>\n",
        escaped(before_schedule()), escaped(schedule));
}

// What a claim had announced is no alarm; what it had not is one.
std::string chip(const Row& row) {
    if (row.as_expected) return "<span class=\"chip\">as expected</span>";
    return fmt::format("<strong class=\"chip loud\">not as expected: should be {}</strong>",
                       to_text(row.expected));
}

std::string name(const std::string& text) {
    return fmt::format("<span class=\"name\">{}</span> ", escaped(text));
}

// Its steps stand in the text.
std::string behind(const Row& row) {
    const auto words = behind_sentence(row);
    if (words.empty()) return "";
    return fmt::format("\n<div><dt>behind it</dt><dd>{}</dd></div>", escaped(words));
}

// Of an opened finding: the place of its timeline, what there is to know of it, and what repeats it.
std::string inside(const Row& row) {
    const auto& finding = *row.outcome.finding;
    return "<div class=\"viewer\"></div>\n" +
           fmt::format(
               "<dl class=\"facts\"><div><dt>rule broken</dt><dd>{}</dd></div>\n"
               "<div><dt>where</dt><dd>{}</dd></div>\n<div><dt>search</dt><dd>{}; {}</dd></div>{}</dl>\n",
               escaped(finding.invariant), escaped(finding.where), escaped(effort_words(row)),
               escaped(more_words(row)), behind(row)) +
           schedule_box(model::to_text(row.outcome.schedule)) +
           fmt::format(
               "<details class=\"as-text\"><summary>Steps as text</summary><pre tabindex=\"0\">{}</pre>"
               "</details>\n",
               escaped(steps_as_text(row)));
}

// A finding that is shut prints with its heading, its sentence and this.
std::string printed_schedule(const Row& row) {
    return fmt::format("<p class=\"print-schedule\">schedule, {}: <code>{}</code></p>\n",
                       counted(row.threads, "thread"), escaped(model::to_text(row.outcome.schedule)));
}

std::string with_other_threads(const Row& row, const std::string& id) {
    return fmt::format(
               "<article class=\"finding other\" id=\"{}\" data-verdict=\"broken\">\n<details>\n"
               "<summary><h4>{}</h4>\n<p class=\"sentence\">{}</p></summary>\n",
               escaped(id), counted(row.threads, "thread"), escaped(sentences(*row.outcome.finding))) +
           inside(row) + "</details>\n</article>\n";
}

std::string one_group(const Report& report, const std::vector<std::size_t>& group,
                      const std::vector<std::string>& ids, bool open) {
    const auto& row = report.rows[group.front()];
    const auto& finding = *row.outcome.finding;
    std::string out = fmt::format(
        "<article class=\"finding\" id=\"{}\" data-verdict=\"broken\"{}>\n<details{}>\n"
        "<summary><h3><span class=\"kind\">{}</span> ",
        escaped(ids[group.front()]), row.as_expected ? "" : " data-unexpected", open ? " open" : "",
        to_text(finding.kind));
    out += name(row.scenario) + name(row.implementation) + name(counted(row.threads, "thread"));
    if (group.size() > 1) {
        out +=
            fmt::format("<span class=\"name quiet\">the same with {}</span> ", others_words(report, group));
    }
    out += chip(row) +
           fmt::format("</h3>\n<p class=\"sentence\">{}</p></summary>\n", escaped(sentences(finding)));
    out += inside(row);
    if (group.size() > 1) out += "<h4 class=\"others\">The same with more threads</h4>\n";
    for (std::size_t i = 1; i < group.size(); ++i) {
        out += with_other_threads(report.rows[group[i]], ids[group[i]]);
    }
    out += "</details>\n";
    for (const auto index : group) out += printed_schedule(report.rows[index]);
    return out + "</article>\n";
}

}  // namespace

std::string findings(const Report& report, const std::vector<std::string>& ids) {
    const auto groups = finding_groups(report);
    if (groups.empty()) return "";
    const auto is_unexpected = [&](const std::vector<std::size_t>& group) {
        return !report.rows[group.front()].as_expected;
    };
    const bool unexpected = std::any_of(groups.begin(), groups.end(), is_unexpected);
    std::string list;
    unsigned opened = 0;
    std::size_t rows = 0;
    for (const auto& group : groups) {
        const bool open = unexpected ? is_unexpected(group) && opened < opened_max : rows == 0;
        opened += open ? 1 : 0;
        rows += group.size();
        list += one_group(report, group, ids, open);
    }
    auto out = fmt::format(
        "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">{}</h2>\n"
        "<noscript><p>The timelines and the plots need JavaScript; every finding has its steps as "
        "text.</p></noscript>\n",
        counted(groups.size(), "finding"));
    if (rows > groups.size()) {
        out += fmt::format(
            "<p class=\"quiet\">In {} rows: what an implementation does with 2, 3 and more threads alike is "
            "listed once.</p>\n",
            grouped(rows));
    }
    return out + list + "<p id=\"no-finding\" hidden>No finding fits the filter.</p>\n</section>\n";
}

}  // namespace revenant::reports::html
