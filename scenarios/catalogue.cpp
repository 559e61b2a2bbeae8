#include "scenarios/catalogue.hpp"

#include <utility>

namespace revenant::scenarios {

const std::vector<Scenario>& scenarios() {
    static const std::vector<Scenario> all{
        {"registry/intern_vs_last_release", "one thread drops the last reference, the others intern the key"},
        {"registry/intern_vs_intern", "all threads intern one key into an empty registry"},
        {"registry/release_vs_release", "each thread holds a reference on one entry and releases it"},
        {"registry/reintern_while_alive", "three interns of one key while it is alive, then all released"},
        {"registry/replace_vs_remove", "a dying entry is replaced, then its remove runs"},
        {"registry/two_keys", "two keys with one hash; each is dropped while others look for one"},
        {"registry/duplicate_disposal",
         "every intern has a duplicate to dispose of; disposal re-enters remove"},
        {"refcount/upgrade_vs_last_release",
         "one thread drops the last strong reference, the others upgrade"},
        {"refcount/release_vs_release", "each thread writes its slot and releases; the last one destroys"},
        {"refcount/weak_release_vs_last_release", "the last strong reference and the weak ones go together"},
        {"refcount/clone_vs_release", "each thread clones its reference and releases both"},
        {"refcount/assign_vs_last_release",
         "one thread drops its reference, the others assign theirs to itself"},
        {"refcount/borrower_vs_last_release",
         "one thread drops the owner's reference, the others use the object"},
        {"refcount/one_handle_two_threads",
         "one thread assigns to a handle that all share, the others copy it"},
        {"refcount/release_too_many", "each thread holds a reference and releases it, or one does so twice"},
        {"refcount/publish_vs_first_use",
         "one thread publishes an object and counts it, the others count on"},
        {"refcount/signal_vs_free", "one thread waits for the others and frees what they signal with"},
        {"tutorial/lost_update", "every thread adds one to a counter (the smallest example)"},
        {"tutorial/publish_vs_read", "one thread writes a value and raises a flag, the others look at both"},
        {"tutorial/claim_vs_read", "one thread puts its node into a slot, the others look for one"},
        {"reference/bare_registry", "a weak registry's bare logic, counted by other model checkers too"},
        {"cache/insert_vs_evict", "one thread uses a cached context, another comes when it is to be evicted"},
        {"cache/address_reuse", "a configuration dies and another one is made at its address"},
        {"pool/release_vs_reuse",
         "one thread gives its connection back, the others take it or close the pool"},
        {"tunnel/second_context_vs_teardown",
         "one thread makes a context after the proxy's reply, another tears the tunnel down"},
        {"chain/cancel_vs_complete", "the I/O thread completes a request, another thread cancels it"},
    };
    return all;
}

std::string_view summary_of(std::string_view scenario) {
    for (const auto& known : scenarios()) {
        if (known.id == scenario) return known.summary;
    }
    return {};
}

const Entry* find_entry(std::string_view scenario, std::string_view implementation) {
    for (const auto& entry : entries()) {
        if (entry.scenario == scenario && entry.implementation == implementation) return &entry;
    }
    return nullptr;
}

namespace {

// Null: there is none, or there are several.
const Entry* only_correct_in(std::string_view scenario) {
    const Entry* only = nullptr;
    for (const auto& entry : entries()) {
        if (entry.scenario != scenario || entry.claim.broken_from != 0) continue;
        if (only != nullptr) return nullptr;
        only = &entry;
    }
    return only;
}

}  // namespace

const Entry* fix_of(const Entry& entry) {
    if (entry.claim.broken_from == 0) return nullptr;
    constexpr std::pair<std::string_view, std::string_view> fixes[] = {
        {"legacy_registry", "weak_registry"},
        {"strong_registry", "weak_registry"},
        {"load_then_store", "fetch_add"},
        {"value_then_flag", "flag_then_value"},
        {"weak_once", "weak_in_loop"},
        {"tunnel_borrows", "tunnel_holds"},
        {"tunnel_looks_first", "tunnel_awaited"},
        {"tunnel_clones_late", "tunnel_holds"},
        {"tunnel_holds_on_legacy", "tunnel_holds"},
        {"tunnel_holds_on_strong", "tunnel_holds"},
        {"chain_copies", "chain_moves"},
        {"chain_looks_first", "chain_moves"},
        {"chain_exchanges", "chain_moves"},
        {"plain_handle", "locked_handle"},
    };
    std::string_view name = entry.implementation.substr(0, entry.implementation.find('+'));
    for (const auto& [broken, fix] : fixes) {
        if (name == broken) name = fix;
    }
    // Its own name, where nobody has named its fix, is that of a broken one.
    const auto* const named = find_entry(entry.scenario, name);
    return named != nullptr && named->claim.broken_from == 0 ? named : only_correct_in(entry.scenario);
}

}  // namespace revenant::scenarios
