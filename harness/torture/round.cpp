#include "harness/torture/round.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "harness/torture/orphans.hpp"
#include "harness/torture/whole_files.hpp"

namespace revenant::harness::torture {
namespace {

namespace fs = std::filesystem;

}  // namespace

Round::Round(const Settings& settings, const std::string& attack, std::uint64_t seed, Figures& figures)
    : settings_(settings),
      figures_(figures),
      seed_(seed),
      random_(seed),
      folder_(fmt::format("{}/{}-{}", settings.folder, attack, seed)) {
    std::error_code error;
    fs::remove_all(folder_, error);
    fs::create_directories(folder_, error);
    if (error) throw std::runtime_error(fmt::format("cannot make {}: {}", folder_, error.message()));
}

Round::~Round() {
    if (!objection_.empty()) return;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Round::write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
}

std::string Round::text(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Finished Round::run(const Invocation& invocation, const Demands& demands) {
    const auto before = snapshot(folder_);
    auto child = start(settings_.command, invocation, folder_);
    return judge(child, invocation, demands, before);
}

Finished Round::judge(ChildProcess& child, const Invocation& invocation, const Demands& demands,
                      const Snapshot& before) {
    const auto patience = settings_.patience_seconds * (settings_.slow ? 5 : 1);
    auto ended = child.finish(patience, settings_.stop);
    const auto left = orphans_left(settings_.orphans_patience_seconds, settings_.stop);
    if (stopped()) return ended;
    count(ended.signal != 0 ? fmt::format("ended by signal {}", ended.signal)
                            : fmt::format("ended with {}", ended.status));
    if (const auto what = torture::objection(ended, demands)) object(*what, invocation);
    if (left > 0) object(fmt::format("left {} processes behind", left), invocation);
    if (const auto what = objection_to_files(before, snapshot(folder_), ended.signal == SIGKILL)) {
        object(*what, invocation);
    }
    if (!objection_.empty() && !fs::exists(file("stdout.txt"))) {
        write("stdout.txt", ended.out);
        write("stderr.txt", ended.err);
        // What the command has written over or removed was its input.
        const auto after = snapshot(folder_);
        for (const auto& [name, text] : before) {
            const auto now = after.find(name);
            if (now == after.end() || now->second != text) write("before-" + name, text);
        }
    }
    return ended;
}

void Round::object(const std::string& what, const Invocation& invocation) {
    if (!objection_.empty()) return;
    objection_ = what;
    typed_ = as_typed(settings_.command, invocation, folder_);
    write("what-happened.txt", fmt::format("{}\n{}\n", objection_, typed_));
}

}  // namespace revenant::harness::torture
