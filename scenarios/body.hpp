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
// A body is called before each execution, in its setup; the threads run when it has returned, but for those
// that are to run later: they wait until somebody starts them, and can be joined.
//
//       auto& refill = s.later("refill", [&] { list.add(1); });
//       s.thread("drop", [&] { list.drop(); refill.start(); list.find(); refill.join(); });
//
// What a thread's function captures by reference must be something that `s` has returned, or `s` itself: the
// body's own variables are gone by the time that it runs. Capture those by value.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <source_location>
#include <type_traits>
#include <utility>

#include <revenant/cells/small_function.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/program.hpp>
#include <revenant/platform.hpp>
#include <revenant/scenarios/calls.hpp>

namespace revenant {

/// A thread of a scenario that does not start when its setup ends. As of a std::thread, all that the starter
/// has done happens before what it does, and all that it has done before a join of it returns.
///
/// Thread-safety: any thread may call, and so may the body. Errors: a thread that nobody starts is a
/// deadlock; one that is started twice breaks the rule of its latch.
template <class P>
class later_thread {
public:
    using source = std::source_location;

    void start(source where = source::current()) { life_->start.count_down(1, where); }
    /// Waits until its function has returned. More than one thread may.
    void join(source where = source::current()) { life_->end.wait(where); }

private:
    template <class>
    friend class scenario;
    template <class, class>
    friend class body_program;

    struct life {
        typename P::latch start{1, cell_name{"start"}};
        typename P::latch end{1, cell_name{"end"}};
    };
    [[nodiscard]] bool is_used() const { return life_ != nullptr; }
    void begins() { life_->start.wait(said_); }
    void ends() { life_->end.count_down(1, said_); }

    life* life_ = nullptr;
    source said_;
};

template <class P>
class scenario {
public:
    using platform = P;
    using source = std::source_location;

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
    /// A thread that waits until somebody calls `start` of it, and can be joined. `count` has it in, and it
    /// has to be started: an execution ends when all threads have.
    template <class F>
    later_thread<P>& later(const char* name, F f, source where = source::current()) {
        using life = typename later_thread<P>::life;
        auto& late = start(name, f, next_);
        late.life_ = &make<life>({name, where});
        late.said_ = where;
        return late;
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
        later_thread<P> late;
    };
    struct Made {
        void* object = nullptr;
        void (*destroy)(void*) = nullptr;
    };
    static constexpr std::size_t most = 64;

    template <class F>
    later_thread<P>& start(const char* name, F f, unsigned like) {
        require(next_ < count_, "a scenario starts as many threads as it is run with");
        auto& thread = threads_[next_++];
        thread = {name, like, detail::small_function<void>(f), {}};
        return thread.late;
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
        if (own.late.is_used()) own.late.begins();
        own.run();
        if (own.late.is_used()) own.late.ends();
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
