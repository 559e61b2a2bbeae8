// Arguments: the words for the search. A program of tests has them on its command line; one with a main of
// its own gets that line itself, and `revenant explore` hands over the words for the search.
#pragma once

#include <string>
#include <vector>

namespace revenant::harness {

struct Arguments {
    std::string name;  ///< of the program
    std::vector<std::string> words;
    bool handed_over = false;  ///< by `revenant explore`
};

[[nodiscard]] Arguments arguments_of(int argc, char** argv);

}  // namespace revenant::harness
