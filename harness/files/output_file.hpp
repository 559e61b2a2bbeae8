// OutputFile: a file that appears whole or not at all.
//
// The text goes to a temporary file beside the target, which then takes its name. A device or a pipe
// is written directly. A run that dies leaves the old file as it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/result.hpp"

namespace revenant::harness {

class OutputFile {
public:
    /// Makes sure now that the file can be written, before hours of search are spent on it.
    [[nodiscard]] static model::Result<OutputFile> open(const std::string& path);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    /// Removes the temporary file if `commit` was not called or failed.
    ~OutputFile();

    /// Writes the text and gives the file its name. On error says what is wrong in one line.
    [[nodiscard]] std::optional<std::string> commit(std::string_view text);

private:
    OutputFile(std::string path, std::string temporary, int descriptor);

    std::string path_;
    std::string temporary_;  ///< empty: written directly
    int descriptor_ = -1;
};

}  // namespace revenant::harness
