// TextWriter, TextReader: parts of a search and their reports as numbers and spaces, with a word before each
// group: for pipes and messages between processes of one build, and for its checkpoints.
#pragma once

#include <sstream>
#include <string>

#include "model/search/work_list.hpp"

namespace revenant::model::search {

class TextWriter {
public:
    void word(const char* text) { stream_ << text << ' '; }
    void number(std::uint64_t value) { stream_ << value << ' '; }
    void threads(ThreadSet set);
    void put(const Node& node);
    void put(const std::vector<Digit>& digits);
    void put(const Subtree& subtree);
    void put(const Part& part);
    void put(const PartReport& report);
    [[nodiscard]] std::string text() const { return stream_.str(); }

private:
    std::ostringstream stream_;
};

/// Reads what TextWriter wrote. After the first thing that is not as it should be, `good` is false and
/// all values are zero.
class TextReader {
public:
    static constexpr std::uint64_t any_number = ~std::uint64_t{0};
    static constexpr std::uint64_t items_max = 1'000'000;  // keeps a damaged size from filling memory

    explicit TextReader(const std::string& text) : stream_(text) {}
    bool word(const char* expected);
    std::uint64_t number(std::uint64_t max);
    ThreadSet threads();
    void get(Node& node);
    void get(std::vector<Digit>& digits);
    void get(Subtree& subtree);
    void get(Part& part);
    void get(PartReport& report);
    [[nodiscard]] bool good() const { return good_; }
    /// Nothing follows.
    [[nodiscard]] bool at_end();

private:
    std::istringstream stream_;
    bool good_ = true;
};

}  // namespace revenant::model::search
