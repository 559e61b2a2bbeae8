// TreeChanges: which links of a red-black tree a function of libstdc++'s library has changed.
//
// Layout: that of libstdc++'s ABI (bits/stl_tree.h). The header of a tree is the parent of its root, and the
// root that of the header.
#pragma once

#include <array>
#include <cstddef>

namespace revenant::model::native {

struct TreeNode {
    int is_black;
    TreeNode* parent;
    TreeNode* left;
    TreeNode* right;
};

/// Nodes that an operation may change, as they were before it.
class TreeChanges {
public:
    /// All between a node and the header, both with it, and what lies near them.
    TreeChanges(TreeNode* node, TreeNode* header) {
        node == header ? add(header) : add_below(node, depth);  // the tree is empty, or not
        for (const TreeNode* below = node; node != header; below = node) {
            node = node->parent;
            if (node == nullptr || count_ == nodes_.size()) return;
            add(node);
            if (node == header) return;
            add_below(node->left == below ? node->right : node->left, depth);
        }
    }
    void add(TreeNode* node) {
        if (count_ < nodes_.size()) nodes_[count_++] = {node, *node};
    }
    /// What is not as it was: `visit(address, size)`.
    template <class Visit>
    void visit(const Visit& visit) const {
        const auto look_at = [&](const auto& now, const auto& was) {
            if (now != was) visit(&now, sizeof now);
        };
        for (std::size_t i = 0; i < count_; ++i) {
            const auto& [node, was] = nodes_[i];
            look_at(node->is_black, was.is_black);
            look_at(node->parent, was.parent);
            look_at(node->left, was.left);
            look_at(node->right, was.right);
        }
    }

private:
    /// Beside a node on the way two rotations follow each other at most: of its other child, and of a child
    /// of what has come to that one's place, whose own child gets another parent.
    static constexpr int depth = 4;
    struct Node {
        TreeNode* node;
        TreeNode was;
    };
    void add_below(TreeNode* node, int levels) {
        if (node == nullptr || levels == 0) return;
        add(node);
        add_below(node->left, levels - 1);
        add_below(node->right, levels - 1);
    }

    // A tree of a million nodes is 40 deep at most. Not on the program's stack, where it would stay.
    static inline std::array<Node, 1024> nodes_;
    std::size_t count_ = 0;
};

/// Where an erasure begins to change the tree: the node, or the one that comes to its place.
[[nodiscard]] inline TreeNode* lowest_that_moves(TreeNode* erased) {
    if (erased->left == nullptr || erased->right == nullptr) return erased;
    auto* lowest = erased->right;
    while (lowest->left != nullptr) lowest = lowest->left;
    return lowest;
}

}  // namespace revenant::model::native
