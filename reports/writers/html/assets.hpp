// The page's stylesheet and scripts, as they stand in this folder; embed.cmake puts them into the binary.
#pragma once

#include <string_view>
#include <vector>

namespace revenant::reports::html {

[[nodiscard]] std::string_view stylesheet();
/// In the order in which the page needs them.
[[nodiscard]] const std::vector<std::string_view>& scripts();

}  // namespace revenant::reports::html
