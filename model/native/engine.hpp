// explore: runs a body of ordinary code under a Strategy, until a finding, the end of the search, or a
// budget. The native counterpart of model/relacy/engine.hpp, whose options it has.
//
// Thread-safety: none; one search at a time in a process. Deterministic: equal arguments give an equal
// Outcome, but for the seconds and for where a time budget falls.
#pragma once

#include <string>
#include <vector>

#include "model/native/segments.hpp"
#include "model/outcome.hpp"
#include "model/relacy/engine.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::native {

/// A body of code: a test, or a program's main. Returns its exit status.
struct Body {
    int (*call)(void*) = nullptr;
    void* argument = nullptr;
    /// What an execution that has failed says of it in what it has printed; null: nothing.
    std::string (*said)(const std::string& printed) = nullptr;
};

[[nodiscard]] Outcome explore(const Body& body, unsigned threads, search::Strategy& strategy,
                              const relacy::ExploreOptions& options);

/// How many threads one execution of the body has, and which of them are alike: the class of each.
struct Threads {
    unsigned count = 0;
    std::vector<unsigned> classes;  ///< empty: none is like another
    bool is_too_many = false;       ///< for this library

    [[nodiscard]] bool has_twins() const {
        for (unsigned thread = 0; thread < classes.size(); ++thread) {
            if (classes[thread] != thread) return true;
        }
        return false;
    }
};
[[nodiscard]] Threads look_at_threads(const Body& body);

/// The next execution that fails in `explore` stops for a debugger, which shows the program's threads where
/// they stand.
void stop_for_debugger();

/// What one execution of the body prints.
[[nodiscard]] std::string output_of(const Body& body);

/// The variables that every execution begins with.
[[nodiscard]] Segments& program_segments();

}  // namespace revenant::model::native
