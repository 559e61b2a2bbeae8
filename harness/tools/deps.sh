#!/bin/sh
# Installs the Debian packages that a build needs and that are missing, if it may; otherwise prints the
# line that does it. `deps.sh sanitizers` adds what the Clang and sanitizer builds need, `benchmarks` what the
# benchmarks do, `readers` the browser and the validators that read our reports, `lint` what make lint
# does, `mpi` what a build with REVENANT_MPI=ON does, `packages` what make test-packages does, `tls` the
# programs that make test-tls talks to.
set -eu

packages="g++ cmake ninja-build make relacy-dev doctest-dev catch2 libgtest-dev libdw-dev gdb
    libcli11-dev libfmt-dev nlohmann-json3-dev libpugixml-dev libssl-dev libasio-dev libcapstone-dev
    clang-format-14 help2man pkg-config"
case "${1:-}" in
sanitizers) packages="$packages clang-19 libclang-rt-19-dev llvm-19" ;;
benchmarks) packages="$packages libbenchmark-dev curl" ;;
readers)
    packages="$packages chromium fonts-dejavu-core libxml2-utils"
    # Node.js may have come from elsewhere, with npm in it.
    command -v node >/dev/null 2>&1 || packages="$packages nodejs"
    command -v npm >/dev/null 2>&1 || packages="$packages npm"
    ;;
lint) packages="$packages clang-19 clang-tidy-19 cppcheck shellcheck" ;;
mpi) packages="$packages libopenmpi-dev openmpi-bin" ;;
packages) packages="$packages debootstrap file" ;;
tls) packages="$packages tinyproxy-bin nginx-light openssl curl" ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "deps: not a Debian system; needed are the equivalents of: $packages" >&2
    exit 0
fi

missing=""
for package in $packages; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    sudo=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo="sudo"
else
    echo "deps: packages are missing and may not be installed from here. Run:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 1
fi
echo "deps: installing$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
