// Places: the source places that the steps name, each file once, and the lines around them.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <source_location>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace revenant::reports::html {

class Places {
public:
    /// Lines shown before and after the one that a step names.
    static constexpr unsigned around = 3;

    /// `[file, line]`: an index into files(), and the line.
    nlohmann::ordered_json add(const std::source_location& where) {
        const std::string file = where.file_name();
        const auto [found, fresh] = index_.try_emplace(file, names_.size());
        if (fresh) {
            names_.push_back(file);
            lines_.emplace_back();
        }
        lines_[found->second].insert(where.line());
        return {found->second, where.line()};
    }

    /// Of each file its name and, by their numbers, the lines that are near a place that was added.
    [[nodiscard]] nlohmann::ordered_json files(const Report& report) const {
        auto all = nlohmann::ordered_json::array();
        for (std::size_t f = 0; f < names_.size(); ++f) {
            auto lines = nlohmann::ordered_json::object();
            const auto source = report.sources.find(names_[f]);
            if (source != report.sources.end()) {
                for (const auto line : near(lines_[f])) {
                    if (line <= source->second.size()) lines[std::to_string(line)] = source->second[line - 1];
                }
            }
            all.push_back({{"name", names_[f]}, {"lines", std::move(lines)}});
        }
        return all;
    }

private:
    static std::set<unsigned> near(const std::set<unsigned>& lines) {
        std::set<unsigned> all;
        for (const auto line : lines) {
            const auto first = line > around ? line - around : 1;
            for (auto l = first; l <= line + around; ++l) all.insert(l);
        }
        return all;
    }

    std::map<std::string, std::size_t> index_;
    std::vector<std::string> names_;
    std::vector<std::set<unsigned>> lines_;
};

}  // namespace revenant::reports::html
