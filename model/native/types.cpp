#include "model/native/types.hpp"

#include <dlfcn.h>

#include <climits>
#include <cstdlib>

#include "model/native/export.hpp"

namespace revenant::model::native {
namespace {

// Beside this library, which may go by another name in another folder. Not before somebody asks: a search
// needs none of it, and what is loaded by then would be taken for the program's.
void* library() {
    static void* const loaded = [] {
        Dl_info info{};
        char path[PATH_MAX];
        if (::dladdr(revenant_begin, &info) == 0 || ::realpath(info.dli_fname, path) == nullptr) {
            return static_cast<void*>(nullptr);
        }
        const std::string own = path;
        const auto beside = own.substr(0, own.rfind('/')) + "/librevenant_debug_info.so";
        return ::dlopen(beside.c_str(), RTLD_NOW | RTLD_LOCAL);
    }();
    return loaded;
}

template <class Function>
Function* function(const char* name) {
    void* const loaded = library();
    return loaded == nullptr ? nullptr : reinterpret_cast<Function*>(::dlsym(loaded, name));
}

constexpr std::size_t name_room = 256;

}  // namespace

Type type_of_block(const std::vector<std::uintptr_t>& places, std::size_t size) {
    static auto* const ask = function<debug_info::TypeOfBlock>("revenant_type_of_block");
    return ask == nullptr ? 0 : ask(places.data(), places.size(), size);
}

TypedVariable type_of_variable(std::uintptr_t address) {
    static auto* const ask = function<debug_info::TypeOfVariable>("revenant_type_of_variable");
    TypedVariable found;
    if (ask != nullptr) found.type = ask(address, &found.offset, &found.is_part);
    return found;
}

Local local_around(std::uintptr_t address, const FrameAround& around) {
    static auto* const ask = function<debug_info::LocalAround>("revenant_local_around");
    const auto& [place, stack_pointer, frame_pointer] = around.frame;
    const debug_info::FrameOfFunction frame{place, stack_pointer, frame_pointer, around.end};
    Local found;
    char name[name_room];
    if (ask != nullptr) found.type = ask(address, &frame, name, sizeof name, &found.begin);
    if (found.type != 0) found.name = name;
    return found;
}

std::string type_name(Type type) {
    static auto* const ask = function<debug_info::NameOfType>("revenant_name_of_type");
    char name[name_room];
    return type != 0 && ask != nullptr && ask(type, name, sizeof name) ? name : "";
}

KnownNumber number_at(Type type, std::size_t offset) {
    static auto* const ask = function<debug_info::NumberAt>("revenant_number_at");
    KnownNumber found;
    if (type != 0 && ask != nullptr) found.kind = ask(type, offset, &found.size);
    return found;
}

std::string field_name(Type type, std::size_t offset) {
    static auto* const ask = function<debug_info::NameOfField>("revenant_name_of_field");
    char name[name_room];
    return type != 0 && ask != nullptr && ask(type, offset, name, sizeof name) ? name : "";
}

}  // namespace revenant::model::native
