// The rows of the vocabulary that everybody has.
#pragma once

#include <string_view>

namespace revenant::reports {

extern const std::string_view standard_rows;

}  // namespace revenant::reports
