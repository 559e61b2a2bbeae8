// The part of Spin that makes a thread wait, for those who announce its steps.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/native/spin.hpp"

namespace revenant::model::native {

enum class Repeated : std::uint8_t;
struct Thread;

/// Before a read of the cell, or a try to take the mutex: waits if the thread goes round in a loop.
/// `repeated`: it may have waited already (machine.hpp).
void wait_if_spinning(const Asked& asked, const void* frame, Repeated repeated);
/// The current thread yields: it waits if it has done so too often.
void wait_if_yielding();
/// The current thread is about to access plain bytes. What it has done to them before may make up for it: see
/// Spin::did_more.
void look_at_access(std::uintptr_t address, std::size_t size, bool is_write);
/// Whether the thread has gone round, has only read, and is not to go on though an atomic that it has read
/// has changed: see Strategy::spin_assume.
[[nodiscard]] bool is_left_behind(const Thread& thread);
/// Whether a thread has gone round, has only read, and no atomic has changed, but plain data, which it may
/// have read.
[[nodiscard]] bool may_look_again(const Thread& thread);
/// Whether a read would give something else now than it gave the thread: the atomic or semaphore has got
/// another value; another thread has held the mutex and written something meanwhile; the lock that was held
/// has been released since; somebody has come to the queue. What has changed once stays so: a thread that may
/// go on is not held up again.
[[nodiscard]] bool has_changed(const Spin::Read& read, int thread);

}  // namespace revenant::model::native
