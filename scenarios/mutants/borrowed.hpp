// WRONG ON PURPOSE: references that do not count, for a cache or a pool whose entries are to hold none. They
// name the scenarios that convict them.
#pragma once

#include <cstddef>
#include <utility>

namespace revenant::scenarios::mutants {

/// WRONG: an address and no more. Convicted by cache/address_reuse and pool/release_vs_reuse.
template <class Reference>
class borrowed {
public:
    explicit borrowed(const Reference& from) : object_(from.get()) {}
    [[nodiscard]] auto* get() const { return object_; }
    template <class Where>
    [[nodiscard]] borrowed clone(Where) const {
        return *this;
    }

private:
    decltype(std::declval<Reference>().get()) object_;
};

/// WRONG: the address, and the hash of the content as a second look. Two contents may have one hash.
/// Convicted by cache/address_reuse.
template <class Reference>
class borrowed_with_hash {
public:
    explicit borrowed_with_hash(const Reference& from) : key_(from.get(), from->content_hash()) {}
    [[nodiscard]] const auto& get() const { return key_; }
    template <class Where>
    [[nodiscard]] borrowed_with_hash clone(Where) const {
        return *this;
    }

private:
    std::pair<decltype(std::declval<Reference>().get()), std::size_t> key_;
};

}  // namespace revenant::scenarios::mutants
