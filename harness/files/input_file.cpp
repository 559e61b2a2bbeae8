#include "harness/files/input_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace revenant::harness {

model::Result<std::string> read_file(const std::string& path) {
    constexpr std::size_t size_max = std::size_t{1} << 30;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    const auto failed = [&] { return model::BadInput{"cannot read " + path + ": " + std::strerror(errno)}; };
    if (file == nullptr) return failed();
    std::string text;
    std::array<char, 1 << 16> bytes;
    while (const auto size = std::fread(bytes.data(), 1, bytes.size(), file.get())) {
        if (text.size() + size > size_max)
            return model::BadInput{"cannot read " + path + ": over a gigabyte"};
        text.append(bytes.data(), size);
    }
    if (std::ferror(file.get()) != 0) return failed();  // a folder opens, and cannot be read
    return text;
}

}  // namespace revenant::harness
