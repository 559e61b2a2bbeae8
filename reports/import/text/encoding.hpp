// Encodings: a text in UTF-16 or with a byte order mark, a JSON string, a web page.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// As UTF-8. A text that is in no other encoding is returned as it is.
[[nodiscard]] std::string as_utf8(std::string_view text);

/// Lines that are strings of JSON, with `\n` for each line in them, as the lines they stand for.
[[nodiscard]] std::string without_json_escapes(std::string text);

/// What the rest of a line is, where it is the rest of a string of JSON: up to the quotation mark that ends
/// it.
[[nodiscard]] std::string json_string(std::string_view rest);

/// Without the tags and entities of HTML, where there are some.
[[nodiscard]] std::string without_html(std::string text);

}  // namespace revenant::reports
