#!/bin/sh
# revenant-c++, revenant-cc: g++ and gcc for programs that explore themselves.
#
#     make CXX=revenant-c++ CC=revenant-cc
#
# As for the sanitizer, whose library is ours here. REVENANT_CXX and REVENANT_CC name other compilers, of
# GNU's or Clang's, of several words if need be: "ccache g++".
set -eu
package=$(dirname "$(readlink -f "$0")")/..
case $0 in
*++)
    compiler=${REVENANT_CXX:-g++}
    set -- -include revenant/own_strings.hpp "$@"
    ;;
*) compiler=${REVENANT_CC:-gcc} ;;
esac
# The main of a test framework lies in an archive, of which the linker takes nothing where it has a main
# already; and it meets our library, which has one for programs without, first.
for word; do
    shift
    case $word in
    -l*_main | -l*Main | */lib*_main.a | */lib*Main.a)
        set -- "$@" -Wl,--whole-archive "$word" -Wl,--no-whole-archive
        ;;
    *) set -- "$@" "$word" ;;
    esac
done
# A compiler's own code in place of these functions would not be seen, nor what it makes of those that know
# the room for their result (_FORTIFY_SOURCE).
for function in memcpy memmove mempcpy memset memcmp bcmp bcopy bzero strlen strnlen strcmp strncmp strcpy \
    stpcpy strncpy stpncpy strcat strncat strdup strndup strchr index rindex sprintf snprintf vsprintf \
    vsnprintf; do
    set -- "-fno-builtin-$function" "$@"
done
# shellcheck disable=SC2086 # words
case $($compiler --version 2>/dev/null) in
*clang*)
    # It names its own file to the linker, and the loader finds ours by that file's name. With no uses to look
    # at it takes no variable that other threads have the address of for a thread's own, as it does otherwise
    # where it accesses a field.
    set -- "$@" -mllvm -capture-tracking-max-uses-to-explore=0 -shared-libsan \
        -Wno-unused-command-line-argument "-L$package/lib" -lrevenant_native \
        "-Wl,-rpath,$package/lib/revenant-native"
    ;;
*) set -- -Wno-tsan "$@" ;;
esac
# shellcheck disable=SC2086 # words
exec $compiler -g -fsanitize=thread "-I$package/include" "-L$package/lib/revenant-native" \
    "-Wl,-rpath,$package/lib" "$@" -U_FORTIFY_SOURCE
