// The other source, which calls back.
#include "scenarios/native/sources.hpp"

void run(Work& work) {
    work.go();
    volatile int value = doubled(1);
    raise_often(value);
}
