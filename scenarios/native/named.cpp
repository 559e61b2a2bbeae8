// WRONG ON PURPOSE: races on fields, which the findings must call by their names.
#include <atomic>
#include <cstdlib>
#include <memory>
#include <revenant/explore.hpp>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

struct Config {
    explicit Config(std::string name) : key(std::move(name)) {}
    std::string key;
    std::atomic<int> references{1};
    int size = 0;
};

struct Entry {
    long hash = 0;
    int owner = 0;
};

struct Table {
    Entry entries[4];
};

struct Named : Config {
    Named() : Config("named") {}
    int uses = 0;
};

struct Registry {
    int entries = 0;
    int revision = 0;
} registry;

// In C++'s encoding of types, this name is that of long long.
extern "C" {
int x = 0;
}

template <class Step>
void in_two_threads(Step step) {
    std::thread other(step);
    step();
    other.join();
}

thread_local volatile int own = 0;

}  // namespace

REVENANT_EXPLORE("new") {
    const std::unique_ptr<Config> config(new Config("a key that is not short enough"));
    in_two_threads([&] { ++config->size; });
}

REVENANT_EXPLORE("make_shared") {
    const auto config = std::make_shared<Config>("a");
    in_two_threads([&] { ++config->size; });
}

REVENANT_EXPLORE("an element") {
    const auto table = std::make_unique<Table>();
    in_two_threads([&] { ++table->entries[2].owner; });
}

REVENANT_EXPLORE("inherited") {
    const auto named = std::make_unique<Named>();
    in_two_threads([&] { ++named->size; });
}

REVENANT_EXPLORE("a variable") {
    in_two_threads([&] { ++registry.revision; });
}

// No compiler takes it apart.
struct Settings {
    int entries = 0;
    int revision = 0;
} settings;

REVENANT_EXPLORE("a variable that other sources see") {
    in_two_threads([&] { ++settings.revision; });
}

REVENANT_EXPLORE("a variable of C") {
    in_two_threads([&] { ++x; });
}

REVENANT_EXPLORE("bytes") {
    const std::unique_ptr<char[]> bytes(new char[16]);
    in_two_threads([&] { ++bytes[3]; });
}

REVENANT_EXPLORE("a count") {
    const std::unique_ptr<Config> config(new Config("a"));
    in_two_threads([&] { REVENANT_ENSURE(config->references.fetch_sub(1) == 1); });
}

REVENANT_EXPLORE("thread_local") {
    std::thread other([] {
        own = 2;
        const volatile int local = 40 + own;
        REVENANT_ENSURE(local == 0);
    });
    own = 1;
    other.join();
}

namespace {

const std::unique_ptr<int> made_early = std::make_unique<int>(1);

}  // namespace

REVENANT_EXPLORE("made before main") {
    in_two_threads([] { ++*made_early; });
}

namespace {

struct Part {
    explicit Part(int first) : first(first) {}
    int first;
    long second = 0;
};
struct Pair {
    Part left;
    Part right;
};

}  // namespace

REVENANT_EXPLORE("the second of two parts is freed") {
    auto* const pair = new Pair{Part(1), Part(2)};
    void* volatile right = &pair->right;
    std::thread other([&right] { std::free(right); });
    other.join();
}

REVENANT_EXPLORE("freed twice") {
    auto* const part = new Part(1);
    delete part;
    std::thread other([part] { ::operator delete(part); });
    other.join();
}

struct Whole {
    Part part{1};
};

// What a thread is started with has the size of a Part, and is none.
REVENANT_EXPLORE("an inlined constructor makes a part") {
    auto* const whole = new Whole;
    std::thread other([whole] { ++whole->part.first; });
    ++whole->part.first;
    other.join();
    delete whole;
}

namespace {

enum class Phase { idle, busy };

struct Values {
    std::atomic<long> users{0};
    std::atomic<unsigned> rounds{0};
    std::atomic<double> load{0.5};
    std::atomic<float> share{1.5F};
    std::atomic<bool> on{false};
    std::atomic<Phase> phase{Phase::idle};
    std::atomic<Values*> next{nullptr};
};

std::atomic<int> left{0};
std::atomic<Values*> first{nullptr};

}  // namespace

REVENANT_EXPLORE("numbers of every kind") {
    Values values;
    std::atomic<short> here{0};
    std::thread other([&] {
        left.fetch_sub(1);
        static_cast<void>(first.exchange(nullptr));  // or a compiler knows what it holds
        here.fetch_sub(2);
        values.users.fetch_sub(1);
        values.rounds.fetch_sub(1);
        values.load.store(2.25);
        values.share.store(-0.25F);
        values.on.store(true);
        values.phase.store(Phase::busy);
        values.next.store(&values);
    });
    other.join();
    REVENANT_ENSURE(first.load() == nullptr);
    REVENANT_ENSURE(left.load() == 0);
}

REVENANT_EXPLORE("an exception after a load") {
    std::atomic<int> rounds{0};
    std::thread other([&] { rounds = 1; });
    if (rounds.load() == 0) throw std::runtime_error("too early");
    other.join();
}

REVENANT_EXPLORE("freed") {
    auto entry = std::make_unique<Entry>();
    std::atomic<bool> is_done{false};
    std::thread other([&is_done, used = entry.get()] {
        ++used->owner;
        is_done.store(true, std::memory_order_relaxed);
    });
    if (is_done.load(std::memory_order_relaxed)) entry.reset();
    other.join();
}
