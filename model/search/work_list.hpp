// WorkList: a search by Dpor cut into parts that processes explore independently of each other.
//
// A part runs for so many executions. What is left of it then is cut again, and what it found to be
// needed above its root becomes parts of its own. Reports are taken in the order of the parts, whatever
// the order in which they come in: the parts, the totals and the first finding do not depend on how many
// processes there are or how fast they run.
//
// New parts go behind the others, so that all processes soon have some. Where parts_enough are there, they go
// in front: what is begun is then finished first, and the list hardly grows any more.
//
// Thread-safety: none. Soundness: a branch's sleep set holds the branches before it at the same node
// whether they have been explored already or will be; each of them is, before the list is done.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "model/result.hpp"
#include "model/search/subtree.hpp"

namespace revenant::model::search {

using PartId = std::uint64_t;

struct Part {
    PartId id = 0;
    Subtree subtree;
};

/// What came of a part.
struct PartReport {
    PartId id = 0;
    std::uint64_t complete = 0;
    std::uint64_t blocked = 0;
    bool finding = false;   ///< its last execution failed
    bool diverged = false;  ///< the program is not the one that the part was cut from, or not deterministic
    bool finished = true;   ///< nothing is left of it
    std::vector<Request> requests;
    Subtree left;
};

struct Totals {
    std::uint64_t complete = 0;
    std::uint64_t blocked = 0;
};

class WorkList {
public:
    static constexpr std::size_t parts_enough = 1000;

    /// One part: the whole search.
    WorkList();
    ~WorkList();

    /// The next part that nobody has, or none now.
    [[nodiscard]] std::optional<Part> take();
    void report(PartReport report);

    /// Merges no more once so many executions have been, in the order of the parts: what a budget covers
    /// does not depend on who explored how fast.
    void limit(std::uint64_t executions) { limit_ = executions; }
    [[nodiscard]] bool limited() const { return totals_.complete + totals_.blocked >= limit_; }
    [[nodiscard]] bool finished() const { return open_.empty(); }
    [[nodiscard]] const Totals& totals() const { return totals_; }
    /// Called after each part is merged, in the order of the parts. Requires: the list is not moved from
    /// then.
    void on_merged(std::function<void()> hears) { on_merged_ = std::move(hears); }
    /// The first part with a finding, once all before it are done.
    [[nodiscard]] const std::optional<Part>& finding() const { return finding_; }
    [[nodiscard]] bool diverged() const { return diverged_; }
    /// How many parts are waiting to be taken.
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    /// The part of the tree that has been explored, as its branches are known now; from 0 to 1. Each branch
    /// of a node counts for as much as the others (Knuth, Math. Comp. 29, 1975).
    [[nodiscard]] double share_explored() const { return explored_ / (explored_ + unexplored_); }

    /// Makes the parts independent: every node above them gets every branch that it may come to need. The
    /// complete executions stay the same; more may turn out blocked.
    void close(const std::function<ThreadSet(ThreadSet stepped)>& held_back);
    /// Keeps each count-th part, the index-th (from 0) first. Requires: closed, none taken.
    void keep_share(unsigned index, unsigned count);

    /// For a checkpoint. A part that is taken and not merged yet is written as if nobody had it.
    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] static Result<WorkList> parse(const std::string& text);
    WorkList(WorkList&&) noexcept;
    WorkList& operator=(WorkList&&) noexcept;

private:
    struct Above;
    using AbovePointer = std::shared_ptr<Above>;
    struct Open {
        AbovePointer above;  ///< the last given node, or null
        Subtree subtree;
        double share = 1;
    };

    void add(AbovePointer above, Subtree subtree, double share);
    void merge(const PartReport& report);
    void satisfy(const AbovePointer& above, std::size_t given, const Request& request);
    void add_branch(const AbovePointer& at, int thread);
    void cut(const AbovePointer& above, const Subtree& left, double share);
    [[nodiscard]] std::vector<AbovePointer> nodes_above() const;

    static constexpr PartId middle_id = PartId{1} << 32;

    std::map<PartId, Open> open_;  ///< not merged yet, in the order of merging
    std::set<PartId> waiting_;     ///< of these, which nobody has
    std::map<PartId, PartReport> reported_;
    PartId first_id_ = middle_id;  ///< that was ever given
    PartId next_id_ = middle_id;
    Totals totals_;
    std::uint64_t limit_ = ~std::uint64_t{0};
    std::optional<Part> finding_;
    bool diverged_ = false;
    double explored_ = 0;
    double unexplored_ = 0;
    std::function<void()> on_merged_;
};

}  // namespace revenant::model::search
