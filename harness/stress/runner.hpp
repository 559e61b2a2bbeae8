// The stress of one registry in a process of its own, judged by how that process ends.
#pragma once

#include <cstdint>
#include <string>

#include "harness/stress/shapes.hpp"
#include "harness/stress/subjects.hpp"

namespace revenant::harness::stress {

enum class End : std::uint8_t {
    clean,      ///< exit 0
    caught,     ///< a sanitizer's report, a failed check, or a crash
    not_empty,  ///< the registry had entries left at quiescence
    hung,       ///< it had to be killed long after its time was up
    no_trial,   ///< no process, no thread, no memory, or somebody killed it: nothing is known of the code
};
[[nodiscard]] const char* to_text(End end);

struct Trial {
    End end = End::clean;
    std::string how;  ///< `exit 66`, `signal 6`: for a person
    Totals totals;    ///< of a clean end
};

struct TrialOptions {
    double seconds = 1;
    bool logged = false;  ///< the scoped debug log on, as noise; what it writes is thrown away
    bool quiet = true;    ///< throw away what the process writes on stderr
};

[[nodiscard]] Trial run_trial(const Implementation& implementation, const Shape& shape,
                              const TrialOptions& options);

}  // namespace revenant::harness::stress
