#!/bin/sh
# Draws the README's picture: the timeline of the legacy bug, as the HTML page shows it.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh readers
harness/tools/build.sh release revenant
harness/tools/npm.sh
picture=reports/readers/pictures/legacy_bug.png
mkdir -p build/reports
build/release/bin/revenant check registry/intern_vs_last_release --implementation legacy_registry \
    --threads 2 --interleavings none --html build/reports/picture.html >/dev/null
node reports/readers/picture.mjs build/reports/picture.html $picture
echo "$picture: $(wc -c <$picture) bytes"
