#!/bin/sh
# What we write, given to those who read it: the page to a browser, JUnit, SARIF and JSON to the schemas that
# CI systems go by; once of made rows (every verdict, six lanes, 200 steps) and once of a real run. Pictures
# of the pages are left in build/reports/pictures.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh readers
harness/tools/build.sh release revenant made_page made_reports
harness/tools/npm.sh
readers=reports/readers
out=build/reports
made=$out/made
mkdir -p $made $out/pictures/made $out/pictures/real
status=0
harness/tools/report.sh >/dev/null || status=$?  # the reports are read although a row is not as expected
build/release/reports/made_reports $made
build/release/reports/made_page >$made/report.html
for folder in $made/every-row $made/empty $out; do
    node $readers/schemas_test.mjs "$folder" || status=1
done
node $readers/page_test.mjs $made/report.html $out/pictures/made || status=1
node $readers/page_test.mjs $out/report.html $out/pictures/real || status=1
exit $status
