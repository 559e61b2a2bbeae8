// A row in few words: for a cell of the catalogue's table.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// `broken: resurrection`, `correct`.
[[nodiscard]] std::string verdict_words(const Row& row);
/// `exhaustive, 91 executions`.
[[nodiscard]] std::string effort_words(const Row& row);
/// What else is known of the search: strategy, seconds, share.
[[nodiscard]] std::string more_words(const Row& row);
/// `12 345`: digits in groups of three.
[[nodiscard]] std::string grouped(std::uint64_t number);
/// `1 execution`, `91 executions`.
[[nodiscard]] std::string counted(std::uint64_t number, const char* word);

/// The table's cell, one row in it; a finding is linked by its id.
[[nodiscard]] std::string cell_markup(const Row& row, const std::string& id);

}  // namespace revenant::reports::html
