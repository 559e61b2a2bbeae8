// Disks that are full, files that may not grow, streams that are closed or whose readers go away: an old file
// stays whole, and whoever can still be told is told.
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "harness/torture/attack.hpp"
#include "harness/torture/inputs.hpp"
#include "harness/torture/whole_files.hpp"

namespace revenant::harness::torture {
namespace {

using Words = std::vector<std::string>;

// A view of the file systems that is this process's own, so that what is mounted goes with it.
bool can_mount() {
    return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

// A small disk over a folder while this lives.
class SmallDisk {
public:
    SmallDisk(std::string folder, std::size_t kib) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        const auto size = fmt::format("size={}k", kib);
        mounted_ = ::mount("none", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }

private:
    std::string folder_;
    bool mounted_ = false;
};

const Words written_files[] = {{"--json", "out.json"},
                               {"--junit", "out.xml"},
                               {"--sarif", "out.sarif"},
                               {"--markdown", "out.md"},
                               {"--html", "out.html"}};

// A quick search that writes some files, of a few hundred bytes to a few hundred thousand.
Words writer(Random& random, bool slow, const std::string& folder) {
    static const Words searches[] = {{"check", "tutorial/*", "--threads", "2"},
                                     {"check", "registry/two_keys", "--threads", "2"},
                                     {"check", "tutorial/*"},
                                     {"check", "reference/*", "--threads", "2"},
                                     {"check", "registry/*", "--threads", "2"}};
    auto words = searches[random.below(slow ? 2 : std::size(searches))];
    for (const auto& file : written_files) {
        if (random.one_in(2)) words.insert(words.end(), {file[0], folder + file[1]});
    }
    return words;
}

Words other_writer(Random& random, const std::string& folder) {
    const Words with_case{
        "check", "tutorial/lost_update", "--implementation",  "load_then_store", "--threads",
        "2",     "--save-case",          folder + "lost.case"};
    auto with_checkpoint = checkpoint_words();
    with_checkpoint.insert(with_checkpoint.end(), {"--checkpoint", folder + "search.checkpoint"});
    return random.one_in(2) ? with_case : with_checkpoint;
}

class FullDisks : public Attack {
public:
    explicit FullDisks(bool mounts) : mounts_(mounts) {}

    void attempt(Round& round) override {
        switch (round.random().below(3)) {
            case 0: return mounts_ ? full_disk(round) : short_file(round);
            case 1: return short_file(round);
            default: return streams(round);
        }
    }

private:
    static Words any_writer(Round& round, const std::string& folder) {
        auto& random = round.random();
        return random.one_in(4) ? other_writer(random, folder)
                                : writer(random, round.settings().slow, folder);
    }

    static void full_disk(Round& round) {
        auto& random = round.random();
        const auto disk_folder = round.file("disk");
        const auto kib = 4 * (1 + random.below(30));
        // Before the round's own snapshot, and gone before the next one.
        const SmallDisk disk(disk_folder, kib);
        if (!disk.mounted()) return round.count("disks that could not be mounted");
        round.count("full disks");
        if (random.one_in(2)) round.write("disk/out.json", "old");
        if (random.one_in(2))
            round.write("disk/filler.md", std::string(1024 * random.below(kib), 'f') + "\n");
        const auto before = snapshot(disk_folder);
        const Invocation invocation{.words = any_writer(round, "disk/")};
        round.run(invocation);
        if (round.stopped()) return;
        if (const auto what = objection_to_files(before, snapshot(disk_folder))) {
            round.object("on a full disk: " + *what, invocation);
        }
    }

    static void short_file(Round& round) {
        auto& random = round.random();
        if (random.one_in(2)) round.write("out.json", "old");
        if (random.one_in(2)) round.write("out.html", "old");
        round.count("files that may not grow");
        const auto blocks = random.below(120);
        round.run(
            {.words = any_writer(round, ""), .line = fmt::format(R"(ulimit -f {}; exec "$0" "$@")", blocks)});
    }

    static void streams(Round& round) {
        static const char* const lines[] = {
            R"(exec "$0" "$@" >/dev/full)",
            R"(exec "$0" "$@" 2>/dev/full)",
            R"(exec "$0" "$@" >&-)",
            R"(exec "$0" "$@" 2>&-)",
            R"(exec "$0" "$@" <&-)",
            R"(exec "$0" "$@" <&- >&- 2>&-)",
            R"(exec "$0" "$@" >&- 2>/dev/full)",
            R"(exec "$0" "$@" </dev/full)",
            R"(exec "$0" "$@" </)",
        };
        // The status is the command's, and not that of its reader.
        constexpr const char* reader = R"(exec 3>&1; s=$({{ {{ "$0" "$@"; echo $? >&4; }} | head -c {} )"
                                       R"(>/dev/null; }} 4>&1); exit $s)";
        auto& random = round.random();
        static const Words others[] = {{"list"},     {"litmus"},      {"--help"},        {"check", "--help"},
                                       {"nonsense"}, {"import", "-"}, {"replay", "rv1:"}};
        Invocation invocation{.words = random.one_in(2) ? random.pick(others) : any_writer(round, "")};
        Demands demands;
        if (random.one_in(4)) {
            invocation.line = fmt::format(fmt::runtime(reader), random.below(5000));
            demands.statuses.insert(128 + 13);  // SIGPIPE, as every filter
            round.count("readers that went away");
        } else {
            invocation.line = random.pick(lines);
            round.count("closed or full streams");
        }
        round.run(invocation, demands);
    }

    bool mounts_;
};

}  // namespace

MadeAttack make_full_disks(const Settings&) { return MadeAttack(std::make_unique<FullDisks>(can_mount())); }

}  // namespace revenant::harness::torture
