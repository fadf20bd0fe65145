#include "read/listing_int.h"
#include "read/name_int.h"

/* ---- where they are ---- */

static size_t line_end(const struct page *page, size_t i)
{
    for (i++; i < page->tokens.count && !page->tokens.at[i].lines;)
        i++;
    return i;
}

static bool has_bar(const struct page *page, size_t i, size_t end)
{
    while (i < end && !token_is_mark(&page->tokens, i, '|'))
        i++;
    return i < end;
}

/* a line of a table of contents: "1. Ana Torres ........ 2" */
static bool has_leaders(const struct page *page, size_t i, size_t end)
{
    struct str line = page_words(page, i, end);
    return str_find(line, STR("...."), 0) != SIZE_MAX ||
           str_find(line, STR(". . ."), 0) != SIZE_MAX || str_find(line, STR("……"), 0) != SIZE_MAX;
}

static size_t paragraph_end(const struct page *page, size_t i, size_t end)
{
    for (i++; i < end && page->tokens.at[i].lines <= 1;)
        i++;
    return i < end ? i : end;
}

/* the first person's name within the cell, from the name *at on, which moves there */
static size_t name_in(const struct page *page, const struct candidate *found,
                      const struct entry_scope *s, size_t *at)
{
    while (*at < page->names_count && page->names[*at].first < s->cell)
        ++*at;
    for (size_t i = *at; i < page->names_count && page->names[i].first < s->cell_end; i++)
        if (!found[i].organisation)
            return page->names[i].first;
    return SIZE_MAX;
}

static void ends_set(struct page *page)
{
    for (size_t i = 0; i < page->scopes_count; i++) {
        struct entry_scope *s = &page->scopes[i];
        const struct entry_scope *next = i + 1 < page->scopes_count ? s + 1 : NULL;
        if (!s->number)
            continue;
        s->end = next ? next->first : page->tokens.count;
        if (!next || next->number != s->number + 1)
            s->end = paragraph_end(page, s->first, s->end);
        s->end = entry_end(page, s->cell_end, s->end);
    }
}

static int compare_hashes(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static uint64_t words_hash(const struct page *page, const struct name *n)
{
    uint64_t hash = n->end - n->first;
    for (size_t i = n->first; i < n->end; i++)
        hash = (hash ^ page->tokens.at[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
    return hash;
}

static void names_note(struct page *page)
{
    size_t count = 0;
    page->scope_names = arena_alloc(page->arena, (page->scopes_count + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < page->scopes_count; i++)
        if (page->scopes[i].name != SIZE_MAX)
            page->scope_names[count++] =
                words_hash(page, &page->names[page->name_of[page->scopes[i].name] - 1]);
    page->scope_names_count = count;
    if (count)
        qsort(page->scope_names, count, sizeof *page->scope_names, compare_hashes);
}

void scopes_find(struct page *page, const struct candidate *found)
{
    size_t name = 0;
    page->scopes = arena_alloc(page->arena, (page->entries_count + 1) * sizeof *page->scopes);
    for (size_t i = 0; i < page->entries_count; i++) {
        const struct listing_entry *e = &page->entries[i];
        size_t end = line_end(page, e->line);
        bool row = e->named || has_bar(page, e->line, end);
        struct entry_scope s = {.first = e->line,
                                .end = end,
                                .cell = e->first,
                                .cell_end = e->end,
                                .number = row ? 0 : e->number,
                                .party = SIZE_MAX};
        s.name = name_in(page, found, &s, &name);
        bool numbered = e->number && s.name != SIZE_MAX && !has_leaders(page, e->line, end);
        if (row || numbered)
            page->scopes[page->scopes_count++] = s;
    }
    ends_set(page);
    names_note(page);
}

/* ---- who is meant ---- */

/* how many scopes begin at the token or before it */
static size_t scopes_until(const struct page *page, size_t token)
{
    size_t low = 0, high = page->scopes_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->scopes[middle].first <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t scope_at(const struct page *page, size_t token)
{
    size_t last = scopes_until(page, token);
    return last && token < page->scopes[last - 1].end ? last : 0;
}

size_t scope_reach(const struct page *page, size_t token)
{
    size_t last = scopes_until(page, token);
    const struct entry_scope *s = last ? &page->scopes[last - 1] : NULL;
    if (!s)
        return 0;
    return token < s->end ? s->first : s->number ? 0 : s->end;
}

static bool name_heads(const struct page *page, const struct name *n)
{
    size_t scope = scope_at(page, n->first);
    return scope && page->scopes[scope - 1].name == n->first;
}

/* how many scopes are headed by these words */
static size_t scopes_headed_by(const struct page *page, const struct name *n)
{
    uint64_t hash = words_hash(page, n);
    size_t low = 0, high = page->scope_names_count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->scope_names[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < page->scope_names_count && page->scope_names[end] == hash;)
        end++;
    return end - low;
}

struct bearing bearing_of(const struct page *page, const struct name *n)
{
    if (!page->scopes_count)
        return (struct bearing){0};
    return (struct bearing){scope_at(page, n->first), name_heads(page, n),
                            scopes_headed_by(page, n)};
}

bool name_may_mean(const struct page *page, const struct name *n, const struct bearing *b)
{
    if (!page->scopes_count)
        return true;
    struct bearing own = bearing_of(page, n);
    bool alone = (own.headed ? own.headed_by : b->headed_by) == 1;
    if (own.scope == b->scope || page->partial)
        return own.scope == b->scope;
    if (own.headed)
        return !b->headed && !b->scope && alone;
    return b->headed ? !own.scope && alone : !b->headed_by && !own.headed_by;
}
