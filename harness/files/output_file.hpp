// OutputFile: a file that appears whole or not at all.
//
// The text goes to a file without a name, which takes the target's when it is whole: a run that dies, however
// it dies, leaves the old file as it was and nothing beside it. Where the file system has no such files, it
// goes to one with a name that nobody can guess or plant, and the next run removes what a dead one has left.
// A device or a pipe is written directly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/result.hpp"
#include "model/stop_token.hpp"

namespace revenant::harness {

class OutputFile {
public:
    enum class Temporary : std::uint8_t { nameless_where_possible, named };

    /// Makes sure now that the file can be written, before hours of search are spent on it. A pipe that
    /// nobody reads is waited for until `stop`.
    [[nodiscard]] static model::Result<OutputFile> open(
        const std::string& path, model::StopToken stop = {},
        Temporary temporary = Temporary::nameless_where_possible);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    /// Removes the temporary file if `commit` was not called or failed.
    ~OutputFile();

    /// Writes the text and gives the file its name. On error says what is wrong in one line.
    [[nodiscard]] std::optional<std::string> commit(std::string_view text);

private:
    OutputFile(std::string given, std::string target, int descriptor, model::StopToken stop);
    [[nodiscard]] bool take_name();

    std::string given_;      ///< as messages call it
    std::string target_;     ///< behind all links
    std::string temporary_;  ///< empty: without a name, or written directly
    bool directly_ = false;
    int descriptor_ = -1;
    model::StopToken stop_;
};

}  // namespace revenant::harness
