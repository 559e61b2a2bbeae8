// reference_ledger: every reference that is held, and the line that acquired it. For debug builds, so
// that a leak names its holder.
//
// Thread-safety: all members may be called from any thread; one mutex guards the ledger.
// Lifetime: one ledger a process (`instance`), never destroyed, so that it can be read at exit.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <source_location>
#include <string>
#include <vector>

namespace revenant {

class reference_ledger {
public:
    struct holder {
        const void* object = nullptr;  ///< what is held
        const char* type = "";         ///< its name in the log
        std::source_location where;    ///< who acquired it
    };

    static reference_ledger& instance();

    /// Enters a holder and returns its ticket, never 0.
    [[nodiscard]] std::uint64_t acquired(const holder& entry);
    void released(std::uint64_t ticket);

    /// The references held now, oldest first.
    [[nodiscard]] std::vector<holder> outstanding() const;
    /// One line for each reference held now: `SSLConfig is still held, acquired at file:line (function)`.
    [[nodiscard]] std::string report() const;

private:
    mutable std::mutex mutex_;
    std::uint64_t last_ticket_ = 0;
    std::map<std::uint64_t, holder> holders_;
};

}  // namespace revenant
