#include "account/person_key.h"

#include "text/fold.h"

struct bearer {
    struct str name; /* folded */
    size_t person;
    struct str key;
};

struct bearers {
    struct bearer *at; /* in order of name and person, each once */
    size_t count;
};

static int compare_bearers(const void *left, const void *right)
{
    const struct bearer *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    return order ? order : (a->person > b->person) - (a->person < b->person);
}

static void bearers_once(struct bearers *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++)
        if (!kept || compare_bearers(&b->at[kept - 1], &b->at[i]) != 0)
            b->at[kept++] = b->at[i];
    b->count = kept;
}

static struct str address_of(const struct mention *m, struct arena *arena)
{
    char digits[HASH_DIGITS + 1];
    hash_write(&m->text, digits);
    return arena_print(arena, "%s:%zu-%zu", digits, m->at.from, m->at.to);
}

static struct bearers bearers_of(const struct named *named, size_t count, const struct persons *p,
                                 struct arena *arena)
{
    struct bearers b = {.at = arena_alloc(arena, (count + 1) * sizeof *b.at)};
    for (size_t i = 0; i < count; i++)
        if (named[i].person != SIZE_MAX)
            b.at[b.count++] = (struct bearer){named[i].key, named[i].person,
                                              address_of(&p->at[named[i].person].mention, arena)};
    if (b.count)
        qsort(b.at, b.count, sizeof *b.at, compare_bearers);
    bearers_once(&b);
    return b;
}

/* where the name begins among the bearers, or would */
static size_t find_name(const struct bearers *b, struct str name)
{
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(b->at[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* one of several who bear the name in their text */
static bool is_homonym(const struct named *all, size_t count, size_t i)
{
    const struct named *n = &all[i], *sides[] = {i ? n - 1 : n, i + 1 < count ? n + 1 : n};
    for (size_t k = 0; k < COUNT_OF(sides); k++)
        if (sides[k] != n && str_equal(sides[k]->key, n->key) &&
            hash_equal(&sides[k]->mentions[0].text, &n->mentions[0].text))
            return true;
    return false;
}

static struct str key_of(const struct bearers *b, const struct named *n, bool homonym,
                         struct arena *arena)
{
    size_t at = find_name(b, n->key), end = at;
    if (n->parted || (homonym && n->person == SIZE_MAX))
        return address_of(&n->mentions[0], arena);
    while (end < b->count && str_equal(b->at[end].name, n->key))
        end++;
    for (size_t i = at; i < end && n->person != SIZE_MAX; i++)
        if (b->at[i].person == n->person)
            return b->at[i].key;
    return end - at == 1 ? b->at[at].key : n->key;
}

struct str *person_keys(const struct statement_view *views, size_t count, const struct persons *p,
                        struct arena *arena)
{
    struct named *named;
    size_t named_count;
    struct str *keys = arena_alloc(arena, (count + 1) * sizeof *keys);
    named_account(views, count, p, arena, &named, &named_count);
    struct bearers bearers = bearers_of(named, named_count, p, arena);
    for (size_t i = 0; i < count; i++)
        keys[i] = STR_NONE;
    for (size_t i = 0; i < named_count; i++) {
        struct str key = key_of(&bearers, &named[i], is_homonym(named, named_count, i), arena);
        for (size_t k = 0; k < named[i].views_count; k++)
            keys[named[i].views[k] - views] = key;
    }
    for (size_t i = 0; i < count; i++)
        if (!keys[i].len && views[i].statement.form == FORM_LIFE_EVENT)
            keys[i] = fold_text(arena, views[i].statement.life_event.person);
    return keys;
}
