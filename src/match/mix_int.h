/* The one function that scatters bits, the same in every run (the finaliser of SplitMix64, Steele,
 * Lea and Flood 2014). */
#ifndef GOVAH_MATCH_MIX_INT_H
#define GOVAH_MATCH_MIX_INT_H

#include <stdint.h>

static inline uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

#endif
