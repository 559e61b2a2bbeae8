// soak_report: what a long run held at each moment, as a table, as a drawing, and whether it grew. Tests
// only; not installed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace revenant::http {

/// What the process held when so many requests had been answered, those of its peers included.
struct SoakSample {
    int requests = 0;
    long resident_kib = 0;
    long descriptors = 0;
    std::size_t pooled = 0;
    std::size_t cached = 0;
    std::size_t interned = 0;
};

/// Comma-separated values, a line a sample, under a line of names.
[[nodiscard]] std::string csv_of(const std::vector<SoakSample>& samples);
/// Memory and descriptors over the requests, from 0 up, as a drawing for a browser.
[[nodiscard]] std::string svg_of(const std::vector<SoakSample>& samples);

/// By how much the median of the last quarter lies above that of the second: the first is the time in which
/// the allocator comes to know the load. 0 for fewer than four samples.
[[nodiscard]] long resident_growth_kib(const std::vector<SoakSample>& samples);

}  // namespace revenant::http
