#include "command/command.h"
#include "text/fold.h"

/* with FAULT_WARM set, the reader is there before main(), so that a process that forks for each run
 * (fault_shim.c) makes it only once */
__attribute__((constructor)) static void warm_up(void)
{
    if (!getenv("FAULT_WARM"))
        return;
    text_use_memory();
    (void)reader_of_store();
}
