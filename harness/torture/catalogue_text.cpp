#include "harness/torture/catalogue_text.hpp"

#include <sstream>

namespace revenant::harness::torture {

std::vector<ListedScenario> scenarios_of(std::string_view list) {
    std::istringstream in{std::string(list)};
    std::vector<ListedScenario> all;
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        if (line.front() != ' ') {
            all.push_back({line, {}});
            continue;
        }
        std::istringstream words(line);
        std::string name;
        std::string claim;
        std::string more;
        words >> name >> claim;
        const bool whole_claim = claim == "correct" && !(words >> more);
        if (whole_claim && !all.empty()) all.back().correct.push_back(name);
    }
    return all;
}

}  // namespace revenant::harness::torture
