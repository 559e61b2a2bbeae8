# The rules on lines of text: width, blanks, line ends, what is left over, paths, `#pragma once`, and the
# words of impl's headers.

function say(rule, message) { printf "%s\t%s\t%d\t%s\n", rule, FILENAME, FNR, message }

# Characters: every byte but those that continue one, in UTF-8.
function width(text) {
    gsub(/[\200-\277]/, "", text)
    return length(text)
}

# A line of prose that can be wrapped: not of a table, not code, not a link alone. Sets in_code.
function is_prose(text) {
    if (text ~ /^ *(```|~~~)/) {
        fenced = !fenced
        return 0
    }
    if (fenced) return 0
    in_code = text ~ /^    / && (in_code || blank_before)
    if (in_code || text ~ /^ *\|/) return 0
    return text !~ /^[ >*0-9.-]*(!?\[[^]]*\](\([^)]*\)|: .*)|<?https?:[^ ]*)[.,;]?$/
}

function check_impl(text) {
    sub(/\/\/.*/, "", text)
    if (text ~ /(^|[^_A-Za-z0-9])((assert|malloc|free)[ \t]*\(|errno([^_A-Za-z0-9]|$))/)
        say("impl-word", "assert, malloc, free or errno: macros of Relacy's; use those of the platform")
    if (FILENAME ~ /(platform|order)[^\/]*$/) return
    in_site = in_site || text ~ /order_site/
    if (!in_site && text ~ /memory_order(_|::)[a-z]/)
        say("order", "a memory order without a name; declare an order_site with its argument")
    if (text ~ /;/) in_site = 0
}

function end_file() {
    if (header != "" && !guarded)
        printf "pragma-once\t%s\t1\tno #pragma once; add it below the banner\n", header
}

FNR == 1 {
    end_file()
    header = FILENAME ~ /\.hpp$/ ? FILENAME : ""
    guarded = fenced = in_code = blank_before = in_site = 0
    is_markdown = FILENAME ~ /\.md$/
    is_impl = FILENAME ~ /^impl\/.*\.hpp$/
}
/\r$/ {
    say("line-ends", "a line that ends with CR; end lines with LF")
    sub(/\r$/, "")
}
/[ \t]$/ { say("blanks", "blanks at the end of the line; remove them") }
/(^|[^A-Za-z0-9_])(TOD[O]|FIXM[E]|XX[X]|HAC[K])([^A-Za-z0-9_]|$)/ {
    say("left-over", "a note to come back; do it, or open an issue")
}
/(^|[^A-Za-z0-9_.~}-])\/(home|root|work|Users)\// {
    say("path", "a path of somebody's machine; make it relative to the tree")
}
!is_markdown && width($0) > limit { say("width", width($0) " columns; at most " limit) }
is_markdown && is_prose($0) && width($0) > 100 { say("prose", width($0) " columns; at most 100") }
is_impl { check_impl($0) }
/^#pragma once$/ { guarded = 1 }
{ blank_before = $0 == "" }
END { end_file() }
