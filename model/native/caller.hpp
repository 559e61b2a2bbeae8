// Caller: who calls a function of libc that reads or writes the program's memory.
#pragma once

#include <cstdarg>
#include <cstddef>
#include <cstdint>

#include "model/native/entry_plain.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"
#include "model/native/spin.hpp"

namespace revenant::model::native {

/// Announces accesses in the name of the code at `place`, unless it is a library of the process. Where two
/// accesses race, an announcement is a step and others may have their turns in it: what is to be returned is
/// found afterwards.
class Caller {
public:
    explicit Caller(std::uintptr_t place)
        : place_(place), counts_(machine().is_exploring() && !is_code_of_the_process(place)) {}
    /// Whether the accesses matter to anybody.
    [[nodiscard]] bool counts() const { return counts_; }
    void reads(const void* at, std::size_t bytes) const { access(at, bytes, false); }
    void writes(const void* at, std::size_t bytes) const { access(at, bytes, true); }
    /// With the zero behind it.
    template <class Letter>
    void reads_text(const Letter* text) const {
        if (counts_) reads(text, (length(text) + 1) * sizeof *text);
    }
    /// Not more than `most` of it.
    template <class Letter>
    void reads_text(const Letter* text, std::size_t most) const {
        if (!counts_) return;
        const auto size = length(text, most);
        reads(text, (size < most ? size + 1 : size) * sizeof *text);
    }

    /// … that is written already, and with the zero behind it; null: none is.
    template <class Letter>
    void writes_text(const Letter* text) const {
        if (counts_ && text != nullptr) writes(text, (length(text) + 1) * sizeof *text);
    }

    /// Of so many parts at `to`, or of none. How much is read is known afterwards. Nobody has his turn in
    /// between: it is as if it had been announced.
    template <class Count>
    Count has_read(void* to, Count count, std::size_t size = 1) const {
        if (count > 0) writes(to, static_cast<std::size_t>(count) * size);
        if (count > 0) has_gone_on();
        return count;
    }
    /// … or of a text; null: of none.
    template <class Letter>
    Letter* has_read_text(Letter* text) const {
        writes_text(text);
        if (text != nullptr) has_gone_on();
        return text;
    }
    /// Something has changed that is no memory of the program's: the next byte of a file is another one. What
    /// was there before a read is not known either.
    void has_gone_on() const {
        if (counts_) spin().changed(machine().current());
    }

    template <class Letter>
    static std::size_t length(const Letter* text, std::size_t most = ~std::size_t{0}) {
        std::size_t size = 0;
        while (size < most && text[size] != Letter{}) ++size;
        return size;
    }

private:
    void access(const void* at, std::size_t bytes, bool is_write) const {
        if (counts_) announce_plain(at, bytes, is_write, place_);
    }
    std::uintptr_t place_;
    bool counts_;
};

/// Of a function of libc whose last parameter is "...", behind `format`: what it returns, made of those
/// behind as `arguments`.
#define REVENANT_RETURNS_WITH_ARGUMENTS(...) \
    va_list arguments;                       \
    va_start(arguments, format);             \
    const auto result = __VA_ARGS__;         \
    va_end(arguments);                       \
    return result

template <class Function>
class Libcs;

/// libc's own function of a name, looked for once.
template <class Result, class... Parameters>
class Libcs<Result(Parameters...)> {
public:
    explicit constexpr Libcs(const char* name) : name_(name) {}
    Result operator()(Parameters... arguments) {
        if (found_ == nullptr) found_ = next_function<Result(Parameters...)>(name_);
        return found_(arguments...);
    }

private:
    const char* name_;
    Result (*found_)(Parameters...) = nullptr;
};

}  // namespace revenant::model::native
