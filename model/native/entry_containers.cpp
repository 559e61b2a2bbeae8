// The parts of std::map, std::set and std::list that lie in libstdc++'s library, which nobody compiles with
// -fsanitize=thread: the links of their nodes. Without them a map that threads share without a mutex looks as
// if they did not meet.
//
// What changes a tree is done by libstdc++ itself, and announced by what has changed. Layouts: those of
// libstdc++'s ABI (bits/stl_tree.h, bits/stl_list.h).
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/native/entry_plain.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/tree_changes.hpp"

namespace revenant::model::native {
// In no unnamed namespace: the loader finds no function that takes one of those.
struct ListNode {
    ListNode* next;
    ListNode* previous;
};

namespace {

template <class Value>
Value read(const Value& from, std::uintptr_t place) {
    announce_plain(&from, sizeof from, false, place);
    return from;
}

struct Changed {
    const void* address;
    std::size_t size;
};

// First all of them, as another thread may change a tree while a write is announced that is a step. By the
// thread, as an execution may be left while it waits for its turn.
void announce(const TreeChanges& changes, std::uintptr_t place) {
    static auto& of_threads = *new std::array<std::vector<Changed>, threads_max>;
    auto& all = of_threads[static_cast<std::size_t>(machine().current())];
    all.clear();
    changes.visit([&](const void* address, std::size_t size) { all.push_back({address, size}); });
    for (const auto& [address, size] : all) announce_plain(address, size, true, place);
}

// On its own way through the tree, each link announced before it is read.
TreeNode* following(TreeNode* node, std::uintptr_t place) {
    if (auto* found = read(node->right, place)) {
        while (auto* const left = read(found->left, place)) found = left;
        return found;
    }
    auto* parent = read(node->parent, place);
    while (node == read(parent->right, place)) {
        node = parent;
        parent = read(parent->parent, place);
    }
    // A tree of one node has its header on the right, as the header has the node.
    return read(node->right, place) == parent ? node : parent;
}

TreeNode* preceding(TreeNode* node, std::uintptr_t place) {
    const bool is_header = read(node->is_black, place) == 0 && read(node->parent, place)->parent == node;
    if (is_header) return read(node->right, place);
    if (auto* found = read(node->left, place)) {
        while (auto* const right = read(found->right, place)) found = right;
        return found;
    }
    auto* parent = read(node->parent, place);
    while (node == read(parent->left, place)) {
        node = parent;
        parent = read(parent->parent, place);
    }
    return parent;
}

/// The program's, or this library's own: the program may have the rest of libstdc++ linked into it.
template <class Function>
Function* next_once(Function*& known, const char* name, Function* own) {
    if (known == nullptr) known = next_function<Function>(name);
    if (known == nullptr) known = own;
    return known;
}

}  // namespace

// NOLINTBEGIN(bugprone-easily-swappable-parameters): they are libstdc++'s.
#define REVENANT_INSTEAD_OF(name, result, function, ...)         \
    constexpr auto name_of_##function = name;                    \
    result own_##function(__VA_ARGS__) asm("__wrap_" name);      \
    REVENANT_TAKES_PLACE result function(__VA_ARGS__) asm(name); \
    result function(__VA_ARGS__)

#define REVENANT_WALK(name, function, walk)                               \
    REVENANT_INSTEAD_OF(name, TreeNode*, function, TreeNode* node) {      \
        static TreeNode* (*next)(TreeNode*) = nullptr;                    \
        if (machine().is_exploring()) return walk(node, REVENANT_PLACE);  \
        return next_once(next, name_of_##function, own_##function)(node); \
    }
REVENANT_WALK("_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base", tree_increment, following)
REVENANT_WALK("_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base", tree_increment_const, following)
REVENANT_WALK("_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base", tree_decrement, preceding)
REVENANT_WALK("_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base", tree_decrement_const, preceding)

REVENANT_INSTEAD_OF("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_", void, tree_insert,
                    bool on_the_left, TreeNode* node, TreeNode* parent, TreeNode* header) {
    static void (*next)(bool, TreeNode*, TreeNode*, TreeNode*) = nullptr;
    next_once(next, name_of_tree_insert, own_tree_insert);
    if (!machine().is_exploring()) return next(on_the_left, node, parent, header);
    announce_plain(parent, sizeof *parent, false, REVENANT_PLACE);
    TreeChanges changes(parent, header);
    changes.add(node);
    next(on_the_left, node, parent, header);
    announce(changes, REVENANT_PLACE);
}

REVENANT_INSTEAD_OF("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_", TreeNode*, tree_erase,
                    TreeNode* node, TreeNode* header) {
    static TreeNode* (*next)(TreeNode*, TreeNode*) = nullptr;
    next_once(next, name_of_tree_erase, own_tree_erase);
    if (!machine().is_exploring()) return next(node, header);
    announce_plain(node, sizeof *node, false, REVENANT_PLACE);
    const TreeChanges changes(lowest_that_moves(node), header);
    auto* const erased = next(node, header);
    announce(changes, REVENANT_PLACE);
    return erased;
}

#define REVENANT_WRITES(field) announce_plain(&(field), sizeof(field), true, REVENANT_PLACE)

REVENANT_INSTEAD_OF("_ZNSt8__detail15_List_node_base7_M_hookEPS0_", void, list_hook, ListNode* node,
                    ListNode* before) {
    static void (*next)(ListNode*, ListNode*) = nullptr;
    next_once(next, name_of_list_hook, own_list_hook);
    if (machine().is_exploring()) {
        auto* const previous = read(before->previous, REVENANT_PLACE);
        announce_plain(node, sizeof *node, true, REVENANT_PLACE);
        REVENANT_WRITES(previous->next);
        REVENANT_WRITES(before->previous);
    }
    next(node, before);
}

REVENANT_INSTEAD_OF("_ZNSt8__detail15_List_node_base9_M_unhookEv", void, list_unhook, ListNode* node) {
    static void (*next)(ListNode*) = nullptr;
    next_once(next, name_of_list_unhook, own_list_unhook);
    if (machine().is_exploring()) {
        announce_plain(node, sizeof *node, false, REVENANT_PLACE);
        REVENANT_WRITES(node->previous->next);
        REVENANT_WRITES(node->next->previous);
    }
    next(node);
}

REVENANT_INSTEAD_OF("_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_", void, list_transfer,
                    ListNode* before, ListNode* first, ListNode* end) {
    static void (*next)(ListNode*, ListNode*, ListNode*) = nullptr;
    next_once(next, name_of_list_transfer, own_list_transfer);
    if (machine().is_exploring() && before != end) {
        for (auto* const node : {before, first, end}) {
            auto* const previous = read(node->previous, REVENANT_PLACE);
            REVENANT_WRITES(previous->next);
            REVENANT_WRITES(node->previous);
        }
    }
    next(before, first, end);
}

REVENANT_INSTEAD_OF("_ZNSt8__detail15_List_node_base10_M_reverseEv", void, list_reverse, ListNode* list) {
    static void (*next)(ListNode*) = nullptr;
    next_once(next, name_of_list_reverse, own_list_reverse);
    if (machine().is_exploring()) {
        auto* node = list;
        do {
            announce_plain(node, sizeof *node, true, REVENANT_PLACE);
            node = node->next;
        } while (node != list);
    }
    next(list);
}

REVENANT_INSTEAD_OF("_ZNSt8__detail15_List_node_base4swapERS0_S1_", void, list_swap, ListNode* one,
                    ListNode* other) {
    static void (*next)(ListNode*, ListNode*) = nullptr;
    next_once(next, name_of_list_swap, own_list_swap);
    if (machine().is_exploring()) {
        for (auto* const node : {one, other}) {
            announce_plain(node, sizeof *node, true, REVENANT_PLACE);
            if (node->next == node) continue;
            REVENANT_WRITES(node->next->previous);
            REVENANT_WRITES(node->previous->next);
        }
    }
    next(one, other);
}

REVENANT_INSTEAD_OF("_ZSt11_Hash_bytesPKvmm", std::size_t, hash_bytes, const void* bytes, std::size_t size,
                    std::size_t seed) {
    static std::size_t (*next)(const void*, std::size_t, std::size_t) = nullptr;
    next_once(next, name_of_hash_bytes, own_hash_bytes);
    if (machine().is_exploring()) announce_plain(bytes, size, false, REVENANT_PLACE);
    return next(bytes, size, seed);
}
// NOLINTEND(bugprone-easily-swappable-parameters)

}  // namespace revenant::model::native
