// A line of words and numbers, built and written without any function that a sanitizer intercepts. For
// gate.cpp only: everything here has internal linkage, so that no instrumented copy can replace it.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace revenant::model::threads {
namespace {

class Line {
public:
    /// Spaces separate; one inside of a word stays as it is, so that only the last may have some.
    Line& word(const char* text) {
        if (size_ > 0) add(' ');
        for (; *text != '\0'; ++text) add(*text == '\n' ? ' ' : *text);
        return *this;
    }
    /// Without a space before it.
    Line& add_to_word(const char* text) {
        for (; *text != '\0'; ++text) add(*text);
        return *this;
    }
    Line& number(std::uint64_t value) {
        char digits[20];
        int count = 0;
        do {
            digits[count++] = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value != 0);
        add(' ');
        while (count-- > 0) add(digits[count]);
        return *this;
    }
    /// The number of a thread: setup and teardown are below 0.
    Line& thread(int value) {
        if (value >= 0) return number(static_cast<std::uint64_t>(value));
        return word(value == -1 ? "-1" : "-2");
    }
    void write_to(int descriptor) {
        text_[size_] = '\n';
        for (std::size_t done = 0; done <= size_;) {
            const long wrote = ::syscall(SYS_write, descriptor, text_ + done, size_ + 1 - done);
            if (wrote <= 0) return;
            done += static_cast<std::size_t>(wrote);
        }
    }

private:
    void add(char c) {
        if (size_ + 1 < sizeof text_) text_[size_++] = c;
    }

    std::size_t size_ = 0;
    char text_[256];
};

}  // namespace
}  // namespace revenant::model::threads
