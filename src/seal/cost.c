#include "seal/keys.h"

struct key_cost key_cost_default(void)
{
    return (struct key_cost){.memory = 96u << 20, .passes = 8};
}
