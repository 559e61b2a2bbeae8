#include "reports/writers/html/provenance.hpp"

#include <fmt/format.h>

#include <utility>

#include "reports/printable.hpp"
#include "reports/writers/html/escape.hpp"

namespace revenant::reports::html {

std::string provenance(const Report& report) {
    const auto& from = report.provenance;
    const std::pair<const char*, const std::string&> facts[] = {{"made", from.made},
                                                                {"command", from.command},
                                                                {"commit", from.commit},
                                                                {"build", from.build},
                                                                {"machine", from.machine}};
    std::string list;
    for (const auto& [what, value] : facts) {
        if (value.empty()) continue;
        list += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", what, escaped(printable(value)));
    }
    return list.empty() ? "" : "<dl class=\"provenance\">\n" + list + "</dl>\n";
}

}  // namespace revenant::reports::html
