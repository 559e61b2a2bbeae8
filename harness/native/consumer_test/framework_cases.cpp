// Cases of a test framework whose main lies in an archive of its own.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

TEST(Count, OfAtomics) {
    std::atomic<int> count = 0;
    std::thread other([&] { ++count; });
    ++count;
    other.join();
    EXPECT_EQ(count, 2);
}

TEST(Count, OfPlainNumbers) {
    int count = 0;
    std::thread other([&] { ++count; });
    ++count;
    other.join();
    EXPECT_EQ(count, 2);
}
