// A libFuzzer target: no text crashes the parser of checkpoints. Every text is tried as a whole file, and as
// the work within one whose key and checksum fit. `make fuzz` runs it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "harness/search/checkpoint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace revenant::harness;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const SearchKey key{"scenario", "implementation", 2, true, ""};
    const bool can_be_a_text = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 ") == text.npos;
    for (const auto& file : {text, can_be_a_text ? checkpoint_text(key, text) : text}) {
        const auto list = parse_checkpoint(file, key);
        if (!list && (list.error().empty() || list.error().find('\n') != std::string::npos)) std::abort();
        if (list && !parse_checkpoint(checkpoint_text(key, list->to_text()), key)) std::abort();
    }
    return 0;
}
