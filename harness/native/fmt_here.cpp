// The functions of fmt that the library calls: it has its own standard library, and libfmt.so would bring the
// program's into use.
#define FMT_HEADER_ONLY
#include <fmt/format.h>

namespace {

using Arguments = fmt::format_args;
[[gnu::used]] std::string (*const formats)(fmt::string_view, Arguments) = fmt::vformat;
[[gnu::used]] void (*const prints)(fmt::string_view, Arguments) = fmt::vprint;

}  // namespace
