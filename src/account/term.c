#include "account/term_int.h"

#include "text/edtf.h"
#include "text/fold.h"

enum { RECENT = 1024 };

struct recent {
    const char *at;
    size_t len;
    struct term *term;
};

struct terms {
    struct arena *arena;
    struct term **slots; /* a power of two of them */
    size_t slots_count;
    struct term **all;
    size_t count, room;
    struct recent recent[RECENT]; /* by address: listings say one string at one place */
};

struct terms *terms_new(struct arena *arena)
{
    struct terms *t = arena_alloc(arena, sizeof *t);
    t->arena = arena;
    t->slots_count = 256;
    t->slots = arena_alloc(arena, t->slots_count * sizeof(struct term *));
    return t;
}

static struct term **slot_of(const struct terms *t, struct str s)
{
    uint64_t mix = UINT64_C(1469598103934665603);
    for (size_t i = 0; i < s.len; i++)
        mix = (mix ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
    size_t slot = (size_t)(mix ^ mix >> 32) & (t->slots_count - 1);
    while (t->slots[slot] && !str_equal(t->slots[slot]->text, s))
        slot = (slot + 1) & (t->slots_count - 1);
    return &t->slots[slot];
}

static void terms_widen(struct terms *t)
{
    t->slots_count *= 2;
    t->slots = arena_alloc(t->arena, t->slots_count * sizeof(struct term *));
    for (size_t i = 0; i < t->count; i++)
        *slot_of(t, t->all[i]->text) = t->all[i];
}

static struct term *find(struct terms *t, struct str s, bool copy)
{
    struct term **slot = slot_of(t, s);
    if (*slot)
        return *slot;
    struct term *term = arena_alloc(t->arena, sizeof *term);
    term->text = copy ? arena_copy(t->arena, s) : s;
    term->number = (uint32_t)t->count;
    t->all = arena_grow(t->arena, t->all, t->count, &t->room, sizeof(struct term *));
    t->all[t->count++] = *slot = term;
    if (t->count * 2 > t->slots_count)
        terms_widen(t);
    return term;
}

const struct term *term_find(const struct terms *t, struct str s)
{
    return *slot_of(t, s);
}

struct term *term_of_copy(struct terms *t, struct str s)
{
    return find(t, s, true);
}

struct term *term_of(struct terms *t, struct str s)
{
    if (!s.len)
        s = STR("");
    struct recent *recent = &t->recent[((uintptr_t)s.at >> 4 ^ s.len) % RECENT];
    if (recent->at != s.at || recent->len != s.len)
        *recent = (struct recent){s.at, s.len, find(t, s, false)};
    return recent->term;
}

size_t terms_count(const struct terms *t)
{
    return t->count;
}

struct term *term_at(const struct terms *t, uint32_t number)
{
    return t->all[number];
}

const struct term *term_folded(struct terms *t, struct term *term)
{
    if (!term->folded)
        term->folded = term_of(t, fold_text(t->arena, term->text));
    return term->folded;
}

bool term_days(struct term *term, int64_t *first, int64_t *last)
{
    if (term->days == DAYS_UNREAD) {
        bool known =
            term->text.len && edtf_range(term->text, &term->first, &term->last, NULL) == OK;
        term->days = known ? DAYS_KNOWN : DAYS_NONE;
    }
    if (term->days == DAYS_NONE)
        return false;
    *first = term->first;
    *last = term->last;
    return true;
}
