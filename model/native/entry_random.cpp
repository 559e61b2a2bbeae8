// libc's random numbers: a sequence for each thread, the same in every execution, whoever else asks.
#include <cstdlib>

#include "model/native/caller.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/spin.hpp"

namespace revenant::model::native {
namespace {

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
std::uint64_t draw() {
    auto& all = machine();
    spin().changed(all.current());
    auto& state = all.self().random;
    state += 0x9e37'79b9'7f4a'7c15;
    auto mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11eb;
    return mixed ^ (mixed >> 31);
}

constexpr unsigned bits_of_rand = 31;

}  // namespace

REVENANT_EXPORT int rand() {
    if (!machine().runs()) return next_function<int()>("rand")();
    return static_cast<int>(draw() >> (64 - bits_of_rand));
}
REVENANT_EXPORT int rand_r(unsigned* seed) {
    static Libcs<int(unsigned*)> next("rand_r");
    Caller(REVENANT_PLACE).writes(seed, sizeof *seed);
    return next(seed);
}
REVENANT_EXPORT void srand(unsigned seed) {
    if (!machine().runs()) return next_function<void(unsigned)>("srand")(seed);
    machine().self().random = seed;
}
REVENANT_EXPORT long random() {
    if (!machine().runs()) return next_function<long()>("random")();
    return static_cast<long>(draw() >> (64 - bits_of_rand));
}
REVENANT_EXPORT void srandom(unsigned seed) {
    if (!machine().runs()) return next_function<void(unsigned)>("srandom")(seed);
    machine().self().random = seed;
}
REVENANT_EXPORT double drand48() {
    if (!machine().runs()) return next_function<double()>("drand48")();
    constexpr unsigned bits = 48;
    return static_cast<double>(draw() >> (64 - bits)) / static_cast<double>(std::uint64_t{1} << bits);
}
REVENANT_EXPORT long lrand48() {
    if (!machine().runs()) return next_function<long()>("lrand48")();
    return static_cast<long>(draw() >> (64 - bits_of_rand));
}
REVENANT_EXPORT void srand48(long seed) {
    if (!machine().runs()) return next_function<void(long)>("srand48")(seed);
    machine().self().random = static_cast<std::uint64_t>(seed);
}

}  // namespace revenant::model::native
