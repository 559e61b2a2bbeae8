#include <revenant/reference_ledger.hpp>

namespace revenant {

reference_ledger& reference_ledger::instance() {
    static auto* const ledger = new reference_ledger;  // read at exit, hence never destroyed
    return *ledger;
}

std::uint64_t reference_ledger::acquired(const holder& entry) {
    const std::lock_guard lock(mutex_);
    holders_.emplace(++last_ticket_, entry);
    return last_ticket_;
}

void reference_ledger::released(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    holders_.erase(ticket);
}

std::vector<reference_ledger::holder> reference_ledger::outstanding() const {
    const std::lock_guard lock(mutex_);
    std::vector<holder> result;
    result.reserve(holders_.size());
    for (const auto& [ticket, entry] : holders_) result.push_back(entry);
    return result;
}

std::string reference_ledger::report() const {
    std::string text;
    for (const auto& entry : outstanding()) {
        text += std::string(entry.type) + " is still held, acquired at " + entry.where.file_name() + ":" +
                std::to_string(entry.where.line()) + " (" + entry.where.function_name() + ")\n";
    }
    return text;
}

}  // namespace revenant
