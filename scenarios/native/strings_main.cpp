// A string that two threads append to. In C++17 its functions are libstdc++'s own, unless told otherwise.
#include <cstdlib>
#include <string>
#include <thread>

// A program that was linked with ThreadSanitizer's library takes `atexit` from there.
void at_exit() {}

int main() {
    if (std::atexit(at_exit) != 0) return 1;
    std::string text = "abc";
    std::thread other([&] { text += 'd'; });
    text += 'e';
    other.join();
    return text.empty() ? 1 : 0;
}
