#include <gtest/gtest.h>

#include <lost_update.hpp>

TEST(Number, BothAdditionsCount) {
    const auto result = lost_update();
    EXPECT_TRUE(result) << result;
}
