#include "reports/writers/html/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/writers/facts.hpp"
#include "reports/writers/html/cell.hpp"
#include "reports/writers/html/escape.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports::html {
namespace {

// What is opened at once: more would make a large report slow to load.
constexpr unsigned opened_max = 3;

std::string total(const std::string& number, const char* what, bool loud = false) {
    return fmt::format("<div{}><dt>{}</dt><dd>{}</dd></div>\n", loud ? " class=\"loud\"" : "", what, number);
}

std::string verdict_of_run(const Totals& sum) {
    if (sum.rows == 0) return "<p class=\"run\">There are no rows.</p>\n";
    if (sum.unexpected == 0) {
        return fmt::format("<p class=\"run good\">{} as expected.</p>\n",
                           sum.rows == 1 ? "The one row is" : "All " + grouped(sum.rows) + " rows are");
    }
    const auto wrong = sum.unexpected;
    return fmt::format("<p class=\"run bad\">{} of {} {} not as expected.</p>\n", grouped(wrong),
                       counted(sum.rows, "row"), wrong == 1 ? "is" : "are");
}

/// Rows of one scenario, and of one implementation under it, in the order of their first appearance.
struct Line {
    std::string implementation;
    std::vector<std::size_t> rows;
};
struct Group {
    std::string scenario;
    std::string summary;
    std::vector<Line> lines;
};
std::vector<Group> groups_of(const Report& report) {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const auto& row = report.rows[i];
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& g) { return g.scenario == row.scenario; });
        if (group == groups.end()) group = groups.insert(groups.end(), {row.scenario, row.summary, {}});
        auto line = std::find_if(group->lines.begin(), group->lines.end(),
                                 [&](const Line& l) { return l.implementation == row.implementation; });
        if (line == group->lines.end()) line = group->lines.insert(line, {row.implementation, {}});
        line->rows.push_back(i);
    }
    return groups;
}

std::string controls() {
    return R"(<form class="controls" id="filter" role="search"
  aria-label="Filter the rows and the findings" hidden>
<label>Filter <input type="search" id="filter-text"
  placeholder="scenario, implementation, finding" autocomplete="off"></label>
<fieldset><legend class="quiet">Show</legend>
<label><input type="radio" name="show" value="all" checked> all</label>
<label><input type="radio" name="show" value="broken"> broken</label>
<label><input type="radio" name="show" value="unexpected"> not as expected</label>
<label><input type="radio" name="show" value="undecided"> undecided</label>
</fieldset>
<output id="filter-count" aria-live="polite"></output>
</form>
)";
}

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
        "<div class=\"schedule\"><span class=\"caption\">schedule, for <code>revenant replay</code></span>"
        "<code tabindex=\"0\">{}</code>"
        "<button type=\"button\" class=\"copy\" hidden>copy</button></div>\n",
        escaped(schedule));
}

std::string one_finding(const Row& row, const std::string& id, bool open) {
    const auto& finding = *row.outcome.finding;
    const auto schedule = model::to_text(row.outcome.schedule);
    std::string out = fmt::format(
        "<article class=\"finding\" id=\"{}\" data-verdict=\"broken\"{}>\n<details{}>\n"
        "<summary><h3><span class=\"kind\">{}</span> <span class=\"name\">{}</span> "
        "<span class=\"name\">{}</span> <span class=\"name\">{}</span>{}</h3>\n"
        "<p class=\"sentence\">{}</p></summary>\n",
        escaped(id), row.as_expected ? "" : " data-unexpected", open ? " open" : "", to_text(finding.kind),
        escaped(row.scenario), escaped(row.implementation), counted(row.threads, "thread"),
        row.as_expected ? ""
                        : fmt::format(" <strong class=\"loud\">not as expected: should be {}</strong>",
                                      to_text(row.expected)),
        escaped(sentences(finding)));
    out += "<div class=\"viewer\"></div>\n";
    out += fmt::format(
        "<dl class=\"facts\"><div><dt>rule broken</dt><dd>{}</dd></div>\n"
        "<div><dt>where</dt><dd>{}</dd></div>\n<div><dt>search</dt><dd>{}; {}</dd></div></dl>\n",
        escaped(finding.invariant), escaped(finding.where), escaped(effort_words(row)),
        escaped(more_words(row)));
    out += schedule_box(schedule);
    out += fmt::format(
        "<details class=\"as-text\"><summary>Steps as text</summary><pre tabindex=\"0\">{}</pre></details>\n",
        escaped(steps_as_text(row)));
    out += "</details>\n";
    // A finding that is closed prints with its heading, its sentence and this.
    out += fmt::format("<p class=\"print-schedule\">schedule: <code>{}</code></p>\n</article>\n",
                       escaped(schedule));
    return out;
}

}  // namespace

