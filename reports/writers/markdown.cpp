#include "reports/writers/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "reports/writers/facts.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports {
namespace {

// The parts of the page in the order of writing, each with the size that the page may have after it: the
// parts that come later are short and worth more than the end of a long one.
constexpr std::size_t interleavings_end = markdown_bytes_max * 6 / 10;
constexpr std::size_t findings_end = markdown_bytes_max * 7 / 10;
constexpr std::size_t tables_end = markdown_bytes_max - 4096;  // the rest is for the heading

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Text that is text in Markdown, in a table's cell and in HTML alike: on one line, and what has a meaning in
// any of them as a character reference, which never has one.
std::string inline_text(const std::string& words) {
    const auto text = clean(words);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool within_word =
            i > 0 && i + 1 < text.size() && is_alphanumeric(text[i - 1]) && is_alphanumeric(text[i + 1]);
        if (c == '\n' || c == '\t') {
            result += ' ';
        } else if (std::string_view("&<>|`*[]\\~#@$\"").find(c) != std::string_view::npos ||
                   (c == '_' && !within_word)) {
            result += fmt::format("&#{};", static_cast<int>(c));
        } else {
            result += c;
        }
    }
    return result;
}

// A fence longer than any run of backticks in it, so that the text cannot close it.
std::string fenced(const std::string& words, const char* language) {
    auto text = clean(words);
    if (text.empty() || text.back() != '\n') text += '\n';
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + language + "\n" + text + fence + "\n";
}

std::string folded(const std::string& summary, const std::string& body) {
    return "<details><summary>" + summary + "</summary>\n\n" + body + "\n</details>\n\n";
}

// One that is not as expected. The command stands outside of what is folded: it is what one comes for.
std::string bad_row(const Row& row, bool with_interleaving) {
    auto part = "#### " + inline_text(row.scenario) + ": " + inline_text(row_name(row)) + "\n\n" +
                inline_text(verdict_sentence(row)) + "\n\n";
    if (!row.outcome.finding) return part;
    part += inline_text(sentences(*row.outcome.finding)) + "\n\n";
    if (row.behind_ending) part += inline_text(behind_sentence(row)) + "\n\n";
    part += fenced(replay_command(row), "sh") + "\n";
    if (with_interleaving) {
        part += folded("The interleaving, step by step", fenced(interleaving(row, {false, 100}), "text"));
    }
    return part;
}

const char* mark(Standing standing) {
    switch (standing) {
        case Standing::fine: return "✓";
        case Standing::unproven: return "–";
        default: return "✗";
    }
}

std::string cell(const Row& row) {
    return fmt::format("{} {} {}{}", inline_text(found(row)), mark(standing(row)),
                       row.outcome.executions_complete,
                       row.shard.empty() ? "" : " (share " + inline_text(row.shard) + ")");
}

// What is not as expected has it where it stands for itself.
std::string advice(const std::vector<const Row*>& rows) {
    std::string list;
    for (const auto* row : rows) {
        if (row->advice.empty() || is_bad(standing(*row))) continue;
        list += "- " + inline_text(row_name(*row)) + ": " + inline_text(row->advice) + "\n";
    }
    return list.empty() ? "" : "\n" + list;
}

// Of one scenario: a line an implementation, a column a number of threads.
std::string table(const std::vector<const Row*>& rows) {
    std::set<unsigned> columns;
    std::vector<std::string> names;
    std::map<std::pair<std::string, unsigned>, std::string> cells;
    std::size_t bad = 0;
    for (const auto* row : rows) {
        columns.insert(row->threads);
        if (std::find(names.begin(), names.end(), row->implementation) == names.end()) {
            names.push_back(row->implementation);
        }
        auto& text = cells[{row->implementation, row->threads}];
        text += (text.empty() ? "" : "<br>") + cell(*row);
        bad += is_bad(standing(*row)) ? 1 : 0;
    }
    auto body = inline_text(rows.front()->summary) + "\n\n| implementation |";
    std::string line = "|---|";
    for (const auto threads : columns) {
        body += fmt::format(" {} threads |", threads);
        line += "---|";
    }
    body += "\n" + line + "\n";
    for (const auto& name : names) {
        body += "| " + inline_text(name) + " |";
        for (const auto threads : columns) body += " " + cells[{name, threads}] + " |";
        body += "\n";
    }
    body += advice(rows);
    const auto verdict =
        bad == 0 ? std::string("none not as expected") : fmt::format("{} not as expected", bad);
    return folded(inline_text(rows.front()->scenario) + ": " + counted(rows.size(), "row") + ", " + verdict,
                  body);
}

