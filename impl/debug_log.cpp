#include <revenant/debug_log.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace revenant {
namespace {

// One write(2) of a whole line: lines stay whole, and no stdio lock orders the threads on trial.
template <class... Args>
void write_line(const char* format, Args... args) noexcept {
    char line[256];
    const int length = std::snprintf(line, sizeof line, format, args...);
    if (length <= 0) return;
    const auto size = std::min(static_cast<std::size_t>(length), sizeof line - 1);
    if (size == sizeof line - 1) line[size - 1] = '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line, size);
}

}  // namespace

log_scope::log_scope(const char* name) noexcept : name_(name), enabled_(false) {
    if (const char* list = std::getenv("REVENANT_LOG")) enabled_ = selects(list, name);
}

bool log_scope::selects(std::string_view list, std::string_view name) noexcept {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const auto item = list.substr(0, comma);
        if (item == "*" || item == name) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

void log_scope::count(const void* object, const char* verb, std::uint32_t from,
                      std::uint32_t to) const noexcept {
    write_line("<%s> %p %s %u - %u [%d]\n", name_, object, verb, from, to, ::gettid());
}

void log_scope::event(const void* object, const char* text) const noexcept {
    write_line("<%s> %p %s [%d]\n", name_, object, text, ::gettid());
}

void log_scope::event(const void* object, const char* text, std::uint32_t refcount) const noexcept {
    write_line("<%s> %p %s refcount=%u [%d]\n", name_, object, text, refcount, ::gettid());
}

}  // namespace revenant
