#!/bin/sh
# man_pages.sh COMMAND VERSION SECONDS FOLDER: writes the manual pages of a command and of its subcommands
# into the folder, made by help2man of what --help says. SECONDS: the date of the pages, from the epoch.
set -eu
command=$1
version=$2
SOURCE_DATE_EPOCH=$3
export SOURCE_DATE_EPOCH
folder=$4
name=$(basename "$command")
rm -rf "$folder"
mkdir -p "$folder"

# page WORDS NAME SUMMARY: of `command words`.
page() {
    help2man --no-info --version-string="$version" --name="$3" --include="$folder/see" "$command $1" |
        sed "1,/^\.TH/s/^\.TH [A-Z]*/.TH $(echo "$2" | tr '[:lower:]' '[:upper:]')/" >"$folder/$2.1"
}

subcommands=$("$command" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\)  *\(.*\)/\1 \2/p')
[ -n "$subcommands" ]
printf '[SEE ALSO]\n.BR %s (1)\n' "$name" >"$folder/see"
echo "$subcommands" | while read -r subcommand summary; do
    page "$subcommand" "$name-$subcommand" "$summary"
done
{
    echo '[SEE ALSO]'
    echo "$subcommands" | while read -r subcommand _; do printf '.BR %s-%s (1)\n' "$name" "$subcommand"; done
} >"$folder/see"
page "" "$name" "reproduce lifetime races and prove that their fixes hold"
rm "$folder/see"
