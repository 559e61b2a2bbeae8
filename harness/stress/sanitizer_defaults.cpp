// The sanitizers' options, baked in, so that a local run equals the one in CI. An environment variable
// (ASAN_OPTIONS and so on) still overrides each of them.

extern "C" {
// The first report ends the process: the stress judges by how it ends.
const char* __asan_default_options();
const char* __lsan_default_options();
const char* __tsan_default_options();
const char* __ubsan_default_options();

const char* __asan_default_options() { return "abort_on_error=0:exitcode=66:detect_leaks=1"; }
const char* __lsan_default_options() { return "exitcode=66"; }
const char* __tsan_default_options() { return "halt_on_error=1:exitcode=66"; }
const char* __ubsan_default_options() { return "halt_on_error=1:exitcode=66:print_stacktrace=1"; }
}
