// No field may be left out of hash, equality, clone and erasure. All four go through one table, and the table
// is held against the struct: their fields are counted, and each is changed in turn.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <revenant/tls/tls_settings.hpp>

namespace revenant {
namespace {

struct anything {
    template <class T>
    operator T() const;
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires { T{(static_cast<void>(I), anything{})...}; };
}

/// How many fields an aggregate has: as many initialisers as it takes.
template <class T, std::size_t N = 0>
constexpr std::size_t fields() {
    if constexpr (takes<T>(std::make_index_sequence<N + 1>())) {
        return fields<T, N + 1>();
    } else {
        return N;
    }
}

std::size_t fields_in_table() {
    std::size_t count = 0;
    for_each_field([&](const char*, auto) { ++count; });
    return count;
}

void change(secret_text& text) { text = secret_text("changed"); }
void change(secret_list& list) { REQUIRE(list.add(secret_text("changed"))); }
void change(bool& flag) { flag = !flag; }
template <class Number>
void change(Number& number) {
    ++number;
}

TEST_CASE("the table of fields has every field of tls_settings") {
    CHECK(fields_in_table() == fields<tls_settings>());
    CHECK(fields_in_table() > 0);
}

TEST_CASE("each entry of the table is a field of its own") {
    tls_settings settings;
    std::vector<const void*> members;
    for_each_field([&](const char* name, auto member) {
        const void* const at = &(settings.*member);
        for (const void* other : members) CHECK_MESSAGE(other != at, name);
        members.push_back(at);
    });
}

TEST_CASE("each field changes the hash and equality, and a clone has it") {
    const tls_settings plain;
    std::vector<std::size_t> hashes{hash_of(plain)};
    for_each_field([&](const char* name, auto member) {
        CAPTURE(name);
        tls_settings changed;
        change(changed.*member);
        CHECK(!(changed == plain));
        CHECK(clone(changed) == changed);
        CHECK(hash_of(clone(changed)) == hash_of(changed));
        for (const auto other : hashes) CHECK(hash_of(changed) != other);
        hashes.push_back(hash_of(changed));
    });
}

TEST_CASE("a text's hash depends on the field, and on where one text of a list ends") {
    tls_settings one;
    tls_settings other;
    REQUIRE((one.alpn.add(secret_text("ab")) && one.alpn.add(secret_text("c"))));
    REQUIRE((other.alpn.add(secret_text("a")) && other.alpn.add(secret_text("bc"))));
    CHECK(hash_of(one) != hash_of(other));
}

TEST_CASE("an empty text has another hash than a missing one") {
    tls_settings empty;
    empty.server_name = secret_text("");
    CHECK(hash_of(empty) != hash_of(tls_settings()));
}

TEST_CASE("erase leaves no text in any field") {
    tls_settings settings;
    for_each_field([&](const char*, auto member) { change(settings.*member); });
    erase(settings);
    for_each_field([&](const char* name, auto member) {
        CAPTURE(name);
        using field = std::remove_cvref_t<decltype(settings.*member)>;
        if constexpr (std::is_same_v<field, secret_text>) CHECK((settings.*member).missing());
        if constexpr (std::is_same_v<field, secret_list>) CHECK((settings.*member)[0].missing());
    });
}

}  // namespace
}  // namespace revenant
