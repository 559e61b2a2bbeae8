// Framework cases: how a program of doctest, Catch2 or GoogleTest names its test cases, runs one of them
// alone, and says what has failed.
#pragma once

#include <string>
#include <vector>

#include "model/native/framework.hpp"

namespace revenant::harness {

struct FrameworkCase {
    std::string name;
    std::vector<std::string> words;  ///< arguments with which the program runs this case and no other
};

/// Arguments with which the program lists its cases.
[[nodiscard]] std::vector<std::string> words_that_list(model::native::Framework framework);

/// The cases in what the program has printed then, in its order.
[[nodiscard]] std::vector<FrameworkCase> cases_in(model::native::Framework framework,
                                                  const std::string& listing);

/// What a case that has failed says of its first failure, in one line; empty: nothing that is recognised.
[[nodiscard]] std::string failure_in(const std::string& printed);

}  // namespace revenant::harness
