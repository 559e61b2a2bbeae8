// What pthread_create, _join and _once do for the other libraries of threads that are made of them. `place`:
// in the program's code, as of a call that returns there.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace revenant::model::native {

int create_thread(pthread_t* to, const pthread_attr_t* attributes, void* (*start)(void*), void* argument,
                  std::uintptr_t place);
/// Whether an execution of this process has been refused for that it has more threads than there is room for.
[[nodiscard]] bool has_had_too_many_threads();
int join_thread(pthread_t handle, void** result, std::uintptr_t place);
/// The number of the thread that has the handle, or `nobody`.
[[nodiscard]] int thread_with(pthread_t handle);
void run_once(pthread_once_t* control, void (*routine)(), std::uintptr_t place);

}  // namespace revenant::model::native
