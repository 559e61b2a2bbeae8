#include "reports/import/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace revenant::reports {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

// Spelled without underscores and in small letters: `add_ref`, `AddRef` and `addRef` are one. The calls
// first, then what people call them: libstdc++, COM, the kernel, Rust, CPython, Zig.
constexpr auto words = std::to_array<Word>({
    {"intern", "intern"},
    {"getorcreate", "intern"},
    {"getorinsert", "intern"},
    {"findorcreate", "intern"},
    {"findorinsert", "intern"},
    {"lookuporcreate", "intern"},
    {"internorinsert", "intern"},
    {"getorintern", "intern"},
    {"release", "release"},
    {"deref", "release"},
    {"unref", "release"},
    {"decref", "release"},
    {"drop", "release"},
    {"put", "release"},
    {"decrement", "release"},
    {"releaseref", "release"},
    {"mrelease", "release"},
    {"reset", "release"},
    {"pydecref", "release"},
    {"clone", "clone"},
    {"ref", "clone"},
    {"addref", "clone"},
    {"retain", "clone"},
    {"incref", "clone"},
    {"upref", "clone"},
    {"increment", "clone"},
    {"maddrefcopy", "clone"},
    {"pyincref", "clone"},
    {"upgrade", "upgrade"},
    {"tryref", "upgrade"},
    {"tryretain", "upgrade"},
    {"tryupgrade", "upgrade"},
    {"refunlesszero", "upgrade"},
    {"maddreflock", "upgrade"},
    {"releaseweak", "release_weak"},
    {"weakderef", "release_weak"},
    {"weakunref", "release_weak"},
    {"weakrelease", "release_weak"},
    {"mweakrelease", "release_weak"},
    {"weakdecref", "release_weak"},
    {"downgrade", "downgrade"},
    {"weakref", "downgrade"},
    {"read", "read"},
    {"write", "write"},
});

std::string simplified(std::string_view name) {
    std::string simple;
    for (const char c : name) {
        if (c == '_') continue;
        simple += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return simple;
}

// Words that many things answer to, and that mean a reference only where their owner is one.
bool is_common(std::string_view name) {
    constexpr std::string_view common[] = {"put", "drop", "reset", "increment", "decrement"};
    return std::ranges::find(common, name) != std::end(common);
}
bool counts_references(std::string_view owner) {
    constexpr std::string_view parts[] = {"ref", "shared", "weak", "count", "arc", "handle"};
    return std::ranges::any_of(parts, [&](auto part) { return owner.find(part) != owner.npos; });
}

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '~';
}

}  // namespace

std::string bare_name(std::string_view function) {
    std::string bare;
    int depth = 0;  // of brackets: what is inside them are arguments
    for (std::size_t i = 0; i < function.size(); ++i) {
        const char c = function[i];
        if (c == '<' || c == '(' || c == '[' || c == '{') {
            // Parameters end a name, unless the parentheses are a part of it: (anonymous namespace)::f.
            if (c == '(' && depth == 0 && !bare.empty() && is_name(bare.back())) break;
            ++depth;
        } else if (c == '>' || c == ')' || c == ']' || c == '}') {
            depth = std::max(0, depth - 1);
        } else if (depth == 0) {
            if (c == ' ') {
                bare.clear();  // what came before was a return type
            } else {
                bare += c;
            }
        }
    }
    return bare;
}

std::string call_of(std::string_view function) {
    const auto bare = bare_name(function);
    // The last part of `a::b::c` or `a.b.c`, and what it belongs to.
    const auto cut = bare.find_last_of(":.");
    const auto name = simplified(cut == bare.npos ? bare : bare.substr(cut + 1));
    const auto owner = simplified(cut == bare.npos ? std::string() : bare.substr(0, cut));
    const bool weak = owner.find("weak") != owner.npos;
    if (name.starts_with('~')) {
        const bool holds = name.ends_with("ptr") || name.ends_with("ref") || name.ends_with("handle");
        if (!holds) return {};
        return name.find("weak") != name.npos ? "release_weak" : "release";
    }
    if (weak && name == "lock") return "upgrade";
    if (is_common(name) && !owner.empty() && !counts_references(owner)) return {};
    for (const auto& [word, call] : words) {
        if (name == word) return std::string(call);
    }
    return {};
}

std::string outermost_call(const std::vector<Frame>& stack) {
    std::string plain_use;  // many things are called read: it counts only where nothing counts references
    for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame) {
        auto call = call_of(frame->function);
        if (call.empty()) continue;
        if (call != "read" && call != "write") return call;
        if (plain_use.empty()) plain_use = std::move(call);
    }
    return plain_use;
}

}  // namespace revenant::reports
