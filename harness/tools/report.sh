#!/bin/sh
# The main job once more, written in every format: build/reports/report.html is the one for people.
set -u
cd "$(dirname "$0")/../.." || exit 2
out=build/reports
mkdir -p $out
build/release/bin/revenant check --interleavings unexpected --json $out/report.json \
    --junit $out/report.junit.xml --sarif $out/report.sarif --markdown $out/report.md --html $out/report.html
status=$?
[ $status = 2 ] || [ $status = 70 ] ||
    printf '\n%s/report.html; beside it .json, .junit.xml, .sarif and .md\n' $out
exit $status
