# The rules on includes. The first file is the table of what a folder may include, the others are C++.

# The folder of the table that a path is in: the longest.
function folder_of(path) {
    while (sub(/\/[^\/]*$/, "", path))
        if (path in allowed) return path
    return ""
}

# `a` allows the files of folder a, `a/` those of the folders in it as well.
function may_include(from, to,    n, i, words) {
    if (from == to) return 1
    n = split(allowed[from], words, " ")
    for (i = 1; i <= n; i++)
        if (words[i] == to || (words[i] ~ /\/$/ && index(to "/", words[i]) == 1)) return 1
    return 0
}

function say(rule, i, message) { printf "%s\t%s\t%d\t%s\n", rule, file[i], line[i], message }

FNR == NR {
    if ($0 !~ /^(#|$)/) {
        colon = index($0, ":")
        allowed[substr($0, 1, colon - 1)] = substr($0, colon + 1)
    }
    next
}
FNR == 1 && folder_of(FILENAME) == "" {
    printf "layer\t%s\t1\tin no folder of harness/tidy/layers.txt; say there what it may include\n", FILENAME
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    path = $0
    sub(/^[^<"]*/, "", path)
    quoted = path ~ /^"/
    path = substr(path, 2)
    sub(/[>"].*$/, "", path)
    # Public names; that of a header of impl has no room in it.
    is_ours = sub(/^revenant\/model\//, "model/", path) ||
        sub(/^revenant\/scenarios\//, "scenarios/", path) || sub(/^revenant\//, "impl/", path)
    # Examples are for strangers, who have no tree of ours.
    if (FILENAME ~ /\/example\// && path !~ /\//) next
    if (!quoted && !is_ours && path !~ /^(impl|relacy)\//) next
    ++count
    file[count] = FILENAME
    line[count] = FNR
    target[count] = path
}
END {
    # What brings Relacy, by however many steps; every include may add a file to it.
    do {
        changed = 0
        for (i = 1; i <= count; i++)
            if ((target[i] ~ /^relacy\// || target[i] in brings_relacy) && !(file[i] in brings_relacy))
                changed = brings_relacy[file[i]] = 1
    } while (changed)

    for (i = 1; i <= count; i++) {
        from = folder_of(file[i])
        to = folder_of(target[i])
        if (target[i] ~ /^relacy\// || target[i] in brings_relacy) {
            if (from != "model/relacy")
                say("relacy", i, target[i] " brings Relacy and its macros; only model/relacy/ may have them")
        } else if (to == "")
            say("layer", i, target[i] " is no path from the root of the tree; write it in full")
        else if (from != "" && !may_include(from, to))
            say("layer", i, from " may not know " to " (" target[i] "); it may know:" allowed[from])
    }
}
