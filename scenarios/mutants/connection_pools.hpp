// WRONG ON PURPOSE: plausible mistakes in connection_pool, one each. Every one is named after what it lost,
// and names the scenario that convicts it.
#pragma once

#include <revenant/http/connection_pool.hpp>

namespace revenant::scenarios::mutants {

/// WRONG: where the connection is not kept, `release` drops the reference that it only borrowed; the caller
/// drops it once more. Convicted by pool/release_vs_reuse.
template <class Ref, class Connection, class P>
class connection_pool_release_consumes : public connection_pool<Ref, Connection, P> {
    using Base = connection_pool<Ref, Connection, P>;

public:
    using Base::Base;
    [[nodiscard]] bool release(const endpoint& to, const Ref& config, Connection& connection,
                               typename Base::time now) {
        if (Base::release(to, config, connection, now)) return true;
        Ref::adopt(config.get()).reset();
        return false;
    }
};

/// WRONG: `release` clones before it knows whether it keeps the connection, and where it does not, nobody has
/// that reference. Convicted by pool/release_vs_reuse.
template <class Ref, class Connection, class P>
class connection_pool_clone_first : public connection_pool<Ref, Connection, P> {
    using Base = connection_pool<Ref, Connection, P>;

public:
    using Base::Base;
    [[nodiscard]] bool release(const endpoint& to, const Ref& config, Connection& connection,
                               typename Base::time now) {
        Ref kept = config.clone();
        const bool keeps = Base::release(to, config, connection, now);
        if (!keeps) static_cast<void>(kept.leak());
        return keeps;
    }
};

}  // namespace revenant::scenarios::mutants
