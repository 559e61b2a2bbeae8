// What a function is called in a table of steps: by its name alone.
#pragma once

#include <string>

namespace revenant::model::native {

/// `Table::find` of `Entry* Table<std::string, Entry, Hash<std::string>>::find(std::string const&) const`:
/// without its parameters, what it returns, and long lists of template arguments, which take lines and tell
/// a reader little. A name that is not understood stays as it is.
[[nodiscard]] std::string name_alone(const std::string& function);

}  // namespace revenant::model::native
