// How a line of a log names its thread: in brackets, before the object or behind it, or by a word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::reports {

/// A date or a time, which loggers put into brackets as well.
[[nodiscard]] bool is_time(std::string_view text);
[[nodiscard]] bool is_level(std::string_view text);
/// `T1`, and `A` as people draw it.
[[nodiscard]] bool is_thread_label(std::string_view name);

/// Appends what stands in square brackets and is neither a level, a time nor the number of a process.
void append_labels(std::string_view text, std::vector<std::string>& to);
/// `T1: …`, `T1 …`, `(A) …`, `thread 12 …`, `tid=12`, in front of the object.
[[nodiscard]] std::string named_thread(std::string_view before);

/// Which of a log's labels is the thread: a line may have that of its program, of a module and of a thread,
/// and a number that counts the lines.
class ThreadLabels {
public:
    void add(const std::vector<std::string>& labels);
    /// Of a line, once all have been added. Empty: none of its labels is a thread.
    [[nodiscard]] std::string thread_of(const std::vector<std::string>& labels) const;

private:
    /// What is known of the first label of each line, of the second, and so on.
    struct Column {
        std::string first;
        std::uint64_t last_number = 0;
        std::size_t lines = 0;
        bool varies = false;
        bool counts_lines = true;  ///< each is a greater number than the one before
    };
    std::vector<Column> columns_;
};

}  // namespace revenant::reports
