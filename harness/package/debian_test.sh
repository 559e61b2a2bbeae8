#!/usr/bin/env bash
# debian_test.sh FOLDER: installs the Debian packages of the folder in a clean Debian (debootstrap makes it;
# run as root), where the command works, and where a project builds its catalogue and its native tests with
# them alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packages=$1
root=$(mktemp -d)
# What is mounted goes with the process.
trap 'rm -rf "$root"' EXIT

stop() {
    printf 'debian_test: %s\n' "$1" >&2
    exit 1
}
# in_root COMMAND…: in processes, mounts and a root of their own.
in_root() {
    # shellcheck disable=SC2016 # for the shell in them
    unshare --mount --pid --fork sh -c \
        'root=$1; shift; mount -t proc proc "$root/proc"; exec chroot "$root" "$@"' sh "$root" "$@"
}
# says TEXT COMMAND…: in the root; ends with 0 and has the text, a regular expression, in what it prints.
says() {
    local text=$1 out
    shift
    out=$(in_root "$@" 2>&1) || stop "$* has failed: $out"
    grep -qE -- "$text" <<<"$out" || stop "$* does not say '$text', but: $out"
}

debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" >/dev/null
cp /etc/resolv.conf "$root/etc/"
mkdir "$root/packages" "$root/consumer"
cp "$packages"/*.deb "$root/packages/"
cp "$here"/consumer_test/CMakeLists.txt "$here"/consumer_test/*.[ch]pp "$root/consumer/"
# shellcheck disable=SC2016 # for the shell in the root
in_root sh -c 'apt-get update -qq
    apt-get install -y -qq --no-install-recommends /packages/*.deb g++ cmake ninja-build \
        catch2 libgtest-dev  # whose tests the consumer checks in' >/dev/null 2>&1 ||
    stop "the packages cannot be installed"

says '^revenant 0' revenant --version
says 'legacy_registry .*TSan .*heap-use-after-free' revenant replay --on threads --no-reports --no-fix \
    'rv1:registry/intern_vs_last_release:legacy_registry:2:v:0*2,1*3'
says '' cmake -S /consumer -B /consumer/build -G Ninja
says '' cmake --build /consumer/build
says '6 rows: 6 as expected' /consumer/build/mine check --interleavings none
says '100% tests passed' ctest --test-dir /consumer/build -R '^mine/'
says '^looks_first' /consumer/build/cache_races --list
count=$(find "$packages" -maxdepth 1 -name '*.deb' | wc -l)
echo "debian_test: $count packages install and work in a clean Debian"
