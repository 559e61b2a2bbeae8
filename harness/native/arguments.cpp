#include "harness/native/arguments.hpp"

#include <cstdlib>
#include <sstream>

#include "harness/native/tests.hpp"
#include "harness/process/explore_arguments.hpp"

namespace revenant::harness {

Arguments arguments_of(int argc, char** argv) {
    const std::string path = argc > 0 ? argv[0] : "";
    Arguments arguments{path.substr(path.rfind('/') + 1), {}};
    if (const char* const handed = std::getenv(arguments_variable)) {
        arguments.handed_over = true;
        std::istringstream lines(handed);
        for (std::string line; std::getline(lines, line);) arguments.words.push_back(line);
    } else if (has_tests()) {
        arguments.words.assign(argv + 1, argv + argc);
    }
    return arguments;
}

}  // namespace revenant::harness
