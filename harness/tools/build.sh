#!/bin/sh
# build.sh PRESET [TARGET…]: configures and builds a preset, or some targets of it. Quiet while all is well.
set -eu
preset=$1
shift
cd "$(dirname "$0")/../.."
mkdir -p build
# A compiler that is handed relative paths would not find those that are mapped to the tree's own.
export CCACHE_BASEDIR=
export CCACHE_SLOPPINESS=pch_defines,time_macros  # or it passes by what reads a precompiled header
if command -v ccache >/dev/null 2>&1; then
    launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"
else
    launcher="-DCMAKE_CXX_COMPILER_LAUNCHER="
fi
cmake --preset "$preset" "$launcher" >"build/configure-$preset.log" 2>&1 || {
    cat "build/configure-$preset.log" >&2
    exit 1
}
if [ $# -gt 0 ]; then
    cmake --build --preset "$preset" --target "$@"
else
    cmake --build --preset "$preset"
fi
