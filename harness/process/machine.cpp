#include "harness/process/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

namespace revenant::harness {
namespace {

// As Linux tells it on x86; on other processors it has no such line.
std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("model name", 0) != 0) continue;
        const auto begin = line.find(": ");
        return begin == line.npos ? std::string() : line.substr(begin + 2);
    }
    return {};
}

}  // namespace

std::string machine_in_words() {
    utsname system{};
    if (::uname(&system) != 0) return {};
    std::string text = std::string(system.nodename) + ": ";
    if (const auto name = processor(); !name.empty()) text += name + ", ";
    const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
    if (count > 0) text += std::to_string(count) + (count == 1 ? " CPU, " : " CPUs, ");
    return text + system.sysname + " " + system.release + " " + system.machine;
}

std::string time_in_words(std::time_t seconds) {
    std::tm parts{};
    if (::gmtime_r(&seconds, &parts) == nullptr) return {};
    char text[64];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return {text, size};
}

}  // namespace revenant::harness
