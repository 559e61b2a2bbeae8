// test_folder: an empty folder for files that OpenSSL or another program is to read, removed with what is in
// it. Tests only; not installed.
//
// Errors: a folder that cannot be made, or a file that cannot be written, is a std::runtime_error.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace revenant {

class test_folder {
public:
    test_folder() : path_((std::filesystem::temp_directory_path() / "revenant_test_").string()) {
        path_.append(6, 'X');  // what mkdtemp puts a name of its own in the place of
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
    }
    ~test_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    test_folder(const test_folder&) = delete;
    test_folder& operator=(const test_folder&) = delete;

    /// Writes a file, and returns its path.
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        auto path = path_ + '/' + name;
        std::ofstream out(path);
        out << text << std::flush;
        if (!out) throw std::runtime_error("cannot write " + path);
        return path;
    }

private:
    std::string path_;
};

}  // namespace revenant
