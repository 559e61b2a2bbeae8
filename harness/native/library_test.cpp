// What a standard library does between threads comes to the same, whose ever it is: the scenarios of
// scenarios/native/library*.cpp with the compiler's own, and with libc++ where Clang has it.
#include <doctest/doctest.h>

#include <set>
#include <sstream>
#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

/// A test, and how many executions it has with each library; 0: of a finding, or for the compiler to say.
struct Row {
    const char* test;
    const char* verdict;
    int of_libstdcxx = 0;
    int of_libcxx = 0;
    const char* verdict_of_libcxx = nullptr;
};

const std::vector<Row>& rows_of_library() {
    static const std::vector<Row> rows{
        {"weak_ptr's_lock_against_the_last_release_right", "correct", 8, 13},
        {"weak_ptr's_expired,_and_then_its_lock", "invariant"},
        {"weak_ptr's_lock_may_find_the_object_and_may_not", "invariant"},
        {"a_table_of_weak_ptr_right", "correct", 7, 10},
        {"a_table_of_weak_ptr_that_asks_first_whether_the_object_is_there", "assertion"},
        {"whoever_drops_the_last_shared_ptr_destroys_what_both_have_written_right", "correct", 2, 2},
        {"the_object_of_a_shared_ptr,_read_after_it_is_given_up", "use-after-free"},
        {"two_assign_to_one_shared_ptr", "data-race"},
        {"weak_ptrs_that_outlive_the_object,_dropped_by_two_right", "correct", 2, 4},
        {"three_copy_and_drop_a_shared_ptr_right", "correct", 128, 128},
        {"a_future_for_void_right", "correct", 15, 8},
        {"a_future_for_void_that_nobody_waits_for", "data-race"},
        {"the_state_of_a_future_for_void,_given_up_by_both_right", "correct", 3, 2},
        {"a_shared_future_for_void_in_two_threads_right", "correct", 10, 8},
        {"a_promise_that_is_broken_right", "correct", 15, 28},
        {"a_promise_that_is_broken,_and_nobody_catches_it", "assertion"},
        {"a_promise_that_two_set", "assertion"},
        {"a_promise_that_is_set_at_the_end_of_its_thread", "undecided"},
        {"async_right", "correct", 1, 21},
        {"async_with_an_exception_right", "correct", 1, 50},
        {"a_packaged_task_for_void_right", "correct", 5, 4},
        {"what_call_once_has_made_right", "correct", 2, 4},
        {"what_call_once_has_made,_read_without_it", "data-race"},
        {"a_call_once_whose_function_throws_is_called_again_right", "correct", 2, 2},
        {"an_exception_that_two_threads_have_right", "correct", 6, 35},
        {"notify_all_at_thread_exit_right", "correct", 4, 4},
        {"a_shared_ptr_by_atomic_load_and_atomic_store_right", "correct", 6, 3},
    };
    return rows;
}

const std::vector<Row>& rows_of_waits() {
    static const std::vector<Row> rows{
        {"wait_for_an_int_right", "correct", 9, 4},
        {"wait_for_a_bool_right", "correct", 16, 4},
        {"wait_for_a_long_right", "correct", 16, 4},
        {"wait_for_an_int_that_is_stored_relaxed", "data-race"},
        {"wait_for_a_long_that_is_stored_relaxed", "data-race"},
        {"wait_for_an_int,_and_nobody_notifies", "deadlock"},
        {"wait_for_a_long,_and_nobody_notifies", "deadlock"},
        {"wait_for_a_bool,_and_the_notification_comes_before_the_store", "deadlock"},
        {"two_wait_for_an_int,_and_one_is_notified", "deadlock"},
        {"two_wait_for_an_int,_and_all_are_notified_right", "correct", 43, 13},
        {"two_wait_for_a_bool,_and_all_are_notified_right", "correct", 0, 13},
        {"a_latch_right", "correct", 12, 5},
        {"a_latch_that_counts_one_too_many", "deadlock"},
        {"a_latch_that_is_counted_down_before_the_write", "data-race"},
        {"a_semaphore_that_two_take_in_turn", "deadlock", 0, 18, "correct"},
        {"two_semaphores_by_which_two_take_turns_right", "correct", 1165, 448},
        {"a_semaphore_that_lets_two_in", "data-race"},
        {"a_semaphore_that_is_not_given_back", "deadlock"},
        {"a_semaphore's_try_acquire_may_fail", "invariant"},
        {"a_semaphore's_try_acquire_for_may_be_out_of_time", "invariant"},
        {"a_semaphore's_try_acquire_for_may_be_in_time", "invariant"},
        {"a_barrier_right", "correct", 0, 4},
        {"a_barrier_of_two_phases,_and_what_it_does_between_them_right", "correct", 0, 16},
        {"a_barrier_that_one_leaves_right", "correct", 28, 3},
        {"a_barrier,_and_a_read_before_it_is_passed", "data-race"},
    };
    return rows;
}

/// A program that CMake has found a compiler for: native_library_libcxx_19, say.
struct LibcxxProgram {
    const char* name;
    const std::vector<Row>& rows;
};

