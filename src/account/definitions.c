#include "account/definitions.h"

#include <pthread.h>

#include "base/table.h"
#include "text/fold.h"

enum { KINDS = 8 };

struct definitions {
    struct definition *at;
    size_t count, room;
};

static void words_read(struct definition *d, struct str joined, struct arena *arena)
{
    struct str *words = NULL, word;
    size_t room = 0;
    while (str_cut(&joined, '|', &word)) {
        words = arena_grow(arena, words, d->words_count, &room, sizeof *words);
        words[d->words_count++] = fold_text(arena, word);
    }
    d->words = words;
}

static pthread_once_t known_read = PTHREAD_ONCE_INIT;
static struct arena known_arena;
static struct definitions known;

static void read_known(void)
{
    struct table t;
    struct row row;
    bool more = true;
    arena_init(&known_arena);
    if (table_open(&t, "account/definitions.tsv", "kind value en fa words", NULL) != OK)
        bug("a table of data/account cannot be read");
    while (table_next(&t, &row, &more, NULL) == OK && more) {
        known.at = arena_grow(&known_arena, known.at, known.count, &known.room, sizeof *known.at);
        struct definition *d = &known.at[known.count++];
        *d = (struct definition){row.cells[0], row.cells[1], row.cells[2], row.cells[3], NULL, 0};
        words_read(d, row.cells[4], &known_arena);
    }
    if (more)
        bug("a row of data/account cannot be read");
}

const struct definitions *definitions_known(void)
{
    pthread_once(&known_read, read_known);
    return &known;
}

static bool is_letter(struct str text, size_t at)
{
    unsigned char c = at < text.len ? (unsigned char)text.at[at] : ' ';
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool says(struct str folded, struct str word)
{
    for (size_t at = 0; word.len && (at = str_find(folded, word, at)) != SIZE_MAX; at++)
        if ((!at || !is_letter(folded, at - 1)) && !is_letter(folded, at + word.len))
            return true;
    return false;
}

static bool defines(const struct definition *d, struct str folded)
{
    for (size_t i = 0; i < d->words_count; i++)
        if (says(folded, d->words[i]))
            return true;
    return false;
}

size_t definitions_in(const struct definitions *all, struct str quote, struct arena *arena,
                      const struct definition **out, size_t room)
{
    struct str folded = fold_text(arena, quote);
    size_t count = 0;
    for (size_t i = 0; i < all->count && count < room; i++) {
        bool told = count && str_equal(out[count - 1]->kind, all->at[i].kind);
        if (!told && defines(&all->at[i], folded))
            out[count++] = &all->at[i];
    }
    return count;
}

/* ---- comparing ---- */

struct defined {
    const struct defined_count *of;
    const struct definition *says[KINDS];
    size_t count;
};

/* the first kind of which both say something, and not the same */
static bool differ(const struct defined *a, const struct defined *b, struct flag *flag)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (str_equal(a->says[i]->kind, b->says[k]->kind) && a->says[i] != b->says[k]) {
                *flag = (struct flag){.kind = FLAG_DEFINITION,
                                      .series = a->of->series,
                                      .other_series = b->of->series,
                                      .count = a->of->count,
                                      .other = b->of->count,
                                      .said = a->says[i],
                                      .other_said = b->says[k]};
                return true;
            }
    return false;
}

void definitions_compare(const struct definitions *all, struct group *group,
                         const struct defined_count *counts, size_t count, struct arena *arena)
{
    struct defined *defined = arena_alloc(arena, (count + 1) * sizeof *defined);
    struct flag *flags = arena_alloc(arena, FLAGS_LISTED * sizeof *flags), flag;
    size_t number = 0;
    if (group->flags_count)
        memcpy(flags, group->flags, group->flags_count * sizeof *flags);
    for (size_t i = 0; i < count; i++) {
        const struct definition *says[KINDS] = {NULL};
        size_t found = definitions_in(all, counts[i].quote, arena, says, KINDS);
        if (!found)
            continue;
        struct defined *d = &defined[number++];
        *d = (struct defined){.of = &counts[i], .count = found};
        memcpy(d->says, says, sizeof says);
    }
    for (size_t i = 0; i < number; i++)
        for (size_t k = i + 1; k < number; k++) {
            const struct defined *a = &defined[i], *b = &defined[k];
            if (a->of->series != b->of->series ||
                a->of->count->source_rank == b->of->count->source_rank || !differ(a, b, &flag))
                continue;
            group->flags_total++;
            if (group->flags_count < FLAGS_LISTED)
                flags[group->flags_count++] = flag;
        }
    group->flags = flags;
}

static bool is_compared(const struct series *s, const struct count *c)
{
    return s->comparable && c->counts && c->latest && !c->leads_to && s->range.sources > 1;
}

static size_t gather(const struct group *group, struct defined_count *out, struct hash *ids)
{
    size_t number = 0;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct series *s = &group->series[i];
            const struct count *c = &s->counts[k];
            if (!is_compared(s, c))
                continue;
            ids[number] = c->figures[0]->id;
            out[number++] = (struct defined_count){s, c, STR_NONE};
        }
    return number;
}

enum outcome definitions_flag(struct archive *a, const struct definitions *all, struct group *group,
                              struct arena *arena, struct fault *why)
{
    struct defined_count *counts = arena_alloc(arena, (group->figures + 1) * sizeof *counts);
    struct hash *ids = arena_alloc(arena, (group->figures + 1) * sizeof *ids);
    size_t count = gather(group, counts, ids);
    if (count < 2)
        return OK;
    struct str *quotes = arena_alloc(arena, count * sizeof *quotes);
    enum outcome result = archive_quotes(a, ids, count, arena, quotes, why);
    for (size_t i = 0; result == OK && i < count; i++)
        counts[i].quote = quotes[i];
    if (result == OK)
        definitions_compare(all, group, counts, count, arena);
    return result;
}
