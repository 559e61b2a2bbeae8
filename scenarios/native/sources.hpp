// What two sources share: each has these functions and what they take of the standard library, and the linker
// keeps one copy.
#pragma once

#include <vector>

class Work {
public:
    virtual ~Work() = default;
    virtual void go() = 0;
};

[[gnu::noinline]] inline int doubled(int value) {
    std::vector<int> values{value};
    values.push_back(value);
    return values.front() + values.back();
}

// More than the bytes before a program's first code: a copy that is thrown away, as it has another size than
// the one that is kept, begins at address 0 for debug information, and would end in the code.
#define FOUR_TIMES(step) step step step step
[[gnu::noinline]] inline void raise_often(volatile int& value) {
    FOUR_TIMES(FOUR_TIMES(FOUR_TIMES(FOUR_TIMES(value = value + 1; value = value + 2;))))
}
#undef FOUR_TIMES

void run(Work& work);  // sources_other.cpp
