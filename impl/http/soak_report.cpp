#include "impl/http/soak_report.hpp"

#include <algorithm>

namespace revenant::http {
namespace {

struct Frame {
    static constexpr long width = 760, left = 80, right = 740, panel = 220, room = 150;
    long top;
    [[nodiscard]] long bottom() const { return top + room; }
};

std::string text_at(long x, long y, const std::string& anchor, const std::string& words) {
    return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" text-anchor=\"" + anchor +
           "\">" + words + "</text>\n";
}

std::string rule_at(long y) {
    const std::string height = std::to_string(y);
    return "<path class=\"rule\" d=\"M" + std::to_string(Frame::left) + ' ' + height + 'H' +
           std::to_string(Frame::right) + "\"/>\n";
}

std::string panel(const std::vector<SoakSample>& samples, const std::string& title, long SoakSample::*value,
                  Frame frame) {
    long value_max = 1;
    for (const auto& sample : samples) value_max = std::max(value_max, sample.*value);
    const int requests_max = std::max(1, samples.empty() ? 1 : samples.back().requests);
    std::string line;
    for (const auto& sample : samples) {
        const long x = Frame::left + (Frame::right - Frame::left) * sample.requests / requests_max;
        const long y = frame.bottom() - Frame::room * (sample.*value) / value_max;
        line += (line.empty() ? 'M' : 'L') + std::to_string(x) + ' ' + std::to_string(y);
    }
    return text_at(Frame::left, frame.top - 12, "start", title) + rule_at(frame.top) +
           rule_at(frame.bottom()) +
           text_at(Frame::left - 8, frame.top + 4, "end", std::to_string(value_max)) +
           text_at(Frame::left - 8, frame.bottom() + 4, "end", "0") +
           text_at(Frame::right, frame.bottom() + 20, "end", std::to_string(requests_max) + " requests") +
           "<path class=\"line\" d=\"" + line + "\"/>\n";
}

long median_resident_kib(std::vector<SoakSample>::const_iterator first,
                         std::vector<SoakSample>::const_iterator last) {
    std::vector<long> kib;
    for (; first != last; ++first) kib.push_back(first->resident_kib);
    const auto middle = kib.begin() + static_cast<std::ptrdiff_t>(kib.size() / 2);
    std::nth_element(kib.begin(), middle, kib.end());
    return *middle;
}

}  // namespace

std::string csv_of(const std::vector<SoakSample>& samples) {
    std::string text = "requests,resident_kib,descriptors,pooled,cached,interned\n";
    for (const auto& sample : samples) {
        text += std::to_string(sample.requests) + ',' + std::to_string(sample.resident_kib) + ',' +
                std::to_string(sample.descriptors) + ',' + std::to_string(sample.pooled) + ',' +
                std::to_string(sample.cached) + ',' + std::to_string(sample.interned) + '\n';
    }
    return text;
}

std::string svg_of(const std::vector<SoakSample>& samples) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(Frame::width) + ' ' +
           std::to_string(2 * Frame::panel) +
           "\" font-family=\"sans-serif\" font-size=\"13\">\n"
           "<style>svg { background: #fff } .rule { stroke: #ccc } "
           ".line { stroke: #1f5fa8; stroke-width: 1.5; fill: none }</style>\n" +
           panel(samples, "resident memory, KiB", &SoakSample::resident_kib, {.top = 40}) +
           panel(samples, "open file descriptors", &SoakSample::descriptors, {.top = 40 + Frame::panel}) +
           "</svg>\n";
}

long resident_growth_kib(const std::vector<SoakSample>& samples) {
    const auto quarter = static_cast<std::ptrdiff_t>(samples.size() / 4);
    if (quarter == 0) return 0;
    return median_resident_kib(samples.end() - quarter, samples.end()) -
           median_resident_kib(samples.begin() + quarter, samples.begin() + 2 * quarter);
}

}  // namespace revenant::http
