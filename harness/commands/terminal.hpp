// Terminal: whether there is one, how wide it is, and a line of progress on it.
#pragma once

#include <cstdint>
#include <string>

#include "reports/writers/text.hpp"

namespace revenant::harness {

enum class Colour : std::uint8_t { automatic, always, never };

/// The style for stdout: colours on a terminal only (NO_COLOR and TERM=dumb are honoured), 100 columns in a
/// pipe.
[[nodiscard]] reports::TextStyle text_style(Colour colour);

/// `what: progress`, in so many columns: where they are few, the progress is kept and `what` cut.
[[nodiscard]] std::string progress_text(const std::string& what, const std::string& progress,
                                        std::size_t width);

/// One line on stderr that replaces itself; nothing at all unless stderr is a terminal that can do so.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const std::string& what, const std::string& progress = {});
    void clear();

private:
    bool on_;
    bool shown_ = false;
};

}  // namespace revenant::harness
