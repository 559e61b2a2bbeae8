// Program: what one execution runs. A scenario with an implementation filled in.
#pragma once

namespace revenant::model {

/// The greatest number of threads that a Program may be run with in any world. Relacy's has room for fewer
/// (explore_threads_max).
#ifdef REVENANT_MANY_THREADS
inline constexpr unsigned program_threads_max = 128;
#else
inline constexpr unsigned program_threads_max = 16;
#endif

/// A Program is used for many executions, one after another; `setup` starts each from nothing. When an
/// execution fails it is abandoned: no destructor of what it made is run, so that a Program holds
/// pointers and plain values only.
class Program {
public:
    virtual ~Program() = default;

    /// Makes the shared objects. Runs before the threads start; all that it did happens before them.
    virtual void setup() = 0;
    /// The body of thread `index`, counted from 0.
    virtual void thread(unsigned index) = 0;
    /// Quiescence: all threads have ended. Checks what must hold then, and frees what `setup` made.
    virtual void teardown() = 0;
    /// Threads of one class run the same code on the same arguments: a permutation of them changes no
    /// outcome but by their names. None is like another unless the program says so, after its first `setup`:
    /// some learn there what their threads run.
    [[nodiscard]] virtual unsigned symmetry_class(unsigned thread) const { return thread; }

protected:
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
};

}  // namespace revenant::model
