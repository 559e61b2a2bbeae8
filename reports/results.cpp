#include "reports/results.hpp"

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "reports/json_depth.hpp"
#include "reports/printable.hpp"
#include "reports/results_checksum.hpp"
#include "reports/writers/facts.hpp"

namespace revenant::reports {
namespace {

using model::BadInput;
using json = nlohmann::ordered_json;  // a checksum is of the keys in their order

constexpr const char* schema = "revenant.results/1";
constexpr const char* no_results = "not a revenant.results/1 file with rows, or cut short";

// The values of an enumeration by their spelling. `last` is the last of them.
template <class Enum>
Enum word(const json& value, Enum last) {
    const auto& text = value.get_ref<const std::string&>();
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (text == to_text(static_cast<Enum>(i))) return static_cast<Enum>(i);
    }
    throw std::out_of_range("unknown word");
}

// No number that a sum over many files could run over with.
std::uint64_t count(const json& value) {
    constexpr std::uint64_t count_max = std::uint64_t{1} << 48;
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > count_max) {
        throw std::out_of_range("not a count");
    }
    return value.get<std::uint64_t>();
}

unsigned threads(const json& value) {
    constexpr std::uint64_t threads_max = 1000;  // far above what any model runs
    const auto number = count(value);
    if (number > threads_max) throw std::out_of_range("not a number of threads");
    return static_cast<unsigned>(number);
}

double seconds(const json& value) {
    const auto number = value.get<double>();
    if (!std::isfinite(number) || number < 0) throw std::out_of_range("not a time");
    return number;
}

std::string text_or_empty(const json& value) {
    return value.is_null() ? std::string() : clean(value.get_ref<const std::string&>());
}

std::optional<model::Finding> finding(const json& value) {
    if (value.is_null()) return std::nullopt;
    model::Finding found;
    found.kind = word(value.at("kind"), model::FindingKind::assertion);
    found.invariant = clean(value.at("invariant").get_ref<const std::string&>());
    found.where = clean(value.at("where").get_ref<const std::string&>());
    found.sentence = clean(value.at("sentence").get_ref<const std::string&>());
    return found;
}

model::Schedule schedule(const json& value) {
    if (value.is_null()) return {};
    auto parsed = model::parse_schedule(value.get_ref<const std::string&>());
    if (!parsed) throw std::out_of_range("not a schedule");
    return std::move(*parsed);
}

void read_behind(const json& row, Row& to) {
    const auto& behind = row.at("behind");
    if (behind.is_null()) return;
    to.behind_ending = word(behind.at("ending"), model::Ending::refused);
    to.races_not_shown = count(behind.at("races_not_shown"));
    for (const auto& one : behind.at("findings")) {
        model::Outcome outcome;
        outcome.verdict = model::Verdict::broken;
        outcome.ending = model::Ending::finding;
        outcome.finding = finding(one);
        outcome.schedule = schedule(one.at("schedule"));
        if (!outcome.finding) throw std::out_of_range("no finding");
        to.behind.push_back(std::move(outcome));
    }
}

// Texts are made fit to be shown as they come in: they go out to terminals and to other reports.
// Throws what nlohmann::json or std throw where something is missing, or is not what it should be.
Row row_of(const json& value) {
    Row row;
    row.scenario = clean(value.at("scenario").get_ref<const std::string&>());
    row.implementation = clean(value.at("implementation").get_ref<const std::string&>());
    row.threads = threads(value.at("threads"));
    row.strategy = clean(value.at("strategy").get_ref<const std::string&>());
    row.symmetry = value.at("symmetry").get<bool>();
    row.shard = text_or_empty(value.at("shard"));
    row.expected = word(value.at("expected"), model::Verdict::undecided);
    row.as_expected = value.at("as_expected").get<bool>();
    auto& outcome = row.outcome;
    outcome.ending = word(value.at("ending"), model::Ending::refused);
    outcome.exhaustive = value.at("exhaustive").get<bool>();
    outcome.executions_complete = count(value.at("executions").at("complete"));
    outcome.executions_blocked = count(value.at("executions").at("blocked"));
    const auto& share = value.at("share_explored");
    if (!share.is_null()) outcome.share_explored = share.get<double>();
    outcome.seconds = seconds(value.at("seconds"));
    outcome.verdict = word(value.at("verdict"), model::Verdict::undecided);
    outcome.finding = finding(value.at("finding"));
    outcome.difference = text_or_empty(value.at("difference"));
    outcome.schedule = schedule(value.at("schedule"));
    outcome.covered = text_or_empty(value.at("covered"));
    row.advice = text_or_empty(value.at("advice"));
    read_behind(value, row);
    if (outcome.finding.has_value() != (outcome.verdict == model::Verdict::broken)) {
        throw std::out_of_range("a verdict without its finding, or the other way round");
    }
    return row;
}

