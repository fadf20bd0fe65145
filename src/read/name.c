#include "read/listing.h"
#include "read/name_int.h"

struct namer {
    struct page *page;
    size_t room, party_room;
    const char **rows;       /* for each party, the table's row that it is known by, or NULL */
    bool *listed;            /* for each party, whether its full form heads an entry of a list */
    struct bearing *bearing; /* for each party found */
    size_t *kept;            /* for each party found, its place among those kept, or SIZE_MAX */
};

/* every word of the shorter name is in the longer, in order */
static bool is_within(const struct page *page, const struct name *small, const struct name *large)
{
    size_t k = large->first;
    for (size_t i = small->first; i < small->end; i++) {
        while (k < large->end && !str_equal(page->tokens.at[i].word, page->tokens.at[k].word))
            k++;
        if (k++ == large->end)
            return false;
    }
    return true;
}

/* "(AAPP)" or "or IPYS)" right behind the name */
static struct str abbreviation_behind(const struct page *page, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->end;
    if (!token_is_mark(t, i, '('))
        return STR_NONE;
    for (size_t k = i + 1; k < t->count && k < i + 12 && !token_is_mark(t, k, ')'); k++)
        if (t->at[k].shape == SHAPE_UPPER && token_is_mark(t, k + 1, ')') && t->at[k].word.len >= 2)
            return page_words(page, k, k + 1);
    return STR_NONE;
}

static void name_add(struct namer *r, const struct candidate *c, size_t passage)
{
    struct page *page = r->page;
    page->names =
        arena_grow(page->arena, page->names, page->names_count, &r->room, sizeof *page->names);
    page->names[page->names_count++] =
        (struct name){.first = c->first, .end = c->end, .passage = passage, .party = SIZE_MAX};
    for (size_t i = c->first; i < c->end; i++)
        page->name_of[i] = (uint32_t)page->names_count;
}

static size_t party_add(struct namer *r, const struct name *n, const struct candidate *c)
{
    struct page *page = r->page;
    page->parties = arena_grow(page->arena, page->parties, page->parties_count, &r->party_room,
                               sizeof *page->parties);
    page->parties[page->parties_count] = (struct party){
        .form = page_words(page, n->first, n->end),
        .at = tokens_span(&page->tokens, n->first, n->end),
        .organisation = c->organisation,
        .role = c->role,
    };
    return page->parties_count++;
}

struct found {
    struct candidate *at;
    size_t count, room;
};

static int longer_first(const void *a, const void *b)
{
    const struct candidate *l = a, *r = b;
    size_t left = l->end - l->first, right = r->end - r->first;
    if (left != right)
        return left > right ? -1 : 1;
    return l->first < r->first ? -1 : l->first > r->first;
}
/* Which parties carry a word: chains in a table of fixed size. */
struct word_index {
    uint32_t *heads; /* 1 + index of the newest link */
    size_t mask;
    struct word_link {
        uint64_t hash;
        uint32_t party, next;
    } * links;
    size_t count, room;
};

enum { CHAIN_LIMIT = 64 };

static void index_open(struct word_index *index, struct arena *arena, size_t words)
{
    size_t size = 64;
    while (size < words)
        size *= 2;
    *index = (struct word_index){.mask = size - 1};
    index->heads = arena_alloc(arena, size * sizeof *index->heads);
}

static void index_add(struct word_index *index, struct arena *arena, uint64_t hash, size_t party)
{
    index->links =
        arena_grow(arena, index->links, index->count, &index->room, sizeof *index->links);
    uint32_t *head = &index->heads[hash & index->mask];
    index->links[index->count++] = (struct word_link){hash, (uint32_t)party, *head};
    *head = (uint32_t)index->count;
}

static uint32_t index_first(const struct word_index *index, uint64_t hash)
{
    return index->heads[hash & index->mask];
}

/* words that the document also writes small, so that their capital says little */
static void index_small_words(const struct page *page, struct word_index *index)
{
    for (size_t i = 0; i < page->tokens.count; i++) {
        const struct token *t = &page->tokens.at[i];
        if (t->shape != SHAPE_LOWER || t->word.len < 3)
            continue;
        uint64_t hash = t->hash;
        if (!index_first(index, hash) || index->links[index_first(index, hash) - 1].hash != hash)
            index_add(index, page->arena, hash, 0);
    }
}

