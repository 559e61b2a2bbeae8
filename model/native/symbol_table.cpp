#include "model/native/symbol_table.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace revenant::model::native {
namespace {

/// A file, mapped for reading while it lives.
class Mapped {
public:
    explicit Mapped(const char* path) {
        const int file = ::open(path, O_RDONLY | O_CLOEXEC);
        struct stat facts {};
        if (file >= 0 && ::fstat(file, &facts) == 0) {
            size_ = static_cast<std::size_t>(facts.st_size);
            void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
            bytes_ = at == MAP_FAILED ? nullptr : static_cast<const char*>(at);
        }
        if (file >= 0) ::close(file);
    }
    ~Mapped() {
        if (bytes_ != nullptr) ::munmap(const_cast<char*>(bytes_), size_);
    }
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;

    /// `count` things at an offset, or null: the file does not have them.
    template <class Thing>
    [[nodiscard]] const Thing* at(std::uint64_t offset, std::uint64_t count = 1) const {
        if (bytes_ == nullptr || offset > size_ || count > (size_ - offset) / sizeof(Thing)) return nullptr;
        return reinterpret_cast<const Thing*>(bytes_ + offset);
    }

private:
    const char* bytes_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace

void for_each_symbol_of_the_program(const VisitSymbol& visit) {
    const Mapped file("/proc/self/exe");
    const auto* const header = file.at<Elf64_Ehdr>(0);
    if (header == nullptr) return;
    const auto* const sections = file.at<Elf64_Shdr>(header->e_shoff, header->e_shnum);
    if (sections == nullptr) return;
    for (std::size_t i = 0; i < header->e_shnum; ++i) {
        const auto& table = sections[i];
        if (table.sh_type != SHT_SYMTAB || table.sh_link >= header->e_shnum) continue;
        const auto& texts = sections[table.sh_link];
        const auto count = table.sh_size / sizeof(Elf64_Sym);
        const auto* const symbols = file.at<Elf64_Sym>(table.sh_offset, count);
        const auto* const names = file.at<char>(texts.sh_offset, texts.sh_size);
        if (symbols == nullptr || names == nullptr || texts.sh_size == 0) continue;
        if (names[texts.sh_size - 1] != '\0') continue;
        for (std::size_t symbol = 0; symbol < count; ++symbol) {
            if (symbols[symbol].st_name < texts.sh_size)
                visit(symbols[symbol], names + symbols[symbol].st_name);
        }
    }
}

}  // namespace revenant::model::native
