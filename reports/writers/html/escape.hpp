// What is said in a report may hold any character; on the page it stays text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace revenant::reports::html {

/// For an element's text and for an attribute in quotes.
[[nodiscard]] std::string escaped(std::string_view text);

/// JSON that no text in it can end the script element around.
[[nodiscard]] std::string script_safe(const nlohmann::ordered_json& value);

}  // namespace revenant::reports::html
