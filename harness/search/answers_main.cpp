// write_answers SAMPLES ANSWERS: writes the answer to each sample of a folder into another folder.
#include <cstdio>
#include <filesystem>
#include <string>

#include "harness/files/input_file.hpp"
#include "harness/files/output_file.hpp"
#include "harness/search/answer_in_full.hpp"

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    using namespace revenant::harness;
    std::error_code error;
    if (argc != 3 || !fs::is_directory(argv[1], error)) {
        std::fputs("usage: write_answers SAMPLES ANSWERS\n", stderr);
        return 2;
    }
    fs::create_directories(argv[2], error);
    for (const auto& sample : fs::directory_iterator(argv[1], error)) {
        const auto text = read_file(sample.path().string());
        auto file = OutputFile::open((fs::path(argv[2]) / sample.path().filename()).string());
        const auto unwritten = !text   ? text.error()
                               : !file ? file.error()
                                       : file->commit(answer_in_full(*text).text).value_or("");
        if (unwritten.empty()) continue;
        std::fprintf(stderr, "write_answers: %s\n", unwritten.c_str());
        return 2;
    }
    return 0;
}