static bool index_holds(const struct word_index *index, uint64_t hash)
{
    size_t steps = 0;
    for (uint32_t at = index_first(index, hash); at && steps < CHAIN_LIMIT; steps++) {
        if (index->links[at - 1].hash == hash)
            return true;
        at = index->links[at - 1].next;
    }
    return false;
}

static bool is_doubtful(const struct page *page, const struct word_index *small,
                        const struct candidate *c)
{
    bool sure = c->organisation || (c->role.len > 0 && c->end > c->first + 1) || c->row ||
                page->tokens.at[c->first].shape == SHAPE_ARABIC;
    for (size_t i = c->first; i < c->end && !sure; i++)
        sure = name_is_given(&page->tokens, i);
    for (size_t i = c->first; i < c->end && !sure; i++)
        if (index_holds(small, page->tokens.at[i].hash))
            return true;
    return false;
}

static void candidates_find(struct namer *r, struct found *all)
{
    struct page *page = r->page;
    struct word_index small;
    index_open(&small, page->arena, page->tokens.count);
    index_small_words(page, &small);
    size_t next = 0, end = 0;
    listing_find(page);
    for (size_t s = 0; s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        for (size_t i = p->first < end ? end : p->first; i < p->end;) {
            struct candidate c;
            while (next < page->entries_count && page->entries[next].first < i)
                next++;
            bool entry = next < page->entries_count && page->entries[next].first == i &&
                         name_of_entry(page, &page->entries[next], &c);
            if (!entry && (!name_at(page, i, p, &c) || is_doubtful(page, &small, &c))) {
                i++;
                continue;
            }
            c.entry = entry;
            name_add(r, &c, s);
            all->at = arena_grow(page->arena, all->at, all->count, &all->room, sizeof *all->at);
            all->at[all->count++] = c;
            i = end = c.end;
        }
    }
}

static bool may_mean(const struct namer *r, const struct name *n, bool organisation, size_t party)
{
    return organisation || r->page->parties[party].organisation ||
           name_may_mean(r->page, n, &r->bearing[party]);
}

/* who heads the scope that holds the token, or SIZE_MAX */
static size_t party_at_home(const struct page *page, size_t token)
{
    size_t scope = page->scopes_count ? scope_at(page, token) : 0;
    return scope ? page->scopes[scope - 1].party : SIZE_MAX;
}

/* the party that a name is a shorter or equal form of, or SIZE_MAX; in a scope rather one of it */
static size_t party_of(const struct namer *r, const struct word_index *index,
                       const struct name *full_of, const struct name *n, const struct candidate *c)
{
    const struct page *page = r->page;
    size_t steps = 0, home = party_at_home(page, n->first), elsewhere = SIZE_MAX;
    size_t scope = page->scopes_count ? scope_at(page, n->first) : 0;
    if (home != SIZE_MAX && !c->organisation && is_within(page, n, &full_of[home]))
        return home;
    uint64_t hash = page->tokens.at[n->end - 1].hash;
    for (uint32_t at = index_first(index, hash); at && steps < CHAIN_LIMIT; steps++) {
        const struct word_link *link = &index->links[at - 1];
        const struct name *full = &full_of[link->party];
        /* Ali Karimi and Ali Karimi Rad are two, where a list has both */
        bool another =
            c->entry && r->listed[link->party] && full->end - full->first != n->end - n->first;
        at = link->next;
        if (link->hash != hash || another || !is_within(page, n, full) ||
            !may_mean(r, n, c->organisation, link->party))
            continue;
        if (!scope || r->bearing[link->party].scope == scope)
            return link->party;
        elsewhere = elsewhere == SIZE_MAX ? link->party : elsewhere;
    }
    return elsewhere;
}

/* rsf of Rapid Support Forces: what its capitals spell, or empty when it is too short for a name */
static struct str initials_of(const struct page *page, const struct name *n)
{
    enum { INITIALS_LEAST = 3 };
    char *letters = arena_alloc(page->arena, n->end - n->first);
    size_t count = 0;
    for (size_t i = n->first; i < n->end; i++)
        if (name_is_capital(&page->tokens.at[i]))
            letters[count++] = page->tokens.at[i].word.at[0];
    return count < INITIALS_LEAST ? STR_NONE : (struct str){letters, count};
}

