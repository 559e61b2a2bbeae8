#include "reports/import/formats/named.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

struct Format {
    std::string_view what;
    std::vector<std::string_view> signs;  ///< any of them
    std::string_view helps;
};

const std::vector<Format>& formats() {
    constexpr std::string_view asan =
        "the same run built with -fsanitize=address says who freed the memory, and -fsanitize=thread who "
        "raced";
    static const std::vector<Format> all{
        {"an abort of glibc's allocator",
         {"double free or corruption", "free(): double free detected", "free(): invalid pointer",
          "malloc(): ", "corrupted size vs. prev_size", "corrupted double-linked list",
          "munmap_chunk(): invalid pointer", "free(): invalid size", "malloc_consolidate()"},
         asan},
        {"a crash report of Apple's",
         {"Incident Identifier:", "EXC_BAD_ACCESS", "Termination Reason:", "CrashReporter Key:"},
         "Address Sanitizer or Thread Sanitizer of Xcode's scheme says who freed it"},
        {"a tombstone of Android's",
         {"*** *** *** *** ***", "Build fingerprint:", "Abort message:", "signal 11 (SIGSEGV), code"},
         "a build with HWAddressSanitizer or GWP-ASan says who freed it"},
        {"a report of WinDbg's",
         {"FAULTING_IP:", "EXCEPTION_RECORD:", "STACK_TEXT:", "BUGCHECK_CODE", "ExceptionCode: c0000005",
          "0:000>"},
         "Application Verifier's page heap, or a build with /fsanitize=address, says who freed it"},
        {"a message of Visual Studio's",
         {"Debug Assertion Failed!", "_CrtIsValidHeapPointer", "Access violation reading location",
          "Access violation writing location", "Exception thrown at 0x"},
         "a build with /fsanitize=address says who freed it"},
        {"a session of lldb's", {"* thread #", "(lldb)", "stop reason = "}, asan},
        {"a session of gdb's",
         {"(gdb)", "Program received signal", "received signal SIG", "Thread debugging using",
          "[Switching to Thread"},
         asan},
        {"an oops of the kernel's",
         {"BUG: kernel NULL pointer", "BUG: unable to handle", "general protection fault", "Oops: "},
         "a kernel built with CONFIG_KASAN or CONFIG_KCSAN says who freed it"},
        {"a panic of Go's",
         {"fatal error: concurrent map", "goroutine 1 [running]"},
         "`go run -race` says who raced"},
        {"a report of UndefinedBehaviorSanitizer's", {"runtime error: ", "UndefinedBehaviorSanitizer"}, asan},
        {"a report of GWP-ASan's", {"GWP-ASan detected"}, asan},
        {"a message of the allocator of a Mac", {"malloc: *** error for object"}, asan},
        {"a report of valgrind's of another kind",
         {"Mismatched free()", "Conditional jump or move depends", "Use of uninitialised value",
          "Syscall param ", "Source and destination overlap", "are definitely lost"},
         "of memcheck's, import reads an invalid read or write of memory that was freed, and a second free"},
        {"a report of helgrind about locks",
         {"lock order \"", "holding a lock"},
         "`revenant check` finds deadlocks in a scenario"},
        {"a report of MemorySanitizer's", {"MemorySanitizer: "}, asan},
    };
    return all;
}

// A backtrace alone: `#0  0x00007f in f () at x.c:3`.
bool has_backtrace(std::string_view text) {
    for (Lines lines(text); lines.next();) {
        const auto line = trimmed(lines.line());
        if (line.starts_with("#0 ") && line.find(" in ") != line.npos) return true;
        if (line.starts_with("#1 ") && line.find(" at ") != line.npos) return true;
    }
    return false;
}

}  // namespace

std::string named_format(std::string_view text) {
    const auto line_of = [](const Format& format) {
        return std::string(format.what) +
               ", which import does not read: it does not tell both sides of a race; " +
               std::string(format.helps);
    };
    for (const auto& format : formats()) {
        const auto has = [&](std::string_view sign) { return text.find(sign) != text.npos; };
        if (std::ranges::any_of(format.signs, has)) return line_of(format);
    }
    if (has_backtrace(text)) return line_of({"a backtrace alone", {}, formats().front().helps});
    return {};
}

}  // namespace revenant::reports
