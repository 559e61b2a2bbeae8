#include "harness/process/sanitizer_options.hpp"

#include <cstdlib>

namespace revenant::harness {
namespace {

struct Variable {
    const char* name;
    const char* must_hold;
};
constexpr Variable variables[] = {
    {"ASAN_OPTIONS", "exitcode=66:halt_on_error=1:abort_on_error=0:log_path=stderr"},
    {"LSAN_OPTIONS", "exitcode=66:log_path=stderr"},
    {"TSAN_OPTIONS", "exitcode=66:halt_on_error=1:abort_on_error=0:report_bugs=1:log_path=stderr"},
    {"UBSAN_OPTIONS", "exitcode=66:halt_on_error=1:abort_on_error=0:log_path=stderr"},
};

}  // namespace

std::vector<std::pair<std::string, std::string>> sanitizer_options(const std::string& more) {
    std::vector<std::pair<std::string, std::string>> options;
    for (const auto& variable : variables) {
        const char* const own = std::getenv(variable.name);
        std::string all = more;
        for (const auto& part : {std::string(own == nullptr ? "" : own), std::string(variable.must_hold)}) {
            if (!all.empty() && !part.empty()) all += ':';
            all += part;
        }
        options.emplace_back(variable.name, all);
    }
    return options;
}

}  // namespace revenant::harness