static void index_party(struct page *page, struct word_index *index, const struct name *n,
                        size_t party)
{
    for (size_t i = n->first; i < n->end; i++)
        index_add(index, page->arena, page->tokens.at[i].hash, party);
    struct str short_form = abbreviation_behind(page, n);
    if (!page->parties[party].organisation)
        return;
    struct str initials = initials_of(page, n);
    if (initials.len)
        index_add(index, page->arena, ~lexicon_word_hash(initials), party);
    if (!short_form.len)
        return;
    page->parties[party].abbreviation = short_form;
    struct tokens words;
    tokens_cut(NULL, short_form, page->arena, &words);
    index_add(index, page->arena, ~words.at[0].hash, party);
}

static size_t party_of_abbreviation(const struct page *page, const struct word_index *index,
                                    size_t token)
{
    uint64_t hash = ~page->tokens.at[token].hash;
    size_t steps = 0;
    for (uint32_t at = index_first(index, hash); at && steps < CHAIN_LIMIT; steps++) {
        if (index->links[at - 1].hash == hash)
            return index->links[at - 1].party;
        at = index->links[at - 1].next;
    }
    return SIZE_MAX;
}

enum { ROWS_BACK = 400 };

/* the party known by another form of the same row */
static size_t party_of_row(const struct namer *r, const struct name *n, const struct candidate *c)
{
    size_t count = r->page->parties_count;
    for (size_t i = count > ROWS_BACK ? count - ROWS_BACK : 0; i < count; i++)
        if (r->rows[i] == c->row && may_mean(r, n, c->organisation, i))
            return i;
    return SIZE_MAX;
}

/* whom a name in its scope means is known by it from here on */
static void bearing_note(struct namer *r, const struct name *n, bool organisation)
{
    if (organisation || !r->page->scopes_count)
        return;
    struct bearing own = bearing_of(r->page, n), *b = &r->bearing[n->party];
    if (!own.headed)
        return;
    *b = own;
    r->page->scopes[own.scope - 1].party = n->party;
}

static int index_of_longer(const void *a, const void *b, void *found)
{
    const size_t *l = a, *r = b;
    const struct found *all = found;
    int order = longer_first(&all->at[*l], &all->at[*r]);
    return order ? order : (*l > *r) - (*l < *r);
}

static void parties_find(struct namer *r, const struct found *all, struct word_index *index)
{
    struct page *page = r->page;
    size_t *order = arena_alloc(page->arena, (all->count + 1) * sizeof *order);
    struct name *full = arena_alloc(page->arena, (all->count + 1) * sizeof *full);
    r->listed = arena_alloc(page->arena, (all->count + 1) * sizeof *r->listed);
    r->rows = arena_alloc(page->arena, (all->count + 1) * sizeof *r->rows);
    r->bearing = arena_alloc(page->arena, (all->count + 1) * sizeof *r->bearing);
    for (size_t i = 0; i < all->count; i++)
        order[i] = i;
    qsort_r(order, all->count, sizeof *order, index_of_longer, (void *)(uintptr_t)all);
    for (size_t i = 0; i < all->count; i++) {
        struct name *n = &page->names[order[i]];
        const struct candidate *c = &all->at[order[i]];
        n->party = n->end == n->first + 1 ? party_of_abbreviation(page, index, n->first) : SIZE_MAX;
        if (n->party == SIZE_MAX && c->row)
            n->party = party_of_row(r, n, c);
        if (n->party == SIZE_MAX)
            n->party = party_of(r, index, full, n, c);
        /* one word names somebody well known, who was spoken of before their namesake */
        bool namesake = n->party != SIZE_MAX && c->row && r->rows[n->party] != c->row &&
                        n->first < full[n->party].first && !c->organisation;
        if (namesake)
            n->party = SIZE_MAX;
        if (n->party == SIZE_MAX) {
            n->party = party_add(r, n, c);
            full[n->party] = *n;
            index_party(page, index, n, n->party);
            r->rows[n->party] = c->row;
            r->listed[n->party] = c->entry;
            r->bearing[n->party] = bearing_of(page, n);
        } else if (!page->parties[n->party].role.len) {
            page->parties[n->party].role = c->role;
        }
        bearing_note(r, n, c->organisation);
    }
}

