#include "harness/search/import_candidates.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace revenant::harness {
namespace {

using model::FindingKind;
using reports::BugReport;
using reports::Picture;

constexpr int needed = 4;  // what speaks for an entry that needs something which is shown, or else against it

// `intern_vs_last_release` → `InternVsLastRelease`.
std::string camel_case(std::string_view id) {
    std::string camel;
    bool up = true;
    for (const char c : id) {
        if (c != '_') camel += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        up = c == '_';
    }
    return camel;
}

/// All the names in a report, and what speaks for an entry by them.
class Names {
public:
    explicit Names(const BugReport& report)
        : report_(report), picture_(reports::question_of(report).picture), ours_(is_ours(report)) {
        for (const auto& deed : report.deeds) {
            calls_.insert(deed.call);
            for (const auto& frame : deed.stack) text_ += frame.function + " " + frame.file + "\n";
            if (deed.change) text_ += deed.words + "\n";
        }
    }

    [[nodiscard]] Candidate judge(const scenarios::Entry& entry, unsigned threads) const {
        Candidate candidate{{&entry, threads}, 0, {}};
        // Names are ours only in what our own programs print: there are many types called shared_ptr.
        if (ours_) by_names(entry, candidate);
        candidate.score += by_calls(entry);
        return candidate;
    }
    /// Whether the entry can be meant at all.
    [[nodiscard]] bool may_be(const scenarios::Entry& entry) const {
        if (ours_) return true;
        const bool of_handle = entry.scenario == "refcount/one_handle_two_threads";
        if ((picture_ == Picture::one_handle) != of_handle) return false;
        // It is the pointer that two threads raced on: not an object that was freed meanwhile.
        const bool races_only = entry.claim.kinds == std::vector{FindingKind::data_race};
        if (of_handle && !races_only) return false;
        const bool of_mixed = entry.implementation.ends_with("+mixed_count");
        if ((picture_ == Picture::mixed_access) != of_mixed) return false;
        if (picture_ == Picture::drop_not_ordered && entry.overrides.empty()) return false;
        return !entry.scenario.starts_with("tutorial/") && !entry.scenario.starts_with("reference/");
    }

private:
    void by_names(const scenarios::Entry& entry, Candidate& candidate) const {
        const auto speaks = [&](int score, const std::string& name) {
            if (text_.find(name) == text_.npos) return;
            candidate.score += score;
            candidate.named.push_back(name);
        };
        const auto slash = entry.scenario.find('/');
        const auto plus = std::min(entry.implementation.find('+'), entry.implementation.size());
        speaks(16, camel_case(entry.scenario.substr(slash + 1)));
        speaks(32, std::string(entry.implementation.substr(0, plus)));
        if (plus == entry.implementation.size()) return;
        candidate.score -= 1;  // history's own mistakes come first
        const auto mistake = entry.implementation.substr(plus + 1);
        speaks(8, std::string(mistake));
        speaks(8, camel_case(mistake));
    }

    [[nodiscard]] int by_calls(const scenarios::Entry& entry) const {
        const auto of = entry.scenario;
        const bool shows_lookup = calls_.contains("intern") || report_.shows_lookup;
        int score = 0;
        const auto needs = [&](std::string_view prefix, bool shown) {
            if (of.starts_with(prefix)) score += shown ? needed : -needed;
        };
        needs("registry/", shows_lookup);
        needs("refcount/upgrade_vs_last_release", calls_.contains("upgrade"));
        needs("refcount/weak_release_vs_last_release", calls_.contains("release_weak"));
        needs("refcount/clone_vs_release", calls_.contains("clone"));
        needs("refcount/assign_vs_last_release", calls_.contains("assign"));
        needs("refcount/publish_vs_first_use", false);
        for (const auto* const of_a_client : {"cache/", "pool/", "tunnel/", "chain/"})
            needs(of_a_client, false);
        needs("tutorial/", false);
        needs("reference/", false);
        const bool uses_only = picture_ == Picture::destroyed_in_use;
        if (of == "refcount/borrower_vs_last_release") score += uses_only ? 2 : 0;
        const bool revives = is_among(entry.claim.kinds, FindingKind::resurrection);
        if (revives && !is_among(report_.kinds, FindingKind::resurrection)) score -= 2;
        // An assertion in the code is one thing more that nobody has reported.
        if (is_among(entry.claim.kinds, FindingKind::assertion) && !ours_) score -= 2;
        return score;
    }

    const BugReport& report_;
    Picture picture_;
    bool ours_;
    std::string text_;
    std::set<std::string> calls_;
};

unsigned threads_of(const BugReport& report) {
    std::set<std::string> threads;
    for (const auto& deed : report.deeds) {
        if (!deed.thread.empty() && deed.thread != "main thread" && deed.thread != "T0")
            threads.insert(deed.thread);
    }
    return std::clamp(static_cast<unsigned>(threads.size()), 2u, 3u);
}

}  // namespace

bool is_among(const std::vector<FindingKind>& kinds, FindingKind kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool is_ours(const BugReport& report) {
    return std::ranges::any_of(report.deeds, [](const auto& deed) {
        return std::ranges::any_of(deed.stack, [](const auto& frame) {
            return frame.function.find("revenant::") != std::string::npos;
        });
    });
}

bool fits(const BugReport& report, const scenarios::Claim& claim) {
    return std::ranges::any_of(claim.kinds, [&](FindingKind claimed) {
        if (is_among(report.kinds, claimed)) return true;
        // What a revived count leads to, when nobody stops at the revival; and so a count that was dropped
        // too often.
        const bool memory = is_among(report.kinds, FindingKind::use_after_free) ||
                            is_among(report.kinds, FindingKind::double_free);
        return memory && (claimed == FindingKind::resurrection || claimed == FindingKind::counter_underflow);
    });
}

std::vector<Candidate> candidates_for(const BugReport& report) {
    const Names names(report);
    std::vector<Candidate> candidates;
    for (const auto& entry : scenarios::entries()) {
        const auto threads = std::max(threads_of(report), entry.claim.broken_from);
        if (entry.claim.broken_from == 0 || threads > 3 || !fits(report, entry.claim)) continue;
        if (!names.may_be(entry)) continue;
        auto candidate = names.judge(entry, threads);
        // A stranger's report is not of what needs an operation that it does not show, or more around it.
        if (candidate.score > -needed || is_ours(report)) candidates.push_back(std::move(candidate));
    }
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.run.entry < b.run.entry;
    });
    return candidates;
}

}  // namespace revenant::harness
