#include "harness/torture/values.hpp"

#include <map>

namespace revenant::harness::torture {
namespace {

using Words = std::vector<std::string>;

struct Values {
    Words good;
    Words bad;
};
using Table = std::map<std::string, Values>;

const Words& odd_words() {
    static const Words words{
        "",  "-",        "--",           "-x",  "--nonsense", "a\nb",  "\x1b[2J", "[",
        "*", "\xff\xfe", "\xe2\x80\xae", "a b", "'\"\\",      "$HOME", "%s%n",    "../..",
        "/", "nothing",  "@file",        "=",   "a=b",        ":::::", "rv1:",    std::string(5000, 'x')};
    return words;
}

const Words bad_numbers{"-1",           "x", "1e3", "0x10", "2.5", " 2", "2 ", "+2", "18446744073709551616",
                        "1000000000000"};

// What bounds a run is either small or refused, whatever the mood.
const Table& by_option() {
    static const Table values{
        {"--executions", {{"1", "2", "10", "50"}, {"0", "-1", "x", "1e9", "18446744073709551616"}}},
        {"--seconds", {{"0.05", "50ms", "1ms"}, {"0", "-1", "x", "0s"}}},
        {"--jobs", {{"1", "2", "3", "7"}, {"0", "-1", "257", "x"}}},
        {"--seed", {{"0", "1", "4294967296", "18446744073709551615"}, {"18446744073709551616", "-1"}}},
        {"--runs", {{"1", "2"}, bad_numbers}},
    };
    return values;
}

const Table& by_kind() {
    static const Table values{
        {"N", {{"2", "3", "4", "5", "1", "0"}, bad_numbers}},
        {"S", {{"1", "2"}, bad_numbers}},
        {"DURATION", {{"50ms", "100ms", "1s"}, {"0s", "-1s", "5", "x", "1e3s", "9999999999h", "s", "1 s"}}},
        {"i/n", {{"1/2", "2/2", "1/1"}, {"0/2", "3/2", "1/0", "x", "-1/2", "1/", "/2", "1/4294967296"}}},
        {"GLOB", {{"weak_registry", "legacy_registry", "*", "load_then_store", "weak*"}, {"[", "nothing"}}},
        {"FOLDER", {{"."}, {"missing", "/dev/null", "report.txt", "/"}}},
    };
    return values;
}

// A file of the right extension, by which it can be told whether it is whole.
std::string file_for(Random& random, Mood mood, const std::string& option) {
    static const std::map<std::string, std::string> extensions{
        {"--json", "json"}, {"--junit", "xml"},      {"--sarif", "sarif"},          {"--markdown", "md"},
        {"--html", "html"}, {"--save-case", "case"}, {"--checkpoint", "checkpoint"}};
    const auto known = extensions.find(option);
    const auto extension = known == extensions.end() ? "md" : known->second;
    static const Words good{"out.", "out.", "old.", "old.", "other name.", "\xc3\xa9\xe2\x86\x92.", "./out."};
    static const Words bad{"missing/out.", "--out.", "1.json/out.", std::string(250, 'n') + ".", "a\nb."};
    static const Words none{"-",         "",          ".",        "..", "/",
                            "/dev/null", "/dev/full", "missing/", "./", "/proc/version/x"};
    if (mood == Mood::plausible) return random.one_in(8) ? "/dev/null" : random.pick(good) + extension;
    return random.one_in(2) ? random.pick(none) : random.pick(bad) + extension;
}

std::string pick(Random& random, Mood mood, const Values& values) {
    const bool good = mood == Mood::plausible || random.one_in(2);
    return random.pick(good ? values.good : values.bad);
}

}  // namespace

std::string value_of(Random& random, Mood mood, const Option& option) {
    const auto own = by_option().find(option.name);
    if (own != by_option().end()) return pick(random, mood, own->second);
    if (mood == Mood::absurd && random.one_in(6)) return random.pick(odd_words());
    if (!option.choices.empty()) return random.pick(option.choices);
    if (option.value == "FILE") return file_for(random, mood, option.name);
    const auto kind = by_kind().find(option.value);
    return pick(random, mood, kind == by_kind().end() ? by_kind().at("N") : kind->second);
}

std::string positional_value(Random& random, Mood mood, const Words& known) {
    const bool odd = known.empty() || (mood == Mood::absurd && random.one_in(3));
    return random.pick(odd ? odd_words() : known);
}

}  // namespace revenant::harness::torture