/* what only its capitals made a person, and its surroundings deny */
static void drop_unlikely(struct namer *r, const struct found *all)
{
    struct page *page = r->page;
    size_t count = page->parties_count, names = 0, parties = 0;
    int *weight = arena_alloc(page->arena, (count + 1) * sizeof *weight);
    r->kept = arena_alloc(page->arena, (count + 1) * sizeof *r->kept);
    for (size_t i = 0; i < page->names_count; i++) {
        const struct candidate *c = &all->at[i];
        int *of = &weight[page->names[i].party];
        int more = c->organisation ? name_weigh_organisation(page, &page->names[i])
                   : c->weak       ? name_weigh(page, &page->names[i])
                   : c->role.len   ? 1
                                   : name_weigh_known(page, &page->names[i]);
        if (*of != 1 && more)
            *of = more;
    }
    for (size_t i = 0; i < count; i++) {
        r->kept[i] = weight[i] < 0 ? SIZE_MAX : parties;
        if (weight[i] >= 0)
            page->parties[parties++] = page->parties[i];
    }
    for (size_t i = 0; i < page->names_count; i++) {
        struct name n = page->names[i];
        bool keeps = r->kept[n.party] != SIZE_MAX;
        n.party = r->kept[n.party];
        for (size_t k = n.first; k < n.end; k++)
            page->name_of[k] = keeps ? (uint32_t)(names + 1) : 0;
        if (keeps)
            page->names[names++] = n;
    }
    for (size_t i = 0; i < page->scopes_count; i++) {
        struct entry_scope *s = &page->scopes[i];
        s->party = s->party == SIZE_MAX ? SIZE_MAX : r->kept[s->party];
    }
    page->names_count = names;
    page->parties_count = parties;
}

static int name_order(const void *a, const void *b)
{
    const struct name *l = a, *r = b;
    return l->first < r->first ? -1 : l->first > r->first;
}

/* a given name alone: not of a place, a saint or somebody else, and what follows is no name */
static bool stands_alone(const struct page *page, size_t i)
{
    static const uint64_t behind = CLASS_BIT(WORD_AUXILIARY) | CLASS_BIT(WORD_LIFE) |
                                   CLASS_BIT(WORD_SAY) | CLASS_BIT(WORD_VERB) |
                                   CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) |
                                   CLASS_BIT(WORD_ADVERB) | CLASS_BIT(WORD_CLAUSE);
    const struct tokens *t = &page->tokens;
    bool led = i > 0 && (page->name_of[i - 1] || name_is_capital(&t->at[i - 1]) ||
                         token_has(t, i - 1, WORD_PLACE_HEAD) ||
                         token_has(t, i - 1, WORD_ORGANISATION) || token_has(t, i - 1, WORD_TITLE));
    if (led || !name_is_given(t, i) || token_has(t, i, WORD_PLACE) || i + 1 >= t->count)
        return false;
    return token_has_any(t, i + 1, behind) || t->at[i].possessive || page->date_of[i + 1] ||
           t->at[i + 1].shape == SHAPE_NUMBER || token_has(t, i + 1, WORD_NUMBER) ||
           page_particle(page, i + 1, "object") || page_particle(page, i + 1, "comma") ||
           token_is_mark(t, i + 1, ',') || token_is_mark(t, i + 1, '.');
}

/* the party that the link's word may call from token i, or SIZE_MAX */
static size_t called_by(const struct namer *r, const struct word_link *link, const size_t *last,
                        size_t i)
{
    const struct page *page = r->page;
    const struct name alone = {.first = i, .end = i + 1};
    size_t kept = link->hash == page->tokens.at[i].hash ? r->kept[link->party] : SIZE_MAX;
    bool person = kept != SIZE_MAX && !page->parties[kept].organisation && last[kept];
    return person && name_may_mean(page, &alone, &r->bearing[link->party]) ? kept : SIZE_MAX;
}

/* whoever heads the entry that holds the token, if it is their family name, or their given name
 * alone */
