// tls_proxy: the tests' proxy as a program, for clients that are not ours. Prints its port, and serves until
// its stdin ends.
#include <cstdio>

#include "impl/http/test_proxy.hpp"

int main() {
    const revenant::http::test_proxy proxy;
    std::printf("%u\n", unsigned{proxy.port()});
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
