// Segments: the program's variables, put back to what they were when main began, before each execution: the
// writable memory of the program and of its libraries, what was allocated before main, and the threads' own
// variables.
//
// Left alone are libc, the dynamic loader and this library: they hold the state of the process; all but what
// this library keeps in libc's place.
#pragma once

#include <cstdint>
#include <vector>

#include "model/native/clocks.hpp"

namespace revenant::model::native {

class Segments {
public:
    struct Range {
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        std::vector<unsigned char> image = {};
        unsigned thread = 0;  ///< whose variables they are
    };

    /// `lenders`: the thread pointers that the threads of the program run with.
    void remember(const std::vector<void*>& lenders);
    /// After an execution of so many threads.
    void put_back(unsigned threads) const;
    /// … the variables of one thread, for another one that begins with its thread pointer.
    void put_back_thread(unsigned thread) const;
    /// What is put back, but for the threads' own variables.
    [[nodiscard]] const std::vector<Range>& variables() const { return variables_; }
    [[nodiscard]] const std::vector<Range>& thread_variables() const { return thread_variables_; }

private:
    std::vector<Range> variables_;
    std::vector<Range> thread_variables_;
};

/// Whether a library (its file's name, or a path that ends with it) keeps its state from one execution to the
/// next.
[[nodiscard]] bool is_of_the_process(const char* name);

/// Finds where the code of those libraries lies. Before anything of the program runs.
void find_code_of_the_process();
/// Whether this is theirs, or this library's: what it allocates is the process's, and stays.
[[nodiscard]] bool is_code_of_the_process(std::uintptr_t place);
/// Whether this is libc++abi's, which gets ready for exceptions once.
[[nodiscard]] bool is_code_of_exceptions(std::uintptr_t place);

}  // namespace revenant::model::native
