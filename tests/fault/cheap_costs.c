#include "seal/keys.h"

/* for tests only: the least that Argon2id takes */
struct key_cost key_cost_default(void)
{
    return (struct key_cost){.memory = 8192, .passes = 1};
}
