// Catalogue text: the scenarios and claims that `revenant list` prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::harness::torture {

struct ListedScenario {
    std::string id;
    std::vector<std::string> correct;  ///< implementations that are, with any number of threads
};

[[nodiscard]] std::vector<ListedScenario> scenarios_of(std::string_view list);

}  // namespace revenant::harness::torture
