// Recorder: the trace of one execution, when somebody asks for it: for a finding, a replay. A search does
// without.
//
// Plain accesses are left out, but for those to the bytes that a finding is about.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/native/atomics.hpp"
#include "model/native/frames.hpp"
#include "model/native/objects.hpp"
#include "model/trace.hpp"

namespace revenant::model::native {

class Recorder {
public:
    /// Whether the trace is to have what the program's debug information says.
    bool names = true;
    /// Plain accesses to these bytes become steps.
    void watch(std::uintptr_t address, std::size_t size) {
        watched_ = address;
        watched_size_ = size;
    }
    /// … but for reads: they are those of a mutex or of its kin, whose steps tell more.
    void leave_reads_out() { leaves_reads_out_ = true; }
    void begin();
    /// A choice was made.
    void chose() { steps_before_choices_.push_back(static_cast<std::uint32_t>(trace_.steps.size())); }

    /// The current thread makes room for another one, or the execution ends in it.
    void parks();

    /// How a CAS went.
    struct Comparison {
        bool failed;
        bool spurious;
        bool stale;  ///< it has read an older store than the newest
    };
    void loaded(const Atomics::Target& target, Value value, std::memory_order order, bool stale);
    void changed(OperationKind kind, const Atomics::Target& target, Value before, Value after,
                 std::memory_order order, const char* verb);
    void compared(OperationKind kind, const Atomics::Target& target, Value before, Value desired,
                  std::memory_order order, const Comparison& how);
    void fenced(std::memory_order order, std::uintptr_t place);
    void noted(OperationKind kind, const char* verb, std::uintptr_t address, ObjectKind object,
               std::uintptr_t place);
    /// A try to take what is held.
    void tried_in_vain(std::uintptr_t address, ObjectKind object, std::uintptr_t place);
    /// The thread waits for a change of the object; 0: of one of several.
    void awaited(std::uintptr_t address, ObjectKind object, std::uintptr_t place);
    /// The thread has got a value that nobody knows.
    void asked(const char* verb, std::uintptr_t place);
    void accessed(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place,
                  bool unfinished);
    /// … which was a step of its own.
    void stepped(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place,
                 bool unfinished);
    void allocated(std::int32_t block, std::uintptr_t place);
    void freed(std::int32_t block, std::uintptr_t place, bool unfinished);
    /// While so: a write to the watched bytes is the end of what was made before main.
    void frees_from_before(bool yes) { frees_from_before_ = yes; }
    /// … what is no block, or lies within one.
    void freed_no_block(std::uintptr_t address, std::uintptr_t place);
    /// The execution ends with this step, which was not taken.
    void unfinished(OperationKind kind, const Atomics::Target& target, std::memory_order order);

    /// Calls objects what the program's debug information says: `Config#1.refs` in place of `block#3.+8`.
    /// After the execution, before `finish`.
    void name_by_type();
    /// What a test framework does before and after its case is taken for what surrounds the threads, and not
    /// shown; so is what it does in between. The last step of
    /// the case that is more than to make or to free something, or -1: there is no framework. After the
    /// execution, before `finish`.
    int set_case_apart();
    /// The trace with names, lines and values that hold no address; after the execution.
    [[nodiscard]] Trace finish();
    [[nodiscard]] const std::vector<std::uint32_t>& steps_before_choices() const {
        return steps_before_choices_;
    }
    /// The program's code that asked for a step.
    [[nodiscard]] std::uintptr_t place_of(int step) const {
        return places_[static_cast<std::size_t>(step)].front();
    }
    /// What the threads that have not ended were about to do.
    [[nodiscard]] std::vector<Step> waiting();

private:
    [[nodiscard]] CellId cell(std::uintptr_t address, ObjectKind kind, std::size_t size);
    [[nodiscard]] CellId known_cell(std::uintptr_t address, ObjectKind kind) const;
    [[nodiscard]] CellId atomic_in_place_of(CellId cell, int thread) const;
    [[nodiscard]] Operation wait_of(int thread) const;
    [[nodiscard]] bool is_of_a_library_once(std::size_t step) const;
    [[nodiscard]] bool watches_block() const;
    [[nodiscard]] bool is_repeated(bool is_write, std::uintptr_t place) const;
    Step& add(OperationKind kind, std::uint16_t target, std::uintptr_t place);
    [[nodiscard]] const char* name_of(std::uintptr_t address, ObjectKind kind, BlockId block);
    void note_frame(CellId cell);
    void name_locals();
    void number_labels();
    void note_number(CellId cell, unsigned type, std::size_t offset);
    void show_numbers();
    [[nodiscard]] std::uint64_t without_address(std::uint64_t value);

    Trace trace_;
    std::vector<std::vector<std::uintptr_t>> places_;  ///< of the steps: the code, and who has called it
    std::vector<std::uint32_t> steps_before_choices_;
    std::map<std::pair<std::uintptr_t, ObjectKind>, CellId> cells_;
    std::map<std::int32_t, BlockId> blocks_;
    std::map<std::uint64_t, std::uint64_t> outside_;
    std::map<CellId, const char*> labels_;   ///< of those that have no name of the program's, only a number
    std::vector<std::uintptr_t> addresses_;  ///< of the cells
    std::map<int, std::vector<Frame>> frames_;            ///< of the threads, when they last made room
    std::map<std::size_t, FrameAround> frames_of_steps_;  ///< on a variable of a function: that function's
    std::map<CellId, CellId> last_at_;  ///< where several variables had a place one after the other
    std::map<CellId, std::pair<CellValue, std::size_t>> numbers_;  ///< what lies there, and in how many bytes
    CellId freed_ = no_id;                                         ///< what is no block
    bool leaves_reads_out_ = false;
    bool frees_from_before_ = false;
    std::uintptr_t watched_ = 0;
    std::size_t watched_size_ = 0;
};

}  // namespace revenant::model::native
