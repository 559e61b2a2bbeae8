// object_label: what an object is called in a trace, and the line that makes it. Costs nothing in production.
#pragma once

#include <source_location>

namespace revenant {

/// The label of an object in a trace, `config` in `config#1`, and the line that makes the object. The
/// text must have static storage duration.
struct object_label {
    const char* text;
    std::source_location where;
    constexpr object_label(const char* label, std::source_location line = std::source_location::current())
        : text(label), where(line) {}
};

}  // namespace revenant
