// scenario: what a body says of one execution: the objects, the threads by name, what must hold after every
// step and at the end.
//
//   [](auto& s) {
//       auto& list = s.template make<node_list<P>>("list");
//       s.thread("drop", [&] { list.drop(); });
//       s.threads(s.count() - 1, "find", [&] { list.find(); });
//       s.at_end([&] { s.require(list.empty(), "nothing is left on the list"); });
//   }
//
// A body is called before each execution, in its setup; the threads run when it has returned. So what a
// thread's function captures by reference must be something that `make` has made, or `s` itself: the body's
// own variables are gone by then. Capture those by value.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include <revenant/cells/small_function.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/program.hpp>
#include <revenant/platform.hpp>
#include <revenant/scenarios/calls.hpp>

namespace revenant {

template <class P>
class scenario {
public:
    using platform = P;

    /// How many threads it is to start.
    [[nodiscard]] unsigned count() const noexcept { return count_; }

    /// A shared object; `label` is its name in a trace. It is destroyed after the last function of `at_end`,
    /// the one that was made last first.
    template <class T, class... Args>
    [[nodiscard]] T& make(object_label label, Args&&... args) {
        T* const object = P::template make<T>(label, std::forward<Args>(args)...);
        add(made_, made_size_, {object, [](void* made) { P::destroy(static_cast<T*>(made)); }});
        return *object;
    }
    /// A thread, which begins with the operation `name`. The text has static storage duration.
    template <class F>
    void thread(const char* name, F f) {
        start(name, f, next_);
    }
    /// Threads that run the same function, hence are interchangeable: a search takes their permutations once.
    template <class F>
    void threads(unsigned how_many, const char* name, F f) {
        for (const auto first = next_; how_many != 0; --how_many) start(name, f, first);
    }
    /// When all threads have ended. Functions run in the order of these calls.
    template <class F>
    void at_end(F f) {
        add(at_end_, at_end_size_, detail::small_function<void>(f));
    }
    /// What holds when the body has returned and after each step of any thread: `holds` reads the atomics of
    /// a platform and does nothing else. In worlds that have no moment between two steps it is not looked at
    /// (P::tells_every_step). `rule` is as of `require`.
    template <class F>
    void at_every_step(F holds, const char* rule) {
        P::at_every_step(holds, rule);
    }
    /// A rule of the scenario: a sentence without its full stop, of static storage duration. Anywhere.
    void require(bool holds, const char* rule) {
        if (!holds) scenarios::violated<P>(model::FindingKind::invariant, rule);
    }

private:
    template <class, class>
    friend class body_program;

    struct Thread {
        const char* name = "";
        unsigned like = 0;  ///< the first thread that runs the same
        detail::small_function<void> run;
    };
    struct Made {
        void* object = nullptr;
        void (*destroy)(void*) = nullptr;
    };
    static constexpr std::size_t most = 64;

    template <class F>
    void start(const char* name, F f, unsigned like) {
        require(next_ < count_, "a scenario starts as many threads as it is run with");
        threads_[next_++] = {name, like, detail::small_function<void>(f)};
    }
    template <class T>
    void add(std::array<T, most>& to, std::size_t& size, T item) {
        require(size < most, "a scenario makes at most 64 objects");
        to[size++] = item;
    }

    unsigned count_ = 0;
    unsigned next_ = 0;
    std::array<Thread, model::program_threads_max> threads_;
    std::size_t made_size_ = 0;
    std::array<Made, most> made_;
    std::size_t at_end_size_ = 0;
    std::array<detail::small_function<void>, most> at_end_;
};

/// A body as a Program. `Body` is a function object that is called with a scenario<P>&.
template <class P, class Body>
class body_program final : public model::Program {
public:
    explicit body_program(unsigned threads, Body body = Body()) : count_(threads), body_(body) {}

    void setup() override {
        scenario_ = {};
        scenario_.count_ = count_;
        body_(scenario_);
        scenario_.require(scenario_.next_ == count_, "a scenario starts as many threads as it is run with");
    }
    void thread(unsigned index) override {
        auto& own = scenario_.threads_[index];
        scenarios::calls<P>(own.name);
        own.run();
    }
    void teardown() override {
        for (std::size_t i = 0; i < scenario_.at_end_size_; ++i) scenario_.at_end_[i]();
        for (auto i = scenario_.made_size_; i-- > 0;) scenario_.made_[i].destroy(scenario_.made_[i].object);
    }
    /// Known after the first `setup`.
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override {
        return thread < scenario_.next_ ? scenario_.threads_[thread].like : thread;
    }

private:
    unsigned count_ = 0;
    Body body_;
    scenario<P> scenario_;
};

namespace scenarios {

/// The Program that an implementation runs: a model::Program that is made with a number of threads, or a
/// body.
template <class P, class Runs>
std::unique_ptr<model::Program> program_of(unsigned threads) {
    if constexpr (std::is_base_of_v<model::Program, Runs>) {
        return std::make_unique<Runs>(threads);
    } else {
        return std::make_unique<body_program<P, Runs>>(threads);
    }
}

}  // namespace scenarios
}  // namespace revenant
