#include "harness/native/observations.hpp"

#include <cstdlib>
#include <fstream>
#include <set>

#include "model/native/export.hpp"

namespace revenant::harness {
namespace {

std::set<std::string>& observations() {
    static auto& all = *new std::set<std::string>;
    return all;
}

}  // namespace

std::optional<std::string> write_observations() {
    const char* const path = std::getenv("REVENANT_OBSERVATIONS");
    if (path == nullptr) return std::nullopt;
    std::ofstream file(path);
    for (const auto& line : observations()) file << line << '\n';
    file.flush();
    if (!file) return std::string("'") + path + "' cannot be written";
    return std::nullopt;
}

}  // namespace revenant::harness

REVENANT_EXPORT void revenant_observe(const char* text) { revenant::harness::observations().insert(text); }
