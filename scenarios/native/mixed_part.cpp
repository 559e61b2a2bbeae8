// The part of a program that is not compiled with -fsanitize=thread.
void add_one();

namespace {

int sum = 0;

}  // namespace

void add_one() { ++sum; }
