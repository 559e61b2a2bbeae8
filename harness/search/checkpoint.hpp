// Checkpoint: a search written to a file so that a later run goes on with it and comes to the same totals.
//
// JSON, `revenant.checkpoint/1`: which search it is, and the work list as text with a checksum. The file
// appears whole or not at all; a damaged or foreign one is refused in one line.
#pragma once

#include <optional>
#include <string>

#include "harness/files/lock_file.hpp"
#include "model/search/work_list.hpp"

namespace revenant::harness {

/// What a checkpoint is of. One of another search is not gone on with.
struct SearchKey {
    std::string scenario;
    std::string implementation;
    unsigned threads = 0;
    bool symmetry = true;
    std::string shard;  ///< `2/3`, or empty
    bool newest_only = false;
    unsigned rounds_max = 0;
};

/// What stands in the file: the key, and the work list as it writes itself.
[[nodiscard]] std::string checkpoint_text(const SearchKey& key, const std::string& work);
/// Errors: it is no checkpoint, damaged, or of another search or build; the line goes on from `FILE is `.
[[nodiscard]] model::Result<model::search::WorkList> parse_checkpoint(const std::string& text,
                                                                      const SearchKey& key);

class Checkpoint {
public:
    Checkpoint(std::string path, SearchKey key) : path_(std::move(path)), key_(std::move(key)) {}

    /// Makes sure before the search that it can be saved, and that no other search is at this file: until
    /// this is gone, none will be. On error says in one line what is in the way.
    [[nodiscard]] std::optional<std::string> claim();
    /// The list as it was saved, or none if there is no file yet.
    [[nodiscard]] model::Result<std::optional<model::search::WorkList>> load() const;
    /// On error says in one line what is wrong.
    [[nodiscard]] std::optional<std::string> save(const model::search::WorkList& list) const;
    /// The search is over: there is nothing to go on with.
    void remove() const;

private:
    std::string path_;
    SearchKey key_;
    std::optional<LockFile> lock_;
};

}  // namespace revenant::harness
