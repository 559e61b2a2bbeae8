// foreign_calls: calls of modelled code to the system, past its Platform, which the model cannot see.
//
// A lock or a sleep of the system's would be no step, and what it orders would be unknown: the answer would
// be wrong without a word. The linker sends such calls here (--wrap), and one that comes from modelled code
// ends the search with a NotModelled. Thread ids are told apart here, since all threads of a model are one
// thread of the system's.
#pragma once

namespace revenant::model::relacy {

/// Ends the search, if it is modelled code that calls; else returns. `call` has static storage duration.
void refuse_in_modelled_code(const char* call);
/// What a call that has ended the search was, or null; forgets it.
[[nodiscard]] const char* take_foreign_call();

}  // namespace revenant::model::relacy
