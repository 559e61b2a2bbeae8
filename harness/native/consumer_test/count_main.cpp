// The library as the rest of the project has it.
#include <count.hpp>

int main() {
    count_one();
    return counted() == 2 ? 0 : 1;
}
