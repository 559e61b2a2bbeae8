// Encodings: a text in UTF-16 or with a byte order mark, a JSON string, a web page.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// As UTF-8. A text that is in no other encoding is returned as it is.
[[nodiscard]] std::string as_utf8(std::string_view text);

/// Lines that are strings of JSON, with `\n` for each line in them, as the lines they stand for.
[[nodiscard]] std::string without_json_escapes(std::string text);

/// Without the tags and entities of HTML, where there are some.
[[nodiscard]] std::string without_html(std::string text);

}  // namespace revenant::reports
