// How an execution begins in the middle, where the one before has been.
//
// Before each step for which there may be another choice, a checkpoint is made of the machine and its parts;
// what changes from then on is noted. When the next execution begins, all that is put back as it was at the
// last checkpoint that both have in common. The program itself cannot be put back, as nobody knows all of its
// state: it runs from the beginning, gets the turns and the answers that it got the last time, and none of
// its accesses is looked at. When it is where it was, the machine takes over.
//
// A call that repeats need not stand where it stood in the machine's code: its thread has announced a step by
// then, or waits for another one, and it goes on from there (Repeated).
//
// What the parts of the machine do not put back ends the making of checkpoints for the rest of the execution:
// Machine::runs.
#include "model/native/atomics.hpp"
#include "model/native/machine.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t checkpoints_max = 4096;  // a kilobyte each

}  // namespace

void Machine::note(int number) {
    noted_ |= search::set_of(number);
    threads_before_.note(number, threads_[static_cast<std::size_t>(number)]);
}

void Machine::note_fences(int number) {
    noted_fences_ |= search::set_of(number);
    fences_before_.note(number, fences_[static_cast<std::size_t>(number)]);
}

// Where one thread alone can go on there is nothing to choose but within its step, for which the checkpoint
// before will do.
void Machine::save_checkpoint(search::ThreadSet able) {
    const auto position = strategy->execution.position();
    const bool is_known = checkpoints_.size() != 0 && checkpoints_.last().execution.position >= position;
    const bool are_several = (able & (able - 1)) != 0;
    if (is_known || !are_several || checkpoints_.size() == checkpoints_max) return;
    const auto number = checkpoints_.size();
    auto& made = checkpoints_.add();
    strategy->execution.save(made.execution);
    made.prefix = prefix_.extent();
    made.choices = choices_.size();
    made.threads_before = threads_before_.size();
    made.fences_before = fences_before_.size();
    made.running = running_;
    made.made = made_;
    made.again = again_;
    made.steps_left = steps_left_;
    made.exit_status = exit_status_;
    made.main_has_returned = main_has_returned_;
    made.has_stopped = has_stopped_;
    made.has_exited = has_exited_;
    noted_ = 0;
    noted_fences_ = 0;
    shadow.save(number);
    stack_lives.save(number);
    heap.save(number);
    objects.save(number);
    alike.save(number);
    atomics().save(number);
    sync().save(number);
    spin().save(number);
}

bool Machine::try_to_resume() {
    if (!keeps_checkpoints_ || !shadow.can_resume()) return false;
    auto number = checkpoints_.size();
    while (number > 0 && checkpoints_[number - 1].execution.position > strategy->kept()) --number;
    if (number == 0) return false;
    resume(number - 1);
    return true;
}

void Machine::resume(std::size_t number) {
    checkpoints_.shorten(number + 1);
    const auto& from = checkpoints_[number];
    strategy->execution.resume(strategy->kept(), from.execution);
    strategy->resume(from.execution.position);
    sync().resume(number);
    shadow.resume(number);
    stack_lives.resume(number);
    heap.resume(number);
    objects.resume(number);
    alike.resume(number);
    atomics().resume(number);
    spin().resume(number);
    threads_before_.roll_back(from.threads_before, [&](int thread, const Thread& before) {
        threads_[static_cast<std::size_t>(thread)] = before;
    });
    fences_before_.roll_back(from.fences_before, [&](int thread, const Fences& before) {
        fences_[static_cast<std::size_t>(thread)] = before;
    });
    noted_ = 0;
    noted_fences_ = 0;
    choices_.resize(from.choices);
    running_ = from.running;
    made_ = from.made;
    again_ = from.again;
    steps_left_ = from.steps_left;
    exit_status_ = from.exit_status;
    main_has_returned_ = from.main_has_returned;
    has_stopped_ = from.has_stopped;
    has_exited_ = from.has_exited;
    prefix_.shorten(from.prefix);
    repeats_ = true;
}

void Machine::do_what_cannot_be_put_back() {
    if (repeats_) stop_repeating();
    keeps_checkpoints_ = false;
}

Repeated Machine::repeat_call(std::uintptr_t place, const void* frame) {
    if (frame != nullptr) spin().repeats(current_, prefix_.answers_given(), frame);
    while (!prefix_.answer_is_due()) {
        give_way();
        if (repeats_) continue;
        self().state = Thread::State::eager;
        const bool has_waited = self().access.kind == search::AccessKind::await;
        return has_waited ? Repeated::at_await : Repeated::at_step;
    }
    take_answer(place);
    return Repeated::answered;
}

bool Machine::repeat_at_once(std::uintptr_t place) {
    if (!prefix_.answer_is_due()) stop_repeating();
    take_answer(place);
    return true;
}

void Machine::take_answer(std::uintptr_t place) {
    answer_ = &prefix_.answer();
    if (answer_->place != place) stop_repeating();
}

// The program is not deterministic. The execution is made once more, and looked at from its beginning: who
// explores it says what there is to say.
void Machine::stop_repeating() {
    never_repeats_ = true;
    end_ = End::not_repeated;
    leave();
}

}  // namespace revenant::model::native
