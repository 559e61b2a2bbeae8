// What a sanitizer calls when it has something to say. Compiled without instrumentation: TSan would lock
// itself up in a hook that it watches.
#include "model/threads/gate.hpp"

extern "C" {
void __asan_on_error();
void __tsan_on_report(const void* report);

void __asan_on_error() { revenant::model::threads::gate::report_begins(); }
void __tsan_on_report(const void*) { revenant::model::threads::gate::report_begins(); }
}
