// ScratchFolder: an empty folder of a test's own, removed with what is in it.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace revenant::harness {

class ScratchFolder {
public:
    ScratchFolder() : path_((std::filesystem::temp_directory_path() / "revenant_test_").string()) {
        path_.append(6, 'X');  // what mkdtemp puts a name of its own in the place of
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    /// What is in it, hidden files too.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) {
            names.push_back(entry.path().filename().string());
        }
        return names;
    }
    /// Whether its file system has files without a name, as most have.
    [[nodiscard]] bool holds_nameless_files() const {
        const int file = ::open(path_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
        return file >= 0;
    }
    [[nodiscard]] std::string text(const std::string& name) const {
        std::ifstream in(file(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(file(name), std::ios::binary) << text;
    }

private:
    std::string path_;
};

}  // namespace revenant::harness
