#include "harness/commands/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace revenant::harness {
namespace {

constexpr unsigned width_in_a_pipe = 100;

unsigned columns(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return width_in_a_pipe;
    return size.ws_col;
}

}  // namespace

reports::TextStyle text_style(Colour colour) {
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    const char* const no_colour = std::getenv("NO_COLOR");
    const bool automatic = terminal && (no_colour == nullptr || *no_colour == '\0');
    return {colour == Colour::always || (colour == Colour::automatic && automatic),
            terminal ? columns(STDOUT_FILENO) : width_in_a_pipe};
}

ProgressLine::ProgressLine() : on_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const std::string& text) {
    if (!on_) return;
    const auto width = columns(STDERR_FILENO);
    std::fprintf(stderr, "\r\x1b[K%s", text.substr(0, width - 1).c_str());
    std::fflush(stderr);
    shown_ = true;
}

void ProgressLine::clear() {
    if (!shown_) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    shown_ = false;
}

}  // namespace revenant::harness