static size_t called_at_home(const struct page *page, const size_t *last, size_t i)
{
    size_t party = party_at_home(page, i);
    if (party == SIZE_MAX || !last[party])
        return SIZE_MAX;
    struct str word = page->tokens.at[i].word;
    const struct entry_scope *s = &page->scopes[scope_at(page, i) - 1];
    for (size_t k = s->name; k < s->cell_end && page->name_of[k]; k++)
        if (str_equal(page->tokens.at[k].word, word) && stands_alone(page, i))
            return party;
    return str_equal(page->tokens.at[last[party] - 1].word, word) ? party : SIZE_MAX;
}

/* The party whose family name the token is, or the only one whose given name it is; SIZE_MAX for
 * none, and where the family name is of several who head entries. */
static size_t party_of_word(const struct namer *r, const struct word_index *index,
                            const size_t *last, size_t i)
{
    const struct page *page = r->page;
    const struct token *t = &page->tokens.at[i];
    size_t given = SIZE_MAX, listed = SIZE_MAX, steps = 0, home = called_at_home(page, last, i);
    bool several = false, families = false;
    for (uint32_t at = index_first(index, t->hash); home == SIZE_MAX && at && steps < CHAIN_LIMIT;
         steps++) {
        const struct word_link *link = &index->links[at - 1];
        size_t kept = called_by(r, link, last, i);
        at = link->next;
        if (kept == SIZE_MAX)
            continue;
        bool family = str_equal(page->tokens.at[last[kept] - 1].word, t->word);
        if (family && !r->bearing[link->party].headed)
            return kept;
        if (family) {
            families = families || (listed != SIZE_MAX && listed != kept);
            listed = kept;
            continue;
        }
        several = several || (given != SIZE_MAX && given != kept);
        given = kept;
    }
    if (home != SIZE_MAX || listed != SIZE_MAX)
        return families ? SIZE_MAX : home != SIZE_MAX ? home : listed;
    return !several && given != SIZE_MAX && stands_alone(page, i) ? given : SIZE_MAX;
}

/* where the words of a longer mention, which ends before `last`, begin, as far as they stand before
 * token `i`, its last word, too */
static size_t first_of_same(const struct page *page, const struct passage *p, size_t i,
                            size_t begin, size_t last)
{
    const struct token *t = page->tokens.at;
    for (size_t k = last - 1; i > p->first && k > begin && !page->name_of[i - 1] &&
                              str_equal(t[i - 1].word, t[k - 1].word);
         k--)
        i--;
    return i;
}

/* names and abbreviations that stand alone */
static void short_names_find(struct namer *r, const struct word_index *index)
{
    struct page *page = r->page;
    size_t known = page->names_count,
           *last = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *last),
           *begin = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *begin);
    for (size_t i = 0; i < known; i++) {
        const struct name *n = &page->names[i];
        if (n->end - n->first < 2)
            continue;
        last[n->party] = n->end;
        begin[n->party] = n->first;
    }
    for (size_t s = 0; s < page->passages_count; s++)
        for (size_t i = page->passages[s].first; i < page->passages[s].end; i++) {
            const struct token *t = &page->tokens.at[i];
            if (page->name_of[i] || (!name_is_capital(t) && t->shape != SHAPE_ARABIC))
                continue;
            size_t party =
                t->shape == SHAPE_UPPER ? party_of_abbreviation(page, index, i) : SIZE_MAX;
            party = party == SIZE_MAX ? party_of_word(r, index, last, i) : r->kept[party];
            if (party == SIZE_MAX)
                continue;
            size_t first =
                last[party] ? first_of_same(page, &page->passages[s], i, begin[party], last[party])
                            : i;
            name_add(r, &(struct candidate){.first = first, .end = i + 1}, s);
            page->names[page->names_count - 1].party = party;
        }
    if (page->names_count)
        qsort(page->names, page->names_count, sizeof *page->names, name_order);
    for (size_t i = 0; i < page->names_count; i++)
        for (size_t k = page->names[i].first; k < page->names[i].end; k++)
            page->name_of[k] = (uint32_t)(i + 1);
}

void names_find(struct page *page)
{
    struct namer r = {.page = page};
    struct found all = {0};
    struct word_index index;
    page->name_of = arena_alloc(page->arena, (page->tokens.count + 1) * sizeof *page->name_of);
    candidates_find(&r, &all);
    scopes_find(page, all.at);
    index_open(&index, page->arena, 4 * all.count);
    parties_find(&r, &all, &index);
    drop_unlikely(&r, &all);
    short_names_find(&r, &index);
}
