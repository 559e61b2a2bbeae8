#!/bin/sh
# circumstances_test.sh REVENANT_STRESS: without processes, threads or memory nothing is said of the code.
set -u
stress=$1
failed=0

expect() { # STATUS WORDS COMMAND: how it should end, and what it should say
    out=$(sh -c "$3" 2>&1)
    status=$?
    case $out in *"$2"*) said=1 ;; *) said=0 ;; esac
    if [ $status != "$1" ] || [ $said = 0 ]; then
        echo "should have ended with $1 and said '$2': $3"
        echo "status $status: $out"
        failed=1
    fi
}

# Root has no limit of processes: where that is who runs the test, another user is.
as=""
if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=65534 --regid=65534 --clear-groups"; fi
if [ -z "$as" ] || command -v setpriv >/dev/null; then
    copy=$(mktemp -d) && chmod 755 "$copy" && cp "$stress" "$copy/stress" || exit 1
    trap 'rm -rf "$copy"' EXIT
    # bash, whose ulimit knows processes; of the other user, whose limit it is to be. In a build under
    # AddressSanitizer the search for leaks at the end would want a process too.
    for limit in 0 12; do
        expect 70 "no trial was made" \
            "$as bash -c 'export ASAN_OPTIONS=detect_leaks=0; ulimit -u $limit
                exec $copy/stress --seconds 100ms --shape waves'"
    done
fi
expect 2 "'[' is not a glob" "$stress --shape '['"
expect 2 "'w\\' is not a glob" "$stress --implementation 'w\\'"
exit $failed
