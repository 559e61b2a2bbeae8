#include "model/search/work_list.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "model/search/work_text.hpp"

namespace revenant::model::search {
namespace {

constexpr double share_scale = 1e18;  // shares are written as whole numbers
constexpr std::size_t parts_min = 8;  // of a cut; fewer and the processes wait for each other

std::uint32_t digits_until(const Subtree& tree, std::size_t depth) {
    return depth + 1 < tree.nodes.size() ? tree.nodes[depth + 1].digits
                                         : static_cast<std::uint32_t>(tree.digits.size());
}

// The path to a node, with the branch that is taken there.
Subtree path_to(const Subtree& tree, std::size_t depth) {
    Subtree path;
    path.nodes.assign(tree.nodes.begin(), tree.nodes.begin() + static_cast<std::ptrdiff_t>(depth) + 1);
    path.given = depth + 1;
    return path;
}

void take_digits(Subtree& path, const Subtree& from, std::uint32_t count) {
    path.digits.assign(from.digits.begin(), from.digits.begin() + count);
}

/// Whether a choice within this step has more to come.
bool can_advance_digits(const Subtree& tree, std::size_t depth) {
    const auto begin = tree.digits.begin() + tree.nodes[depth].digits;
    const auto end = tree.digits.begin() + digits_until(tree, depth);
    return std::any_of(begin, end, [](const Digit& digit) { return digit.value + 1 != digit.count; });
}

// … of the last step of the path. Requires: it has.
void advance_digits(Subtree& path) {
    auto& digits = path.digits;
    while (digits.back().value + 1 == digits.back().count) digits.pop_back();
    ++digits.back().value;
}

}  // namespace

/// A node above some part. All its branches are parts, done or to come.
struct WorkList::Above {
    AbovePointer parent;
    Node node;                  ///< its branches, as known now
    std::uint8_t branch = 0;    ///< of the parent's, which one leads here
    std::vector<Digit> digits;  ///< of the steps before
    double share = 1;           ///< of the tree, when the node was met
};

WorkList::WorkList() { add(nullptr, {}, 1); }
WorkList::~WorkList() = default;
WorkList::WorkList(WorkList&&) noexcept = default;
WorkList& WorkList::operator=(WorkList&&) noexcept = default;

void WorkList::add(AbovePointer above, Subtree subtree, double share) {
    unexplored_ += share;
    const auto id = open_.size() < parts_enough ? next_id_++ : --first_id_;
    waiting_.insert(id);
    open_.emplace(id, Open{std::move(above), std::move(subtree), share});
}

std::optional<Part> WorkList::take() {
    if (waiting_.empty() || finding_) return std::nullopt;
    const auto id = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    return Part{id, open_.at(id).subtree};
}

void WorkList::report(PartReport report) {
    reported_.emplace(report.id, std::move(report));
    while (!open_.empty() && !finding_ && !limited()) {
        const auto first = reported_.find(open_.begin()->first);
        if (first == reported_.end()) return;
        merge(first->second);
        open_.erase(first->first);
        reported_.erase(first);
        if (on_merged_) on_merged_();
    }
}

void WorkList::merge(const PartReport& report) {
    const auto& part = open_.at(report.id);
    totals_.complete += report.complete;
    totals_.blocked += report.blocked;
    diverged_ = diverged_ || report.diverged;
    if (report.finding) {
        finding_ = Part{report.id, part.subtree};
        return;
    }
    unexplored_ -= part.share;
    if (report.finished) {
        explored_ += part.share;
    } else {  // the rest first: it goes on where this part stopped
        cut(part.above, report.left, part.share);
    }
    for (const auto& request : report.requests) satisfy(part.above, part.subtree.given, request);
}

void WorkList::satisfy(const AbovePointer& above, std::size_t given, const Request& request) {
    auto at = above;
    for (auto depth = given - 1; depth > request.depth; --depth) at = at->parent;
    if ((request.candidates & at->node.covered()) == 0) add_branch(at, request.preferred);
}

void WorkList::add_branch(const AbovePointer& at, int thread) {
    at->node.add(thread);
    Subtree subtree;
    subtree.digits = at->digits;
    subtree.nodes.push_back(at->node);
    subtree.nodes.back().current = static_cast<std::uint8_t>(at->node.count - 1);
    for (const Above* below = at.get(); below->parent != nullptr; below = below->parent.get()) {
        subtree.nodes.push_back(below->parent->node);
        subtree.nodes.back().current = below->branch;
    }
    std::reverse(subtree.nodes.begin(), subtree.nodes.end());
    subtree.given = subtree.nodes.size();
    add(at, std::move(subtree), at->share / at->node.count);
}

// Gives what can be done apart parts of its own, from the root down until there are enough; what is
// below stays together.
void WorkList::cut(const AbovePointer& above, const Subtree& left, double share) {
    std::size_t parts = 0;
    auto given = left.given;
    for (; given < left.nodes.size() && parts < parts_min; ++given) {
        parts += static_cast<std::size_t>(left.nodes[given].count - left.nodes[given].current) - 1;
        parts += can_advance_digits(left, given) ? 1 : 0;
    }
    std::vector<AbovePointer> at{above};  // of the nodes from left.given - 1 on
    for (auto depth = left.given; depth < given; ++depth) {
        auto record = std::make_shared<Above>();
        record->parent = at.back();
        record->node = left.nodes[depth];
        record->branch = depth > 0 ? left.nodes[depth - 1].current : std::uint8_t{0};
        record->digits.assign(left.digits.begin(), left.digits.begin() + left.nodes[depth].digits);
        record->share = share;
        share /= left.nodes[depth].count - left.nodes[depth].current;
        at.push_back(std::move(record));
    }
    Subtree rest = left;
    rest.given = given;
    add(at.back(), std::move(rest), share);
    for (auto depth = given; depth-- > (left.given == 0 ? 0 : left.given - 1);) {
        const auto& record = at[depth + 1 - left.given];
        if (depth + 1 < given && can_advance_digits(left, depth)) {  // else the digits belong to the rest
            Subtree path = path_to(left, depth);
            take_digits(path, left, digits_until(left, depth));
            advance_digits(path);
            add(record, std::move(path), share);
        }
        if (depth < left.given) break;
        const auto& node = left.nodes[depth];
        for (auto branch = static_cast<std::uint8_t>(node.current + 1); branch < node.count; ++branch) {
            Subtree path = path_to(left, depth);
            path.nodes.back().current = branch;
            take_digits(path, left, node.digits);
            add(record, std::move(path), record->share / (node.count - node.current));
        }
    }
}

// Each once, in an order that does not depend on addresses.
std::vector<WorkList::AbovePointer> WorkList::nodes_above() const {
    std::vector<AbovePointer> nodes;
    std::set<const Above*> met;
    for (const auto& [id, part] : open_) {
        const auto first = static_cast<std::ptrdiff_t>(nodes.size());
        for (auto at = part.above; at != nullptr && met.insert(at.get()).second; at = at->parent) {
            nodes.push_back(at);
        }
        std::reverse(nodes.begin() + first, nodes.end());  // parents first
    }
    return nodes;
}

void WorkList::close(const std::function<ThreadSet(ThreadSet stepped)>& held_back) {
    for (const auto& at : nodes_above()) {
        auto missing = at->node.runnable & ~at->node.covered() & ~held_back(at->node.stepped);
        for (; missing != 0; missing &= missing - 1) add_branch(at, first_of(missing));
    }
}

void WorkList::keep_share(unsigned index, unsigned count) {
    if (index != 0) totals_ = {};  // what was explored before the cut is the first share's
    unsigned n = 0;
    for (auto part = open_.begin(); part != open_.end(); ++n) {
        if (n % count == index) {
            ++part;
        } else {
            unexplored_ -= part->second.share;
            waiting_.erase(part->first);
            part = open_.erase(part);
        }
    }
}

std::string WorkList::to_text() const {
    TextWriter to;
    to.word("work");
    to.number(totals_.complete);
    to.number(totals_.blocked);
    to.number(static_cast<std::uint64_t>(explored_ * share_scale));
    std::map<const Above*, std::size_t> numbers{{nullptr, 0}};
    const auto nodes = nodes_above();
    to.word("above");
    to.number(nodes.size());
    for (const auto& at : nodes) {
        numbers.emplace(at.get(), numbers.size());
        to.number(numbers.at(at->parent.get()));
        to.number(at->branch);
        to.number(static_cast<std::uint64_t>(at->share * share_scale));
        to.put(at->node);
        to.put(at->digits);
    }
    to.word("parts");
    to.number(open_.size());
    for (const auto& [id, part] : open_) {
        to.number(numbers.at(part.above.get()));
        to.number(static_cast<std::uint64_t>(part.share * share_scale));
        to.put(part.subtree);
    }
    return to.text();
}

Result<WorkList> WorkList::parse(const std::string& text) {
    const auto share = [](std::uint64_t n) { return static_cast<double>(n) / share_scale; };
    TextReader from(text);
    WorkList list;
    list.open_.clear();
    list.waiting_.clear();
    from.word("work");
    list.totals_.complete = from.number(TextReader::any_number);
    list.totals_.blocked = from.number(TextReader::any_number);
    list.explored_ = share(from.number(TextReader::any_number));
    list.unexplored_ = 0;
    from.word("above");
    std::vector<AbovePointer> above(1 + from.number(TextReader::items_max));
    std::vector<std::size_t> depths(above.size());  // one more than the node's
    for (std::size_t i = 1; i < above.size() && from.good(); ++i) {
        above[i] = std::make_shared<Above>();
        const auto parent = from.number(i - 1);
        above[i]->parent = above[parent];
        depths[i] = depths[parent] + 1;
        above[i]->branch = static_cast<std::uint8_t>(from.number(clock_width - 1));
        above[i]->share = share(from.number(TextReader::any_number));
        from.get(above[i]->node);
        from.get(above[i]->digits);
        const bool leads_here = parent == 0 || above[i]->branch < above[parent]->node.count;
        if (!leads_here) return BadInput{"a branch leads nowhere"};
    }
    from.word("parts");
    for (auto parts = from.number(TextReader::items_max); parts > 0 && from.good(); --parts) {
        const auto number = from.number(above.size() - 1);
        const auto part_share = share(from.number(TextReader::any_number));
        Subtree subtree;
        from.get(subtree);
        if (subtree.given != depths[number]) return BadInput{"the parts do not fit together"};
        list.add(above[number], std::move(subtree), part_share);
    }
    if (!from.at_end()) return BadInput{"the list of parts is damaged"};
    return list;
}

}  // namespace revenant::model::search
