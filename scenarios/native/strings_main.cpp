// A string that two threads append to. In C++17 its functions are libstdc++'s own, unless told otherwise.
#include <string>
#include <thread>

int main() {
    std::string text = "abc";
    std::thread other([&] { text += 'd'; });
    text += 'e';
    other.join();
    return text.empty() ? 1 : 0;
}
