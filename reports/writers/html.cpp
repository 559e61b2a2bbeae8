#include "reports/writers/html.hpp"

#include <string_view>

#include "reports/writers/html/assets.hpp"
#include "reports/writers/html/data.hpp"
#include "reports/writers/html/escape.hpp"
#include "reports/writers/html/finding_markup.hpp"
#include "reports/writers/html/markup.hpp"

namespace revenant::reports {
namespace {

// Nothing may be loaded, from anywhere: the page holds all that it shows.
constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>revenant report</title>
)";

void append(std::string& out, std::string_view before, std::string_view text, std::string_view after) {
    out.append(before).append(text).append(after);
}

}  // namespace

std::string to_html(const Report& report) {
    const auto ids = html::finding_ids(report);
    std::string out(head);
    append(out, "<style>\n", html::stylesheet(), "</style>\n</head>\n<body>\n");
    out += html::top(report);
    out += html::catalogue(report, ids);
    out += html::findings(report, ids);
    out += html::plot_places(report);
    out += html::foot(report);
    append(out, "<script type=\"application/json\" id=\"data\">",
           html::script_safe(html::page_data(report, ids)), "</script>\n");
    for (const auto script : html::scripts()) append(out, "<script>\n", script, "</script>\n");
    return out + "</body>\n</html>\n";
}

}  // namespace revenant::reports
