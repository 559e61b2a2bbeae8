#include "model/native/tree_changes.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace revenant::model::native {
namespace {

static_assert(sizeof(TreeNode) == sizeof(std::_Rb_tree_node_base));

struct Numbered {
    TreeNode links;  // first: std::_Rb_tree_node_base knows no more
    int number;
};

std::_Rb_tree_node_base* theirs(TreeNode* node) { return reinterpret_cast<std::_Rb_tree_node_base*>(node); }

// A tree that libstdc++ keeps in balance, as std::set does it.
class Tree {
public:
    Tree() { header_ = {0, nullptr, &header_, &header_}; }

    void insert(Numbered& made) {
        auto* parent = &header_;
        auto* next = header_.parent;
        bool on_the_left = true;
        while (next != nullptr) {
            parent = next;
            on_the_left = made.number < reinterpret_cast<Numbered*>(next)->number;
            next = on_the_left ? next->left : next->right;
        }
        nodes_.push_back(&made.links);
        made.links = {};
        TreeChanges changes(parent, &header_);
        changes.add(&made.links);
        check(changes, [&] {
            std::_Rb_tree_insert_and_rebalance(on_the_left, theirs(&made.links), theirs(parent),
                                               *theirs(&header_));
        });
    }
    void erase(Numbered& lost) {
        const TreeChanges changes(lowest_that_moves(&lost.links), &header_);
        check(changes, [&] { std::_Rb_tree_rebalance_for_erase(theirs(&lost.links), *theirs(&header_)); });
        std::erase(nodes_, &lost.links);
    }

private:
    using Bytes = std::set<std::pair<const void*, std::size_t>>;

    // All that has changed in the whole tree, beside what is said to have.
    template <class Operation>
    void check(const TreeChanges& changes, const Operation& operation) {
        std::vector<std::pair<TreeNode*, TreeNode>> before;
        for (auto* const node : nodes_) before.emplace_back(node, *node);
        before.emplace_back(&header_, header_);
        operation();
        Bytes changed;
        const auto look_at = [&](const auto& now, const auto& was) {
            if (now != was) changed.emplace(&now, sizeof now);
        };
        for (const auto& [node, was] : before) {
            look_at(node->is_black, was.is_black);
            look_at(node->parent, was.parent);
            look_at(node->left, was.left);
            look_at(node->right, was.right);
        }
        Bytes said;
        changes.visit([&](const void* address, std::size_t size) { said.emplace(address, size); });
        REQUIRE(said == changed);
    }

    TreeNode header_{};
    std::vector<TreeNode*> nodes_;
};

TEST_CASE("all links that libstdc++ changes are known, wherever in a tree a node comes or goes") {
    std::mt19937 random(1);
    for (const std::size_t size : {1U, 2U, 3U, 7U, 20U, 60U, 200U}) {
        std::vector<Numbered> all(size);
        for (auto& one : all) one.number = static_cast<int>(random() % 1000);
        Tree tree;
        std::vector<Numbered*> out;
        std::vector<Numbered*> in;
        for (auto& one : all) out.push_back(&one);
        for (int round = 0; round < 20000; ++round) {
            auto& from = out.empty() || (!in.empty() && random() % 2 == 0) ? in : out;
            const auto chosen = from.begin() + static_cast<std::ptrdiff_t>(random() % from.size());
            auto& one = **chosen;
            &from == &in ? tree.erase(one) : tree.insert(one);
            (&from == &in ? out : in).push_back(&one);
            from.erase(chosen);
        }
    }
}

}  // namespace
}  // namespace revenant::model::native