std::vector<LibcxxProgram> libcxx_programs() {
    std::vector<LibcxxProgram> programs;
    for (const char* const name : std::vector<const char*>{REVENANT_LIBCXX_PROGRAMS}) {
        const std::string whole = name;
        const bool waits = whole.find("waits") != whole.npos;
        programs.push_back({name, waits ? rows_of_waits() : rows_of_library()});
    }
    return programs;
}

std::vector<Expected> with_libstdcxx(const std::vector<Row>& rows) {
    std::vector<Expected> expected;
    for (const auto& row : rows) expected.push_back({row.test, row.verdict, row.of_libstdcxx});
    return expected;
}

std::vector<Expected> with_libcxx(const LibcxxProgram& program) {
    std::vector<Expected> expected;
    for (const auto& row : program.rows) {
        const auto* const verdict = row.verdict_of_libcxx == nullptr ? row.verdict : row.verdict_of_libcxx;
        expected.push_back({row.test, verdict, row.of_libcxx});
    }
    return expected;
}

/// Of the functions of libc++'s that have atomics in them, those that a program or libc++ itself calls, and
/// which library the loader has found each in.
void each_is_ours(const std::string& program, const Words& functions) {
    const ScratchFolder folder;
    auto options = in_folder(folder.path());
    options.environment = {{"LD_DEBUG", "bindings"}, {"LD_BIND_NOW", "1"}};
    const auto result = ChildProcess(REVENANT_NATIVE_PROGRAMS "/" + program, {"--list"}, options).finish(60);
    REQUIRE(result.status == exit_as_expected);
    std::set<std::string> ours;
    std::istringstream lines(result.err);
    for (std::string line; std::getline(lines, line);) {
        const auto begin = line.find("symbol `_ZNSt3__1");
        if (begin == line.npos) continue;
        const auto name = line.substr(begin + 8, line.find('\'', begin) - begin - 8);
        const auto to = line.substr(line.find(" to "));
        if (to.find("librevenant_native") != to.npos || to.find("revenant-native/") != to.npos) {
            ours.insert(name);
        }
    }
    for (const auto& function : functions) CHECK_MESSAGE(ours.count("_ZNSt3__1" + function) == 1, function);
}

TEST_CASE("what a standard library does between threads: libstdc++") {
    check_rows("native_library", with_libstdcxx(rows_of_library()));
    check_rows("native_library_waits", with_libstdcxx(rows_of_waits()));
}

TEST_CASE("what a standard library does between threads: libc++") {
    for (const auto& program : libcxx_programs()) check_rows(program.name, with_libcxx(program));
}

TEST_CASE("what std::make_shared has made has the object's name, with libc++ too") {
    const ScratchFolder folder;
    for (const auto& program : libcxx_programs()) {
        if (&program.rows == &rows_of_waits()) continue;
        const auto used =
            run_native(program.name, {"--test", "the_object_of_a_shared_ptr,*"}, folder.path()).out;
        INFO(used);
        for (const char* const words : {"make Node#1", "Node#1.value write", "Node#1.owners fetch_add 0→1",
                                        "Node#1.weak_owners load = 0"}) {
            CHECK(used.find(words) != std::string::npos);
        }
    }
}

TEST_CASE("what libc++'s library has atomics in is ours") {
    const Words of_library{"19__shared_weak_count4lockEv",
                           "19__shared_weak_count14__release_weakEv",
                           "11__call_onceERVmPvPFvS2_E",
                           "8__sp_mut4lockEv",
                           "8__sp_mut6unlockEv",
                           "6futureIvEC1EPNS_17__assoc_sub_stateE",
                           "6futureIvE3getEv",
                           "6futureIvED1Ev",
                           "7promiseIvED1Ev",
                           "13shared_futureIvED1Ev",
                           "15__thread_struct27__make_ready_at_thread_exitEPNS_17__assoc_sub_stateE"};
    const Words of_waits{
        "20__libcpp_atomic_waitEPVKvi",
        "23__libcpp_atomic_monitorEPVKv",
        "23__cxx_atomic_notify_oneEPVKv",
        "23__cxx_atomic_notify_allEPVKv",
        "20__libcpp_atomic_waitEPVKNS_17__cxx_atomic_implIiNS_22__cxx_atomic_base_implIiEEEEi",
        "23__cxx_atomic_notify_oneEPVKNS_17__cxx_atomic_implIiNS_22__cxx_atomic_base_implIiEEEE",
        "23__cxx_atomic_notify_allEPVKNS_17__cxx_atomic_implIiNS_22__cxx_atomic_base_implIiEEEE",
        "34__construct_barrier_algorithm_baseERl",
        "31__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh",
        "32__destroy_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseE",
        "6chrono12steady_clock3nowEv"};
    for (const auto& program : libcxx_programs()) {
        INFO(std::string(program.name));
        each_is_ours(program.name, &program.rows == &rows_of_waits() ? of_waits : of_library);
    }
}

}  // namespace
}  // namespace revenant::harness
