// ResultsChecksum: what a result file is held against, for the writer and the reader of revenant.results/1.
//
// It is of the values and not of their spelling, so that a file which a tool has indented anew still fits,
// and leaves the seconds out, so that it is the same for equal runs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "model/checksum.hpp"

namespace revenant::reports {

class ResultsChecksum {
public:
    /// The next row, with its keys in the order of the format.
    void add_row(nlohmann::ordered_json row) {
        row.erase("seconds");
        rows_ = model::checksum(rows_ + dumped(row));
    }
    /// Of the rows so far and of what stands above them.
    [[nodiscard]] std::string text(const std::string& version, const std::string& build,
                                   bool interrupted) const {
        return model::checksum(
            dumped({{"version", version}, {"build", build}, {"interrupted", interrupted}, {"rows", rows_}}));
    }

private:
    static std::string dumped(const nlohmann::ordered_json& value) {
        return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }
    std::string rows_;
};

}  // namespace revenant::reports
