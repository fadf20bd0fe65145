#include "text/sketch.h"

#include <unicode/uchar.h>

#include "text/fold.h"
#include "text/utf8.h"

struct roller {
    uint32_t ring[SKETCH_SHINGLE];
    size_t seen;
    uint64_t sum, leaving; /* SKETCH_BASE to the power of SKETCH_SHINGLE */
};

static uint32_t number_of(uint64_t sum)
{
    sum = (sum ^ sum >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    sum = (sum ^ sum >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((sum ^ sum >> 31) >> 32);
}

/* Where a number stands among those kept, or would. */
static size_t place_of(const struct sketch *s, uint32_t number)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->numbers[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void keep(struct sketch *s, uint32_t number)
{
    if (s->count == SKETCH_SIZE && number >= s->numbers[SKETCH_SIZE - 1])
        return;
    size_t at = place_of(s, number);
    if (at < s->count && s->numbers[at] == number)
        return;
    size_t moved = (s->count < SKETCH_SIZE ? s->count : SKETCH_SIZE - 1) - at;
    memmove(&s->numbers[at + 1], &s->numbers[at], moved * sizeof *s->numbers);
    s->numbers[at] = number;
    s->count += s->count < SKETCH_SIZE;
}

static void roll(struct roller *r, struct sketch *s, uint32_t letter)
{
    uint32_t *place = &r->ring[r->seen % SKETCH_SHINGLE];
    r->sum = r->sum * SKETCH_BASE + letter;
    if (r->seen >= SKETCH_SHINGLE)
        r->sum -= *place * r->leaving;
    *place = letter;
    if (++r->seen >= SKETCH_SHINGLE)
        keep(s, number_of(r->sum));
}

void sketch_make(struct sketch *s, struct str text)
{
    struct roller r = {.leaving = 1};
    *s = (struct sketch){0};
    for (size_t i = 0; i < SKETCH_SHINGLE; i++)
        r.leaving *= SKETCH_BASE;
    for (size_t at = 0, size; at < text.len; at += size) {
        uint32_t folded[4], c = utf8_at(text, at, &size);
        size_t count = fold_char(c, folded);
        for (size_t i = 0; i < count; i++)
            if (u_isalnum((UChar32)folded[i]))
                roll(&r, s, folded[i]);
    }
}

/* How many shingles the text has: all that are kept, or what the largest kept tells. */
static uint64_t size_of(const struct sketch *s)
{
    if (s->count < SKETCH_SIZE)
        return s->count;
    uint64_t last = (uint64_t)s->numbers[SKETCH_SIZE - 1] + 1;
    return ((uint64_t)(SKETCH_SIZE - 1) << 32) / last;
}

struct likeness sketch_compare(const struct sketch *a, const struct sketch *b)
{
    struct likeness out = {0};
    size_t i = 0, k = 0, both = 0;
    size_t most = SKETCH_SIZE;
    while (both < most && (i < a->count || k < b->count)) {
        bool left = k == b->count || (i < a->count && a->numbers[i] <= b->numbers[k]);
        bool right = i == a->count || (k < b->count && b->numbers[k] <= a->numbers[i]);
        out.shared += left && right;
        i += left;
        k += right;
        both++;
    }
    if (!both)
        return out;
    uint64_t x = size_of(a), y = size_of(b), smaller = x < y ? x : y;
    uint64_t common = (x + y) * out.shared / (both + out.shared);
    uint64_t contained = smaller ? common * 1000 / smaller : 0;
    out.alike = (int)(out.shared * 1000 / both);
    out.contained = (int)(contained < 1000 ? contained : 1000);
    return out;
}

bool sketch_same_text(const struct sketch *a, const struct sketch *b)
{
    if (a->count < SKETCH_ENOUGH || b->count < SKETCH_ENOUGH)
        return false;
    struct likeness l = sketch_compare(a, b);
    return l.shared >= SKETCH_SHARED &&
           (l.alike >= SKETCH_ALIKE || l.contained >= SKETCH_CONTAINED);
}

size_t sketch_write(const struct sketch *s, char out[SKETCH_BYTES])
{
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < 4; k++)
            out[4 * i + k] = (char)(unsigned char)(s->numbers[i] >> (24 - 8 * k));
    return 4 * s->count;
}

bool sketch_read(struct str bytes, struct sketch *s)
{
    *s = (struct sketch){.count = bytes.len / 4};
    if (bytes.len % 4 || bytes.len > SKETCH_BYTES)
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        s->numbers[i / 4] = s->numbers[i / 4] << 8 | (unsigned char)bytes.at[i];
    for (size_t i = 1; i < s->count; i++)
        if (s->numbers[i - 1] >= s->numbers[i])
            return false;
    return true;
}
