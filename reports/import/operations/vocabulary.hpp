// Vocabulary: what other people call the operations that the scenarios call `intern`, `release`, `clone`, …
//
// It is a table of rows, `OPERATION WORD OWNER`, of which the first that fits a function decides. A word
// alone says little: a semaphore, a mutex and a unique pointer have a `release` as well. It counts when its
// owner counts references, and the row says how that is known. standard_rows.cpp has the rows and explains
// them; a user's own come before them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"
#include "reports/import/operations/function_name.hpp"

namespace revenant::reports {

/// What a report tells of a function, besides its name.
struct Evidence {
    bool frees = false;   ///< it frees the memory itself, or comes upon freed memory itself
    bool paired = false;  ///< its owner takes references elsewhere in the report, and drops them
};

class Vocabulary {
public:
    [[nodiscard]] static const Vocabulary& standard();
    /// The standard rows behind these. Errors: a line that is no row; the line says which.
    [[nodiscard]] static model::Result<Vocabulary> with_rows(std::string_view rows);

    /// The scenarios' word for a function, or empty.
    [[nodiscard]] std::string call_of(const FunctionName& name, Evidence evidence = {}) const;
    [[nodiscard]] std::string call_of(std::string_view function, Evidence evidence = {}) const {
        return call_of(function_name(function), evidence);
    }
    /// The same for the verb of a log's line, which has no owner and is about a count.
    [[nodiscard]] std::string call_of_verb(std::string_view verb) const;

private:
    struct Row {
        std::string operation;
        std::vector<std::string> words;
        std::vector<std::string> owners;
    };
    [[nodiscard]] static model::Result<std::vector<Row>> parsed(std::string_view text);
    [[nodiscard]] static bool owner_fits(const std::string& owner, const struct Spelling& spelling,
                                         Evidence evidence);

    std::vector<Row> rows_;
};

/// Whether it is a member of what counts references for others, by its owner's name: `RefCounted`,
/// `shared_ptr`.
[[nodiscard]] bool counts_references(const FunctionName& name);
/// Whether it is a member of a smart pointer that counts, by its owner's name: `shared_ptr`, `CComPtr`.
[[nodiscard]] bool is_smart_pointer(const FunctionName& name);

/// Whose name a word belongs to: the class of a member, the front of a C function. Two functions with one of
/// them may be a pair.
[[nodiscard]] std::string counting_owner(const FunctionName& name);

}  // namespace revenant::reports
