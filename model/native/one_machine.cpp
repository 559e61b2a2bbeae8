// Capstone's archive disassembles for a dozen machines, and fills 65,536 pointers for one of them alone,
// which the dynamic linker would put right whenever a process starts. The beginnings of all but x86 stand
// here, so that the linker has no reason to take them from the archive; whoever opens one of them is told
// that it is not there.
#include <capstone/capstone.h>

#include <cstddef>

#define REVENANT_NOT_THIS_MACHINE(name)                                 \
    extern "C" cs_err name##_global_init(void*);                        \
    extern "C" cs_err name##_global_init(void*) { return CS_ERR_ARCH; } \
    extern "C" cs_err name##_option(void*, cs_opt_type, std::size_t);   \
    extern "C" cs_err name##_option(void*, cs_opt_type, std::size_t) { return CS_ERR_ARCH; }

REVENANT_NOT_THIS_MACHINE(AArch64)
REVENANT_NOT_THIS_MACHINE(ARM)
REVENANT_NOT_THIS_MACHINE(EVM)
REVENANT_NOT_THIS_MACHINE(M680X)
REVENANT_NOT_THIS_MACHINE(M68K)
REVENANT_NOT_THIS_MACHINE(Mips)
REVENANT_NOT_THIS_MACHINE(PPC)
REVENANT_NOT_THIS_MACHINE(Sparc)
REVENANT_NOT_THIS_MACHINE(SystemZ)
REVENANT_NOT_THIS_MACHINE(TMS320C64x)
REVENANT_NOT_THIS_MACHINE(XCore)
