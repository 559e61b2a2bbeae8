#!/bin/sh
# Fetches what reports/readers/package-lock.json names, unless that is what lies there.
set -eu
cd "$(dirname "$0")/../../reports/readers"
cmp -s package-lock.json node_modules/.installed && exit 0
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
cp package-lock.json node_modules/.installed
