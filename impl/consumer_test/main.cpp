// What a consumer of the package does: shared pointers, an intern table of objects that count
// themselves, and the parts that need the library. Exits 0 if each behaves.
#include <revenant/debug_platform.hpp>
#include <revenant/refcount/ref_ptr.hpp>
#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/weak_registry.hpp>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

namespace {

using Platform = revenant::debug_platform;

struct Config : revenant::weakable_ref_count<Config, Platform> {
    using Registry = revenant::weak_registry<Config, Platform>;
    static constexpr const char* log_name = "Config";

    Config(Registry& in, std::string content) : registry(in), text(std::move(content)) {}
    [[nodiscard]] std::size_t content_hash() const { return std::hash<std::string>{}(text); }
    [[nodiscard]] bool content_equals(const Config& other) const { return text == other.text; }
    static void discard(Config* unshared) { delete unshared; }
    void drop_contents() {
        registry.remove(*this);
        text = {};
    }
    void free_memory() { delete this; }

    Registry& registry;
    std::string text;
};

bool shared_pointers_work() {
    auto value = revenant::shared_ptr<int, revenant::std_platform>::make("int", 42);
    const auto weak = value.downgrade();
    const bool found = weak.upgrade().get() == value.get() && *value == 42;
    value.reset();
    return found && !weak.upgrade();
}

bool registry_works() {
    Config::Registry registry;
    const auto intern = [&](const char* text) {
        return revenant::ref_ptr<Config>::adopt(registry.intern(new Config(registry, text)));
    };
    auto first = intern("content");
    auto second = intern("content");
    const bool one_address = first == second && registry.size() == 1;
    const bool tracked = revenant::reference_ledger::instance().outstanding().size() == 2;
    first.reset();
    second.reset();
    return one_address && tracked && registry.size() == 0 &&
           revenant::reference_ledger::instance().report().empty();
}

}  // namespace

int main() {
    const bool shared = shared_pointers_work();
    const bool registry = registry_works();
    std::printf("shared_ptr %s, weak_registry %s\n", shared ? "works" : "FAILS",
                registry ? "works" : "FAILS");
    return shared && registry ? 0 : 1;
}
