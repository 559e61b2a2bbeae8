#include "harness/commands/duration.hpp"

#include <charconv>
#include <string_view>

namespace revenant::harness {
namespace {

constexpr double seconds_max = 365.0 * 24 * 3600;

double unit_seconds(std::string_view unit) {
    if (unit == "ms") return 0.001;
    if (unit == "s") return 1;
    if (unit == "m") return 60;
    if (unit == "h") return 3600;
    return 0;
}

}  // namespace

model::Result<double> parse_duration_seconds(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const double unit = unit_seconds({end, static_cast<std::size_t>(text.data() + text.size() - end)});
    const double seconds = number * unit;
    if (error != std::errc{} || !(seconds > 0) || seconds > seconds_max) {
        return model::BadInput{"'" + text + "' is not a duration: write 500ms, 60s, 2m or 1h"};
    }
    return seconds;
}

}  // namespace revenant::harness
