// WRONG ON PURPOSE: this program is built with REVENANT_PLANTS, so that rules of the reduction can be
// dropped. Each one must be missed on a generated program of the fixed seed, which the test prints.
#include <doctest/doctest.h>

#include <iostream>
#include <optional>

#include "model/generated/generate.hpp"
#include "model/generated/shrink.hpp"
#include "model/search/planted.hpp"

namespace revenant::model::generated {
namespace {

using search::Rule;

struct Row {
    Rule rule;
    const char* name;
    bool harmless = false;  ///< nothing can be lost without it, and why
    int program = -1;
    std::string_view class_name{};
    std::optional<Shrunk> shrunk{};
    [[nodiscard]] bool of_watched() const { return rule == Rule::changes_conflict_while_watched; }
};

std::vector<Row> rows() {
    return {
        {Rule::write_conflicts_with_write, "a write conflicts with a write"},
        {Rule::read_conflicts_with_write, "a read conflicts with a write"},
        {Rule::lock_conflicts_with_lock, "a lock conflicts with a lock"},
        {Rule::fence_conflicts_with_fence, "a seq_cst fence conflicts with another"},
        {Rule::retire_conflicts_with_access, "a destroy conflicts with what is inside"},
        // A weak CAS fails spuriously once per object. Of two steps on it at most one is such a failure; had
        // it not come first, the other could have taken it only where the value fits, and then it stores: a
        // write, which the failure as a read conflicts with too. Else the other reads, and the two commute.
        {Rule::spurious_failure_is_a_write, "a spurious failure counts as a write", true},
        {Rule::plain_access_is_visible, "a plain access is a step where only the order tells"},
        {Rule::conflict_wakes_a_sleeper, "a conflict wakes a sleeper"},
        {Rule::stale_read_is_offered, "stale reads are offered"},
        {Rule::spurious_failure_is_offered, "spurious failures are offered"},
        {Rule::unlock_comes_before_lock, "an unlock comes before the next lock"},
        {Rule::initial_has_none_before_it, "an initial has none before it"},
        {Rule::initial_is_not_after_the_first, "an initial is not after the race's first step"},
        {Rule::lock_conflicts_with_try, "a lock conflicts with a try"},
        {Rule::try_conflicts_with_try, "a try conflicts with one that takes the mutex"},
        {Rule::unlock_conflicts_with_try, "an unlock conflicts with a try"},
        {Rule::together_conflicts_with_lock, "taking several conflicts with a lock of one"},
        {Rule::lock_conflicts_with_share, "a lock conflicts with a share"},
        {Rule::try_conflicts_with_share, "a try conflicts with a share"},
        {Rule::try_conflicts_with_unshare, "a try conflicts with a part given back"},
        // That an unlock conflicts with a try to share, search/conflicts_test.cpp drops: no program of this
        // seed tells.
        {Rule::unshare_comes_before_lock, "a part given back comes before the next lock"},
        {Rule::lock_conflicts_with_passed, "doing once conflicts with passing by"},
        {Rule::notification_is_followed, "who is woken comes after the notification"},
        {Rule::changes_conflict_while_watched, "changes conflict while watched"},
        {Rule::count_down_comes_before_wait, "a latch's counts come before who waits for it"},
    };
}

/// Drops a rule while it lives.
class Dropping {
public:
    explicit Dropping(Rule rule) { search::dropped = rule; }
    ~Dropping() { search::dropped = Rule::none; }
    Dropping(const Dropping&) = delete;
    Dropping& operator=(const Dropping&) = delete;
};

constexpr std::uint32_t seed = 1;
constexpr int programs = 1000;

void convict(Row& row, const Code& code, const Baseline& baseline, const Generator& generator, int program) {
    const Dropping now(row.rule);
    const auto comparison = compare(code, baseline);
    if (!comparison.mismatch) return;
    row.program = program;
    row.class_name = generator.class_name();
    row.shrunk = shrink(code, *comparison.mismatch);
}

TEST_CASE("each rule of the reduction, dropped, is noticed on a generated program") {
    auto table = rows();
    Generator generator(seed);
    for (int program = 0; program < programs; ++program) {
        auto code = generator.next();
        const auto baseline = baseline_of(code);
        for (auto& row : table) {
            if (!row.shrunk && !row.of_watched()) convict(row, code, baseline, generator, program);
        }
        code.is_watched = true;
        for (auto& row : table) {
            if (!row.shrunk && row.of_watched()) convict(row, code, baseline_of(code), generator, program);
        }
    }
    for (const auto& row : table) {
        CHECK_MESSAGE(row.shrunk.has_value() != row.harmless, std::string(row.name));
        if (!row.shrunk) continue;
        std::cout << "## dropped: " << row.name << "; noticed on program " << row.program << " ("
                  << row.class_name << ")\n"
                  << to_text(*row.shrunk) << "\n";
        CHECK_FALSE(compare(row.shrunk->code).mismatch);  // with the rule there is nothing to notice
    }
}

}  // namespace
}  // namespace revenant::model::generated
