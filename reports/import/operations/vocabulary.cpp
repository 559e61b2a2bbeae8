#include "reports/import/operations/vocabulary.hpp"

#include <algorithm>
#include <iterator>

#include "reports/import/operations/standard_rows.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {

/// A function as the rows spell it.
struct Spelling {
    std::string word;
    std::vector<std::string> owner;       ///< its words
    std::vector<std::string_view> whole;  ///< the owner's name itself, in Rust the type's and the trait's
    bool is_c = false;                    ///< a free function
};

namespace {

constexpr std::size_t rows_max = 10'000;

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
    std::string text;
    for (auto i = from; i < to; ++i) text += (text.empty() ? "" : "_") + words[i];
    return text;
}

template <std::size_t Size>
bool is_one_of(const std::string& word, const std::string_view (&words)[Size]) {
    return std::ranges::find(words, word) != std::end(words);
}

bool says_that_it_counts(const std::string& word) {
    constexpr std::string_view says[] = {"ref", "refs", "refcount",  "refcounted", "refcnt", "refptr",
                                         "rc",  "arc",  "intrusive", "counted",    "kref",   "refbase"};
    return is_one_of(word, says);
}
bool is_pointer(const std::string& word) {
    constexpr std::string_view pointers[] = {"ptr", "pointer", "ref", "refptr", "handle", "count"};
    return is_one_of(word, pointers);
}

// `ThreadSafeRefCount`, `shared_ptr`; not `SharedMemory`. In C it is the noun that the verb follows:
// `chan_obj_put`, not `obj_cache_put`.
bool counts(const std::vector<std::string>& owner, bool is_c) {
    if (owner.empty()) return false;
    constexpr std::string_view nouns[] = {"obj", "object", "kobj", "kobject"};
    if (is_c) return says_that_it_counts(owner.back()) || is_one_of(owner.back(), nouns);
    const bool shared = std::ranges::find(owner, "shared") != owner.end() && is_pointer(owner.back());
    return shared || std::ranges::any_of(owner, says_that_it_counts);
}
// `shared_ptr`, `RefPtr`, `nsCOMPtr`, `Ref`; not `unique_ptr`.
bool is_smart(const std::vector<std::string>& owner) {
    if (owner.empty() || !is_pointer(owner.back())) return false;
    constexpr std::string_view kinds[] = {"com", "shared", "weak", "strong"};
    return std::ranges::any_of(
        owner, [&](const auto& word) { return says_that_it_counts(word) || is_one_of(word, kinds); });
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = std::min(text.find(at), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        if (end == text.size()) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string_view next_word(std::string_view& line) {
    line = trimmed(line);
    const auto word = line.substr(0, line.find_first_of(" \t"));
    line.remove_prefix(word.size());
    return word;
}

std::string spelled(const FunctionName& name) {
    if (name.word.starts_with("operator")) return name.word;
    if (name.word.starts_with('~')) return "~";
    const auto words = words_of(name.word);
    const bool is_constructor = !name.owner.empty() && last_part(name.owner) == name.word;
    if (!is_constructor) return joined(words, 0, words.size());
    const auto& parameters = name.parameters;
    const bool names_itself = parameters.find(name.word) != std::string::npos;
    const bool copies = parameters.ends_with("const&") || parameters.ends_with("const &");
    return names_itself && copies ? "copy_constructor" : "constructor";
}

Spelling spelling_of(const FunctionName& name) {
    Spelling spelling;
    spelling.word = spelled(name);
    if (!name.self.empty()) {
        spelling.whole = {last_part(name.self), last_part(name.owner)};
        spelling.owner = words_of(last_part(name.self));
    } else if (name.word == "drop_in_place" || name.word == "drop_glue") {
        // core::ptr::drop_in_place<alloc::sync::Arc<T>>: whose end it is stands in its arguments.
        const std::string_view of = name.arguments;
        const auto type = of.substr(0, of.find('<'));
        spelling.whole = {last_part(type)};
        spelling.owner = words_of(last_part(type));
    } else {
        spelling.whole = {last_part(name.owner)};
        spelling.owner = words_of(last_part(name.owner));
    }
    spelling.is_c = name.owner.empty();
    return spelling;
}

}  // namespace

bool counts_references(const FunctionName& name) {
    const auto owner = words_of(last_part(name.owner));
    return counts(owner, false) || is_smart(owner);
}

bool is_smart_pointer(const FunctionName& name) {
    return !name.owner.empty() && is_smart(words_of(last_part(name.owner)));
}

std::string counting_owner(const FunctionName& name) {
    if (!name.owner.empty()) return name.owner;
    const auto words = words_of(name.word);
    return words.size() < 2 ? std::string() : joined(words, 0, words.size() - 1);
}

bool Vocabulary::owner_fits(const std::string& owner, const Spelling& spelling, Evidence evidence) {
    if (owner.starts_with("c:")) return spelling.is_c && owner_fits(owner.substr(2), spelling, evidence);
    if (owner == "any") return true;
    const bool counting = counts(spelling.owner, spelling.is_c) || evidence.paired;
    if (owner == "counts") return counting;
    if (owner == "frees") return counting || evidence.frees;
    if (owner == "smart") return is_smart(spelling.owner);
    if (owner.starts_with('=')) {
        return std::ranges::find(spelling.whole, std::string_view(owner).substr(1)) != spelling.whole.end();
    }
    return !spelling.owner.empty() && spelling.owner.back() == owner;
}

std::string Vocabulary::call_of(const FunctionName& name, Evidence evidence) const {
    // Of a C function every end of its name is tried: `unref` of `job`, `job_unref` of nothing.
    std::vector<Spelling> spellings{spelling_of(name)};
    if (spellings.front().is_c && !name.word.starts_with("operator")) {
        const auto words = words_of(name.word);
        for (std::size_t from = 1; from < words.size(); ++from) {
            Spelling end = spellings.front();
            end.word = joined(words, from, words.size());
            end.owner.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(from));
            spellings.push_back(std::move(end));
        }
    }
    for (const auto& row : rows_) {
        for (const auto& spelling : spellings) {
            const bool word_fits =
                row.words.front() == "*" || std::ranges::find(row.words, spelling.word) != row.words.end();
            if (!word_fits) continue;
            const auto fits = [&](const auto& owner) { return owner_fits(owner, spelling, evidence); };
            if (std::ranges::any_of(row.owners, fits)) return row.operation == "none" ? "" : row.operation;
        }
    }
    return {};
}

