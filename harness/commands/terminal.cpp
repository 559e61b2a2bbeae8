#include "harness/commands/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "reports/printable.hpp"
#include "reports/writers/columns.hpp"

namespace revenant::harness {
namespace {

constexpr unsigned width_in_a_pipe = 100;

unsigned columns(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return width_in_a_pipe;
    return size.ws_col;
}

// A terminal that shows escape codes instead of obeying them: Emacs's shell, some editors' consoles.
bool is_dumb() {
    const char* const term = std::getenv("TERM");
    return term != nullptr && std::string_view(term) == "dumb";
}

// Open MPI gives a process a terminal of its own, whatever mpirun itself writes to.
bool is_under_a_launcher() { return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr; }

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1 && !is_under_a_launcher(); }

}  // namespace

std::string progress_text(const std::string& what, const std::string& progress, std::size_t width) {
    auto whole = what + ": " + progress;
    if (progress.empty()) return reports::printable(what, width - 1);
    if (reports::display_width(whole) <= width) return whole;
    // What moves is worth more than the names, which stand still; and of it the beginning.
    constexpr std::size_t names_min = 12;
    const auto taken = reports::display_width(progress);
    if (taken + names_min > width) return reports::printable(progress, width - 1);
    return reports::printable(what, width - taken - 3) + ": " + progress;
}

reports::TextStyle text_style(Colour colour) {
    const bool terminal = is_terminal(STDOUT_FILENO);
    const char* const no_colour = std::getenv("NO_COLOR");
    const bool automatic = terminal && !is_dumb() && (no_colour == nullptr || *no_colour == '\0');
    return {colour == Colour::always || (colour == Colour::automatic && automatic),
            terminal ? columns(STDOUT_FILENO) : width_in_a_pipe};
}

ProgressLine::ProgressLine() : on_(is_terminal(STDERR_FILENO) && !is_dumb()) {}

void ProgressLine::show(const std::string& what, const std::string& progress) {
    if (!on_) return;
    const auto width = columns(STDERR_FILENO);
    std::fprintf(stderr, "\r\x1b[K%s", progress_text(what, progress, width - 1).c_str());
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