std::vector<std::vector<const Row*>> by_scenario(const Report& report) {
    std::vector<std::vector<const Row*>> groups;
    std::map<std::string, std::size_t> index;
    for (const auto& row : report.rows) {
        const auto [at, is_new] = index.try_emplace(row.scenario, groups.size());
        if (is_new) groups.emplace_back();
        groups[at->second].push_back(&row);
    }
    return groups;
}

class Page {
public:
    explicit Page(const Report& report) : report_(report) {}

    std::string text() {
        std::vector<const Row*> bad;
        for (const auto& row : report_.rows) {
            if (is_bad(standing(row))) bad.push_back(&row);
            unproven_ += standing(row) == Standing::unproven ? 1 : 0;
        }
        if (!bad.empty()) body_ += "### Not as expected\n\n";
        for (const auto* row : bad) add_bad(*row);
        if (!report_.rows.empty()) {
            body_ +=
                "### All rows\n\n✓ as expected, ✗ not as expected, – no verdict and none expected; then the "
                "number of executions.\n\n";
        }
        for (const auto& rows : by_scenario(report_)) {
            if (!add(table(rows), tables_end)) ++tables_missing_;
        }
        return heading(bad.size()) + body_;
    }

private:
    bool add(const std::string& part, std::size_t end) {
        if (body_.size() + part.size() > end) return false;
        body_ += part;
        return true;
    }

    void add_bad(const Row& row) {
        if (add(bad_row(row, true), interleavings_end)) return;
        if (!add(bad_row(row, false), findings_end)) {
            ++findings_missing_;
        } else if (row.outcome.finding) {
            ++interleavings_missing_;
        }
    }

    // The verdict in one line. Nothing that is not proven may read as if it were.
    std::string verdict(std::size_t bad) const {
        const auto rows = counted(report_.rows.size(), "row");
        if (bad > 0) return fmt::format("✗ {} of {} not as expected", bad, rows);
        if (report_.rows.empty()) return "– nothing was checked";
        if (report_.interrupted) return fmt::format("– interrupted after {}", rows);
        if (unproven_ > 0) return fmt::format("– {} as expected, {} without a verdict", rows, unproven_);
        return fmt::format("✓ {} as expected", rows);
    }

    std::string heading(std::size_t bad) const {
        std::string text;
        if (report_.interrupted) {
            text += "> **The run was interrupted**: rows that had not begun are missing.\n\n";
        }
        text += "## revenant " + verdict(bad) + "\n\n" + totals_text(report_) + "\n\n";
        std::string missing;
        const auto miss = [&](std::size_t count, const char* noun) {
            if (count > 0) missing += (missing.empty() ? "" : ", ") + counted(count, noun);
        };
        miss(interleavings_missing_, "interleaving");
        miss(findings_missing_, "unexpected row");
        miss(tables_missing_, "table");
        if (!missing.empty()) text += "> Left out for size: " + missing + ".\n\n";
        return text;
    }

    const Report& report_;
    std::string body_;
    std::size_t unproven_ = 0;
    std::size_t interleavings_missing_ = 0;
    std::size_t findings_missing_ = 0;
    std::size_t tables_missing_ = 0;
};

}  // namespace

std::string to_markdown(const Report& report) { return Page(report).text(); }

}  // namespace revenant::reports