std::string top(const Report& report) {
    const auto sum = totals(report);
    const auto wrong = sum.unexpected;
    std::string out = "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n<h1>revenant";
    if (!report.version.empty()) out += fmt::format(" <small>{}</small>", escaped(report.version));
    out += "</h1>\n<button type=\"button\" id=\"theme\" hidden>dark</button>\n";
    out += verdict_of_run(sum);
    if (report.interrupted) {
        out += "<p class=\"run bad\">The run was interrupted: rows that had not begun are missing.</p>\n";
    }
    out += "<dl class=\"totals\">\n";
    out += total(grouped(sum.rows), "rows") + total(grouped(sum.rows - sum.unexpected), "as expected");
    out += total(grouped(wrong), "not as expected", wrong != 0) +
           total(grouped(sum.undecided), "of them undecided");
    out += total(grouped(sum.executions), "executions");
    if (sum.blocked != 0) out += total(grouped(sum.blocked), "executions blocked");
    out += total(fmt::format("{:.1f}", sum.seconds), "seconds");
    return out + "</dl>\n</header>\n<main>\n";
}

std::string catalogue(const Report& report, const std::vector<std::string>& ids) {
    if (report.rows.empty()) return "";
    std::set<unsigned> columns;
    for (const auto& row : report.rows) columns.insert(row.threads);
    std::string out =
        "<section aria-labelledby=\"catalogue\">\n<h2 id=\"catalogue\">Catalogue</h2>\n" + controls();
    out += fmt::format(
        "<div class=\"wide\"><table id=\"rows\" style=\"min-width: {}px\">\n"
        "<thead><tr><th scope=\"col\">implementation</th>",
        290 + 185 * columns.size());
    for (const auto threads : columns) {
        out += fmt::format("<th scope=\"col\">{}</th>", counted(threads, "thread"));
    }
    out += "</tr></thead>\n";
    for (const auto& group : groups_of(report)) {
        out += fmt::format("<tbody>\n<tr class=\"scenario\"><th scope=\"rowgroup\" colspan=\"{}\">{}",
                           columns.size() + 1, escaped(group.scenario));
        if (!group.summary.empty()) out += fmt::format(" <small>{}</small>", escaped(group.summary));
        out += "</th></tr>\n";
        for (const auto& line : group.lines) {
            out += fmt::format("<tr class=\"row\"><th scope=\"row\">{}</th>", escaped(line.implementation));
            for (const auto threads : columns) {
                out += "<td>";
                for (const auto row : line.rows) {
                    if (report.rows[row].threads == threads) out += cell_markup(report.rows[row], ids[row]);
                }
                out += "</td>";
            }
            out += "</tr>\n";
        }
        out += "</tbody>\n";
    }
    return out + "</table></div>\n<p id=\"nothing\" hidden>No row fits the filter.</p>\n</section>\n";
}

std::string findings(const Report& report, const std::vector<std::string>& ids) {
    std::string list;
    unsigned opened = 0;
    unsigned count = 0;
    const bool unexpected = std::any_of(report.rows.begin(), report.rows.end(), [](const Row& row) {
        return row.outcome.finding && !row.as_expected;
    });
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const auto& row = report.rows[i];
        if (!row.outcome.finding) continue;
        const bool open = unexpected ? !row.as_expected && opened < opened_max : count == 0;
        opened += open ? 1 : 0;
        ++count;
        list += one_finding(row, ids[i], open);
    }
    if (count == 0) return "";
    return fmt::format(
               "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">{}</h2>\n"
               "<noscript><p>The timelines and the plots need JavaScript; every finding has its steps as "
               "text.</p></noscript>\n",
               counted(count, "finding")) +
           list + "</section>\n";
}

std::string plot_places(const Report& report) {
    return report.rows.empty() ? "" : "<section id=\"plots\" aria-label=\"Plots\" hidden></section>\n";
}

std::string foot(const Report& report) {
    return fmt::format(
        "</main>\n<footer>Written by revenant{}{}. This file is all there is: it loads nothing.</footer>\n",
        report.version.empty() ? "" : " ", escaped(report.version));
}

}  // namespace revenant::reports::html
