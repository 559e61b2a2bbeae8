// A libFuzzer target: no bytes crash the reader of headers, what it says of them does not depend on the
// pieces that they come in, and a header that is refused has a line that says why. `make fuzz` runs it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <revenant/http/reply_header.hpp>

namespace {

void require(bool ok) {
    if (!ok) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace revenant;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    header_reader whole;
    const std::size_t taken = whole.feed(bytes);
    require(taken <= size && !(whole.complete() && whole.refused()));
    require(taken == size || whole.complete() || whole.refused());
    require(whole.refused() == !whole.error().empty());
    require(whole.error().find('\n') == std::string::npos);

    header_reader pieces;  // of the lengths that the bytes themselves give
    std::size_t at = 0;
    while (at < size && !pieces.complete() && !pieces.refused()) {
        at += pieces.feed(bytes.substr(at, 1 + data[at] % 7));
    }
    require(at == taken && pieces.complete() == whole.complete() && pieces.refused() == whole.refused());
    require(pieces.header() == whole.header() && pieces.error() == whole.error());
    return 0;
}
