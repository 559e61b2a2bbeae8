#!/usr/bin/env bash
# torture.sh MINUTES [SEED]: attacks the command as a hostile tester would, for so many minutes (a fraction is
# allowed; the builds come on top): two thirds of them the release build, one third the command under
# AddressSanitizer and UBSan. What a round found is kept in build/torture. Exit status 0 only if nothing is
# wrong.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2

minutes=${1:-10}
seed=${2:-$RANDOM$RANDOM}
[[ $minutes =~ ^[0-9]{1,4}(\.[0-9]{1,6})?$ && $minutes != 0 ]] || {
    echo "torture: MINUTES is '$minutes'; it should be a number from 0.01 to 9999" >&2
    exit 2
}
[[ $seed =~ ^[0-9]{1,18}$ ]] || {
    echo "torture: SEED is '$seed'; it should be a whole number" >&2
    exit 2
}
harness/tools/deps.sh sanitizers || exit 2
harness/tools/build.sh release revenant revenant-torture revenant-stress revenant-threads \
    revenant-threads-asan revenant-threads-tsan || exit 2
harness/tools/build.sh asan-command revenant-sanitizer-canary revenant || exit 2

interrupted=0
trap 'interrupted=1' INT TERM
# of MINUTES, so many hundredths as a duration
part() { awk -v m="$minutes" -v p="$1" 'BEGIN { printf "%.2fs", m * 60 * p / 100 }'; }

torture=build/release/bin/revenant-torture
status=0
$torture --seed "$seed" --time "$(part 67)" || status=1
if [ $interrupted = 0 ]; then
    printf '\n'
    # All but the noise: real threads have sanitizers of their own.
    $torture --seed "$seed" --time "$(part 33)" --slow --command build/asan-command/bin/revenant \
        --folder build/torture/asan --attack kills --attack mutations --attack command-lines \
        --attack full-disks --attack circumstances || status=1
fi
if [ $status = 0 ] && [ $interrupted = 1 ]; then
    echo "torture: interrupted; nothing wrong until then; seed $seed"
elif [ $status = 0 ]; then
    echo "torture: nothing wrong in either build; seed $seed"
else
    echo "torture: something is WRONG; its inputs are in build/torture; seed $seed"
fi
exit $status
