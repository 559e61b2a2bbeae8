#!/bin/sh
# check_native.sh: the scenarios in ordinary C++ (scenarios/native/), where there is a native world: every
# verdict and number of executions as expected.
set -eu
cd "$(dirname "$0")/../.."
if [ "$(uname -m)" != x86_64 ]; then
    echo "the native world needs x86-64: its scenarios are left out"
    exit 0
fi
harness/tools/build.sh release native_scenarios_tests
ctest --preset release -R '^native_scenarios_tests$' --output-on-failure