std::string Vocabulary::call_of_verb(std::string_view verb) const {
    // It is on a line about a count: whatever evidence there may be, this is.
    auto call = call_of(std::string("RefCounted::") + std::string(verb), {true, true});
    return call.empty() ? call_of(std::string("obj_") + std::string(verb), {true, true}) : call;
}

model::Result<std::vector<Vocabulary::Row>> Vocabulary::parsed(std::string_view text) {
    constexpr std::string_view operations[] = {"intern",    "release", "clone", "upgrade", "release_weak",
                                               "downgrade", "assign",  "read",  "write",   "none"};
    std::vector<Row> rows;
    std::size_t number = 0;
    for (Lines lines(text); lines.next();) {
        ++number;
        auto line = lines.line().substr(0, lines.line().find('#'));
        Row row;
        row.operation = next_word(line);
        if (row.operation.empty()) continue;
        row.words = split(next_word(line), '|');
        row.owners = split(next_word(line), '|');
        const auto at = "line " + std::to_string(number) + ": ";
        if (std::ranges::find(operations, row.operation) == std::end(operations)) {
            return model::BadInput{at +
                                   "an operation is intern, release, clone, upgrade, release_weak, "
                                   "downgrade, assign, read, write or none"};
        }
        if (row.words.empty() || row.owners.empty() || !trimmed(line).empty())
            return model::BadInput{at + "a row is OPERATION WORD OWNER"};
        if (rows.size() == rows_max) return model::BadInput{at + "more rows than any vocabulary has"};
        rows.push_back(std::move(row));
    }
    return rows;
}

const Vocabulary& Vocabulary::standard() {
    static const Vocabulary standard = [] {
        Vocabulary made;
        made.rows_ = std::move(*parsed(standard_rows));
        return made;
    }();
    return standard;
}

model::Result<Vocabulary> Vocabulary::with_rows(std::string_view rows) {
    auto own = parsed(rows);
    if (!own) return model::BadInput{own.error()};
    Vocabulary made;
    made.rows_ = std::move(*own);
    const auto& others = standard().rows_;
    made.rows_.insert(made.rows_.end(), others.begin(), others.end());
    return made;
}

}  // namespace revenant::reports
