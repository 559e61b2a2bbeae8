#include "reports/writers/html/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/writers/facts.hpp"
#include "reports/writers/html/cell.hpp"
#include "reports/writers/html/escape.hpp"
#include "reports/writers/html/provenance.hpp"

namespace revenant::reports::html {
namespace {

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

// A name, with places where a narrow column may break it.
std::string breakable(const std::string& text) {
    std::string out;
    std::string part;
    for (const char c : text) {
        part += c;
        if (c != '_' && c != '+' && c != '/') continue;
        out += escaped(part) + "<wbr>";
        part.clear();
    }
    return out + escaped(part);
}

constexpr const char* legend_key =
    "<p class=\"key quiet\">Each row is a claim of the catalogue: <span class=\"correct\"><span "
    "class=\"mark\">✓</span></span> correct, <span class=\"broken\"><span "
    "class=\"mark\">✗</span></span> broken as claimed, <span class=\"swatch-unexpected\">red: not as "
    "expected</span></p>\n";

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
    return out + "</dl>\n" + provenance(report) + "</header>\n<main>\n";
}

std::string catalogue(const Report& report, const std::vector<std::string>& ids) {
    if (report.rows.empty()) return "";
    std::set<unsigned> columns;
    for (const auto& row : report.rows) columns.insert(row.threads);
    std::string out =
        "<section aria-labelledby=\"catalogue\">\n<h2 id=\"catalogue\">Catalogue</h2>\n" + controls();
    out += fmt::format(
        "{}<div class=\"wide\"><table id=\"rows\" style=\"--columns: {}\">\n"
        "<thead><tr><th scope=\"col\">implementation</th>",
        legend_key, columns.size());
    for (const auto threads : columns) {
        out += fmt::format("<th scope=\"col\">{}</th>", counted(threads, "thread"));
    }
    out += "</tr></thead>\n";
    for (const auto& group : groups_of(report)) {
        out += fmt::format("<tbody>\n<tr class=\"scenario\"><th scope=\"rowgroup\" colspan=\"{}\"><div>{}",
                           columns.size() + 1, breakable(group.scenario));
        if (!group.summary.empty()) out += fmt::format(" <small>{}</small>", escaped(group.summary));
        out += "</div></th></tr>\n";
        for (const auto& line : group.lines) {
            out += fmt::format("<tr class=\"row\"><th scope=\"row\">{}</th>", breakable(line.implementation));
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

std::string plot_places(const Report& report) {
    return report.rows.empty() ? "" : "<section id=\"plots\" aria-label=\"Plots\" hidden></section>\n";
}

std::string foot(const Report& report) {
    return fmt::format(
        "</main>\n<footer>Written by revenant{}{}. This file is all there is: it loads nothing.</footer>\n",
        report.version.empty() ? "" : " ", escaped(report.version));
}

}  // namespace revenant::reports::html
