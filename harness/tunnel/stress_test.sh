#!/usr/bin/env bash
# stress_test.sh PROGRAM RUNS ROUNDS: runs every shape of load on every registry so many times, with and
# without the debug log, each in a process of its own that is judged by its exit status. Prints how often a
# run was caught, with Wilson's 95 % interval.
# Exit status 1 if a run of a correct registry did not end with 0, 2 if there is no such program.
set -uo pipefail
program=$1
runs=$2
rounds=$3
failed=0
[ -x "$program" ] || {
    echo "stress_test: there is no program $program" >&2
    exit 2
}
ulimit -c 0
last=$(mktemp)
trap 'rm -f "$last"' EXIT

# measure LOG SHAPE REGISTRY: sets caught.
measure() {
    local run
    caught=0
    for ((run = 0; run < runs; ++run)); do
        REVENANT_LOG=$1 "$program" "$2" "$3" "$rounds" >"$last" 2>&1 || caught=$((caught + 1))
    done
}

printf '%-8s  %-8s  %-4s  %s\n' shape registry log "caught (95 % interval)"
for shape in waves probes workers; do
    for registry in legacy strong weak shared; do
        for log in "" tls_config; do
            measure "$log" $shape $registry
            awk -v shape=$shape -v registry=$registry -v log_="${log:+on}" -v c=$caught -v n="$runs" 'BEGIN {
                z = 1.959964; p = c / n; d = 1 + z * z / n
                m = (p + z * z / (2 * n)) / d; w = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
                low = m - w < 0 ? 0 : m - w; high = m + w > 1 ? 1 : m + w
                if (log_ == "") log_ = "off"
                printf "%-8s  %-8s  %-4s  %d of %d (%.0f to %.0f %%)\n", shape, registry, log_, c, n,
                    100 * low, 100 * high
            }'
            case $registry in
            weak | shared)
                [ $caught -eq 0 ] || {
                    tail -20 "$last" >&2
                    failed=1
                }
                ;;
            esac
        done
    done
done
exit $failed
