#include <count.hpp>

namespace {

int count = 0;

}  // namespace

void count_one() { count += STEP; }
int counted() { return count; }
