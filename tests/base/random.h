/* Numbers that look random and are the same in every run (SplitMix64, Steele et al. 2014). */
#ifndef GOVAH_TESTS_BASE_RANDOM_H
#define GOVAH_TESTS_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state; /* start it with any seed */
};

static inline uint64_t random_next(struct random *r)
{
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Below `limit`, which is not 0. */
static inline size_t random_below(struct random *r, size_t limit)
{
    return (size_t)(random_next(r) % limit);
}

/* Changes `bytes` in place by one to four small edits and returns the new length, at most `room`:
 * a flipped bit, another byte, one taken out, one put in, a stretch copied elsewhere. */
static inline size_t random_mutate(struct random *r, char *bytes, size_t len, size_t room)
{
    for (size_t edits = 1 + random_below(r, 4); edits && len; edits--) {
        size_t at = random_below(r, len);
        switch (random_below(r, 5)) {
        case 0:
            bytes[at] = (char)(bytes[at] ^ (1 << random_below(r, 8)));
            break;
        case 1:
            bytes[at] = "\"\\{}[],:0919-aef\xFF\x80 \n"[random_below(r, 21)];
            break;
        case 2:
            for (size_t i = at; i + 1 < len; i++)
                bytes[i] = bytes[i + 1];
            len--;
            break;
        case 3:
            if (len == room)
                break;
            for (size_t i = len; i > at; i--)
                bytes[i] = bytes[i - 1];
            bytes[at] = (char)random_next(r);
            len++;
            break;
        default: {
            size_t to = random_below(r, len), some = 1 + random_below(r, 24);
            for (size_t i = 0; i < some && at + i < len && to + i < len; i++)
                bytes[to + i] = bytes[at + i];
        }
        }
    }
    return len;
}

#endif