std::string name_of(const json& row, std::size_t number) {
    const auto text = [&](const char* key) {
        const auto found = row.find(key);
        return found != row.end() && found->is_string() ? printable(found->get_ref<const std::string&>(), 80)
                                                        : std::string("?");
    };
    return "row " + std::to_string(number) + ", " + text("scenario") + " " + text("implementation");
}

/// Thrown out of the parser: the line that says why the file is refused.
struct Refused {
    std::string line;
};

/// What the parser calls. It takes each row as soon as it is whole, so that a file of many is never in memory
/// as one value; of the rest it keeps the texts and numbers of the format.
class Rows {
public:
    bool operator()(int depth, json::parse_event_t event, json& value) {
        using Event = json::parse_event_t;
        if (depth == 1 && event == Event::key) {
            key_ = value.get<std::string>();
            if (key_ == "rows" && met_++ > 0) throw Refused{"it has rows twice"};
            return is_known(key_);
        }
        if (key_ == "schema" && depth == 1 && event == Event::value) of_our_schema = value == schema;
        if (key_ != "rows") return depth == 0 || event == Event::value;
        if (depth == 2 && event == Event::object_end) {
            take(value);
            return false;
        }
        if (depth == 1) return event != Event::object_start;  // rows are in an array
        const bool no_object = event == Event::value || event == Event::array_start;
        if (depth == 2 && no_object)
            throw Refused{"row " + std::to_string(next()) + " is not as its schema says"};
        return true;
    }

    std::vector<Row> rows;
    ResultsChecksum sum;
    bool of_our_schema = false;

private:
    static bool is_known(const std::string& key) {
        for (const char* const known : {"schema", "version", "build", "interrupted", "rows", "checksum"}) {
            if (key == known) return true;
        }
        return false;
    }
    [[nodiscard]] std::size_t next() const { return rows.size() + 1; }

    void take(json& value) {
        try {
            rows.push_back(row_of(value));
        } catch (const std::exception&) {
            throw Refused{name_of(value, next()) + " is not as its schema says"};
        }
        sum.add_row(value);
    }

    std::string key_;
    int met_ = 0;
};

std::string text_in(const json& root, const char* key) {
    const auto found = root.find(key);
    return found != root.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

model::Result<Report> parse_results(std::string_view text) {
    if (is_nested_too_deep(text)) return BadInput{"not a revenant.results/1 file: it is nested too deep"};
    Rows rows;
    json root;
    try {
        root = json::parse(text, std::ref(rows), false);
    } catch (const Refused& refused) {
        return BadInput{rows.of_our_schema ? refused.line : no_results};
    }
    if (!root.is_object() || text_in(root, "schema") != schema || rows.rows.empty() ||
        !root.contains("interrupted") || !root["interrupted"].is_boolean()) {
        return BadInput{no_results};
    }
    Report report;
    report.interrupted = root["interrupted"].get<bool>();
    report.version = text_in(root, "version");
    report.build = text_in(root, "build");
    report.rows = std::move(rows.rows);
    const auto sum = text_in(root, "checksum");
    if (sum.empty())
        return BadInput{"it has no checksum, version and build: an older revenant has written it"};
    if (rows.sum.text(report.version, report.build, report.interrupted) != sum) {
        return BadInput{"damaged, or edited by hand: the checksum is not that of its rows"};
    }
    return report;
}

}  // namespace revenant::reports
