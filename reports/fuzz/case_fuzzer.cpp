// A libFuzzer target: no text crashes the parser of cases, and what it takes survives being written again.
// The checksum is put right on every other text, or nothing would get past it. `make fuzz` runs it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "model/checksum.hpp"
#include "reports/case.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace revenant;
    std::string text(reinterpret_cast<const char*>(data), size);
    if (size > 0 && data[size - 1] % 2 == 0) {
        text.erase(std::min(text.rfind("checksum: "), text.size()));
        text += "checksum: " + model::checksum(text) + "\n";
    }
    const auto parsed = reports::parse_case(text);
    if (!parsed) {
        if (parsed.error().empty() || parsed.error().find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const auto again = reports::parse_case(reports::to_text(*parsed));
    if (!again || !(*again == *parsed)) std::abort();
    return 0;
}
