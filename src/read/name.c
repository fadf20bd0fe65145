#include "read/page_int.h"

enum { NAME_LIMIT = 14, PERSON_LIMIT = 5 };

struct namer {
    struct page *page;
    size_t room, party_room;
};

/* A candidate while it is being read. */
struct candidate {
    size_t first, end;
    bool organisation;
    struct str role;
};

static bool capital(const struct token *t)
{
    return t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER;
}

static bool hyphen(const struct tokens *t, size_t i)
{
    return token_is_mark(t, i, '-') && !t->at[i].spaced && i + 1 < t->count && !t->at[i + 1].spaced;
}

static bool is_place(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_PLACE & 1) != 0;
}

static bool is_common(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_COMMON & 1) != 0;
}

static bool is_given(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_GIVEN & 1) != 0;
}

/* a word of a name that is no month, nation, title or small word */
static bool names_somebody(const struct tokens *t, size_t i)
{
    static const enum word_class others[] = {WORD_COMMON,      WORD_PLACE,      WORD_DETERMINER,
                                             WORD_PREPOSITION, WORD_PRONOUN,    WORD_CONJUNCTION,
                                             WORD_AUXILIARY,   WORD_ADVERB,     WORD_CLAUSE,
                                             WORD_NEGATION,    WORD_ORGANISATION, WORD_NUMBER,
                                             WORD_EVENT,       WORD_SAY,         WORD_LIFE};
    if (!capital(&t->at[i]))
        return false;
    if (is_given(t, i))
        return true;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (t->at[i].classes >> others[k] & 1)
            return false;
    return true;
}

static bool institution_at(const struct tokens *t, size_t i, size_t limit,
                           const struct entry **entry, size_t *end)
{
    if (!token_is(t, i, WORD_INSTITUTION, entry, end) || *end > limit)
        return false;
    if ((*entry)->upper)
        return t->at[i].shape == SHAPE_UPPER;
    bool capitals = (*entry)->kind == KIND_COMMON;
    for (size_t k = i; k < *end; k++)
        capitals |= capital(&t->at[k]);
    return capitals;
}

/* an organisation's name from its first capital on, over "of", "for" and the like */
static bool organisation_at(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i, known = 0;
    bool keyword = false, other = false;
    out->role = STR_NONE;
    if (token_is_before(t, i, WORD_ORGANISATION_TITLE, &entry, NULL)) {
        keyword = true;
        out->role = entry->value;
    }
    if (institution_at(t, i, limit, &entry, &known)) {
        out->role = entry->value;
        end = known;
        keyword = true;
    }
    for (size_t k = end; k < limit && k < i + NAME_LIMIT;) {
        size_t link_end = 0;
        if (k > i && keyword && capital(&t->at[k]) &&
            (is_given(t, k) || (token_is(t, k, WORD_TITLE, NULL, NULL) &&
                                !token_is(t, k - 1, WORD_LINK, NULL, NULL))) &&
            !token_is(t, k, WORD_ORGANISATION, NULL, NULL))
            break;
        if (capital(&t->at[k]) && !page->date_of[k]) {
            if (token_is(t, k, WORD_ORGANISATION, &entry, NULL)) {
                keyword = true;
                if (!out->role.len)
                    out->role = entry->value;
            } else {
                other = true;
            }
            end = ++k;
            if (t->at[k - 1].possessive && keyword && !(k < limit && capital(&t->at[k])))
                break;
            continue;
        }
        bool link = token_is(t, k, WORD_LINK, NULL, &link_end) && link_end < limit && end > i;
        bool joined = hyphen(t, k) || (token_is_mark(t, k, '/') && !t->at[k].spaced);
        if (joined)
            link_end = k + 1;
        while (link && link_end < limit && token_is(t, link_end, WORD_LINK, NULL, NULL) &&
               link_end < k + 3)
            link_end++;
        if (!(link || joined) || link_end >= limit || !capital(&t->at[link_end]) ||
            page->date_of[link_end])
            break;
        bool joins_places = page_particle(page, k, "and") || page_particle(page, k, "from");
        if (joins_places && (!keyword || is_place(t, link_end) || is_given(t, link_end)) &&
            !(page_particle(page, k, "from") && keyword && is_place(t, link_end)))
            break;
        if (joins_places && page_particle(page, k, "and") &&
            token_is(t, link_end, WORD_INSTITUTION, NULL, NULL))
            break;
        k = link_end;
    }
    out->first = i;
    out->end = end;
    out->organisation = true;
    return keyword && (known || (other && end > i + 1));
}

static bool well_known(const struct tokens *t, size_t i, size_t limit, struct candidate *out)
{
    const struct entry *entry = NULL;
    size_t end = i;
    if (!token_is(t, i, WORD_PERSON, &entry, &end) || end > limit)
        return false;
    *out = (struct candidate){i, end, false, entry->value};
    return true;
}

static bool person_at(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    size_t end = i, words = 0;
    bool given = false;
    if (token_is(t, i, WORD_TITLE, NULL, NULL) && !is_given(t, i))
        return false;
    while (end < limit && words < PERSON_LIMIT) {
        if (page->date_of[end] || !names_somebody(t, end)) {
            bool particle = words && end + 1 < limit && t->at[end].shape == SHAPE_LOWER &&
                            token_is(t, end, WORD_LINK, NULL, NULL) &&
                            !page_particle(page, end, "of") && !page_particle(page, end, "and") &&
                            !page_particle(page, end, "from") && !page_particle(page, end, "target") &&
                            names_somebody(t, end + 1);
            if (!particle)
                break;
            end++;
            continue;
        }
        given |= is_given(t, end);
        words++;
        bool stop = t->at[end].possessive;
        end++;
        if (end < limit && token_is_mark(t, end, '.') && !t->at[end].spaced &&
            t->at[end - 1].at.to - t->at[end - 1].at.from == 1)
            end++;
        if (end < limit && hyphen(t, end) && capital(&t->at[end + 1]))
            end++;
        if (stop)
            break;
    }
    const struct entry *title = NULL;
    bool titled = token_is_before(t, i, WORD_TITLE, &title, NULL);
    *out = (struct candidate){.first = i, .end = end, .role = titled ? title->value : STR_NONE};
    struct candidate known;
    bool single = words <= 1 && well_known(t, i, limit, &known);
    if (single)
        *out = known;
    if (words >= 2)
        return given || titled || words <= 3;
    return single || (words == 1 && titled && t->at[i].shape == SHAPE_CAPITAL &&
                      t->at[i].at.to - t->at[i].at.from > 2);
}

/* Persian and its like: no capitals, so a title, a known given name or a known organisation */
static bool name_word(const struct page *page, size_t i, size_t limit)
{
    static const enum word_class others[] = {
        WORD_VERB,   WORD_PREPOSITION, WORD_CONJUNCTION, WORD_PRONOUN, WORD_DETERMINER,
        WORD_SAY,    WORD_NUMBER,      WORD_EVENT,       WORD_CLAUSE,  WORD_PART,
        WORD_ADVERB, WORD_TITLE,       WORD_POPULATION,  WORD_UNIT,    WORD_ROLE,
        WORD_OPENS,  WORD_LIFE,        WORD_PLACE_HEAD,  WORD_BOUND,   WORD_COUNTER};
    const struct tokens *t = &page->tokens;
    if (i >= limit || t->at[i].shape != SHAPE_ARABIC || page->date_of[i])
        return false;
    if (is_given(t, i) || t->at[i].classes >> WORD_SURNAME & 1)
        return true;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (t->at[i].classes >> others[k] & 1)
            return false;
    return true;
}

static bool uncased_organisation(const struct page *page, size_t i, size_t limit,
                                 struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i;
    if (token_is(t, i, WORD_INSTITUTION, &entry, &end) && end <= limit) {
        *out = (struct candidate){i, end, true, entry->value};
        return true;
    }
    if (!token_is(t, i, WORD_ORGANISATION, &entry, &end) || end >= limit)
        return false;
    size_t head = end;
    while (end < limit && end < head + 6) {
        bool and = page_particle(page, end, "and") && name_word(page, end + 1, limit) &&
                   end > head && t->at[end + 1].classes >> WORD_ORGANISATION & 1;
        bool of_people = t->at[end].classes >> WORD_POPULATION & 1 &&
                         !(t->at[end].classes >> WORD_COUNTER & 1);
        if (!name_word(page, end, limit) && !and && !of_people)
            break;
        end++;
    }
    *out = (struct candidate){i, end, true, entry->value};
    return end > head;
}

static bool uncased_person(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *title = NULL;
    bool titled = token_is_before(t, i, WORD_TITLE, &title, NULL);
    size_t end = i, given = 0, title_end = i;
    if (well_known(t, i, limit, out) && !is_given(t, i))
        return true;
    if (i > 0 && token_is(t, i - 1, WORD_TITLE, NULL, &title_end) && title_end > i)
        return false;
    if (!name_word(page, i, limit) || (!titled && !is_given(t, i)))
        return false;
    while (end < limit && is_given(t, end) && end < i + 3) {
        given++;
        end++;
    }
    bool place = end < limit && is_place(t, end) && given == 0;
    if (name_word(page, end, limit) && !place && !(t->at[end].classes >> WORD_ORGANISATION & 1))
        end++;
    bool second = end < limit && (t->at[end].classes >> WORD_SURNAME & 1 ||
                                  (given && name_word(page, end, limit) && !is_place(t, end) &&
                                   page_particle(page, end + 1, "comma")));
    if (second && end > i + 1)
        end++;
    *out = (struct candidate){i, end, false, titled ? title->value : STR_NONE};
    return end > i + (given ? 1 : 0) && (given || titled);
}

/* an acronym that speaks: "CHRO documented", "according to CHRO" */
static bool acronym_at(const struct page *page, size_t i, const struct passage *p,
                       struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    size_t behind = i + 1;
    if (t->at[i].shape != SHAPE_UPPER || t->at[i].word.len < 3 || is_common(t, i) || is_place(t, i))
        return false;
    while (behind < p->end && behind < i + 3 && token_is(t, behind, WORD_AUXILIARY, NULL, NULL))
        behind++;
    bool speaks = behind < p->end && t->at[behind].shape == SHAPE_LOWER &&
                  token_is(t, behind, WORD_SAY, NULL, NULL);
    *out = (struct candidate){i, i + 1, true, STR_NONE};
    return speaks || token_is_before(t, i, WORD_ACCORDING, NULL, NULL);
}

static bool name_at(const struct page *page, size_t i, const struct passage *p,
                    struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    if (page->date_of[i])
        return false;
    if (t->at[i].shape == SHAPE_ARABIC)
        return uncased_organisation(page, i, p->end, out) || uncased_person(page, i, p->end, out);
    const struct entry *known = NULL;
    size_t known_end = i;
    bool institution = institution_at(t, i, p->end, &known, &known_end);
    if (p->headline) {
        *out = (struct candidate){i, known_end, true, institution ? known->value : STR_NONE};
        return institution || (is_given(t, i) && person_at(page, i, p->end, out) &&
                               out->end - i <= 3);
    }
    if (institution && organisation_at(page, i, p->end, out))
        return true;
    bool given_first = is_given(t, i) && i + 1 < p->end && capital(&t->at[i + 1]) &&
                       !token_is(t, i + 1, WORD_ORGANISATION, NULL, NULL);
    if (given_first && person_at(page, i, p->end, out))
        return true;
    if (!capital(&t->at[i]))
        return false;
    bool article = token_is(t, i, WORD_DETERMINER, NULL, NULL) ||
                   token_is(t, i, WORD_ORGANISATION_TITLE, NULL, NULL);
    if (article)
        return false;
    if (is_common(t, i) && i == p->first && !token_is(t, i, WORD_ORGANISATION, NULL, NULL) &&
        !is_given(t, i))
        return i + 1 < p->end && capital(&t->at[i + 1]) && organisation_at(page, i, p->end, out);
    return organisation_at(page, i, p->end, out) || person_at(page, i, p->end, out) ||
           acronym_at(page, i, p, out);
}

/* every word of the shorter name is in the longer, in order */
static bool is_within(const struct page *page, const struct name *small, const struct name *large)
{
    size_t k = large->first;
    for (size_t i = small->first; i < small->end; i++) {
        while (k < large->end &&
               !str_equal(page->tokens.at[i].word, page->tokens.at[k].word))
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
        if (t->at[k].shape == SHAPE_UPPER && token_is_mark(t, k + 1, ')') &&
            t->at[k].word.len >= 2)
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
    } *links;
    size_t count, room;
};

enum { CHAIN_LIMIT = 64 };

static uint64_t word_hash(struct str word)
{
    return lexicon_hash(LEXICON_HASH_START, word);
}

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
        uint64_t hash = word_hash(t->word);
        if (!index_first(index, hash) ||
            index->links[index_first(index, hash) - 1].hash != hash)
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
    bool sure = c->organisation || c->role.len > 0 || page->tokens.at[c->first].shape == SHAPE_ARABIC;
    for (size_t i = c->first; i < c->end && !sure; i++)
        sure = is_given(&page->tokens, i);
    for (size_t i = c->first; i < c->end && !sure; i++)
        if (index_holds(small, word_hash(page->tokens.at[i].word)))
            return true;
    return false;
}

static void candidates_find(struct namer *r, struct found *all)
{
    struct page *page = r->page;
    struct word_index small;
    index_open(&small, page->arena, page->tokens.count);
    index_small_words(page, &small);
    for (size_t s = 0; s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        for (size_t i = p->first; i < p->end;) {
            struct candidate c;
            if (!name_at(page, i, p, &c) || is_doubtful(page, &small, &c)) {
                i++;
                continue;
            }
            name_add(r, &c, s);
            all->at = arena_grow(page->arena, all->at, all->count, &all->room, sizeof *all->at);
            all->at[all->count++] = c;
            i = c.end;
        }
    }
}

/* the party that a name is a shorter or equal form of, or SIZE_MAX */
static size_t party_of(const struct page *page, const struct word_index *index,
                       const struct name *full_of, const struct name *n)
{
    size_t steps = 0;
    uint64_t hash = word_hash(page->tokens.at[n->end - 1].word);
    for (uint32_t at = index_first(index, hash); at && steps < CHAIN_LIMIT; steps++) {
        const struct word_link *link = &index->links[at - 1];
        if (link->hash == hash && is_within(page, n, &full_of[link->party]))
            return link->party;
        at = link->next;
    }
    return SIZE_MAX;
}

static void index_party(struct page *page, struct word_index *index, const struct name *n,
                        size_t party)
{
    for (size_t i = n->first; i < n->end; i++)
        index_add(index, page->arena, word_hash(page->tokens.at[i].word), party);
    struct str short_form = abbreviation_behind(page, n);
    if (!short_form.len || !page->parties[party].organisation)
        return;
    page->parties[party].abbreviation = short_form;
    struct tokens words;
    tokens_cut(NULL, short_form, page->arena, &words);
    index_add(index, page->arena, ~word_hash(words.at[0].word), party);
}

static size_t party_of_abbreviation(const struct page *page, const struct word_index *index,
                                    size_t token)
{
    uint64_t hash = ~word_hash(page->tokens.at[token].word);
    size_t steps = 0;
    for (uint32_t at = index_first(index, hash); at && steps < CHAIN_LIMIT; steps++) {
        if (index->links[at - 1].hash == hash)
            return index->links[at - 1].party;
        at = index->links[at - 1].next;
    }
    return SIZE_MAX;
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
    for (size_t i = 0; i < all->count; i++)
        order[i] = i;
    qsort_r(order, all->count, sizeof *order, index_of_longer, (void *)(uintptr_t)all);
    for (size_t i = 0; i < all->count; i++) {
        struct name *n = &page->names[order[i]];
        const struct candidate *c = &all->at[order[i]];
        n->party = n->end == n->first + 1 ? party_of_abbreviation(page, index, n->first) : SIZE_MAX;
        if (n->party == SIZE_MAX)
            n->party = party_of(page, index, full, n);
        if (n->party == SIZE_MAX) {
            n->party = party_add(r, n, c);
            full[n->party] = *n;
            index_party(page, index, n, n->party);
        } else if (!page->parties[n->party].role.len) {
            page->parties[n->party].role = c->role;
        }
    }
}

static int name_order(const void *a, const void *b)
{
    const struct name *l = a, *r = b;
    return l->first < r->first ? -1 : l->first > r->first;
}

/* surnames and abbreviations that stand alone */
static void short_names_find(struct namer *r, const struct word_index *index)
{
    struct page *page = r->page;
    size_t known = page->names_count, *last = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *last);
    for (size_t i = 0; i < known; i++) {
        const struct name *n = &page->names[i];
        if (n->end - n->first >= 2)
            last[n->party] = n->end;
    }
    for (size_t s = 0; s < page->passages_count; s++)
        for (size_t i = page->passages[s].first; i < page->passages[s].end; i++) {
            const struct token *t = &page->tokens.at[i];
            if (page->name_of[i] || (!capital(t) && t->shape != SHAPE_ARABIC))
                continue;
            size_t party = t->shape == SHAPE_UPPER ? party_of_abbreviation(page, index, i) : SIZE_MAX;
            uint64_t hash = word_hash(t->word);
            size_t steps = 0;
            for (uint32_t at = index_first(index, hash); at && party == SIZE_MAX && steps < CHAIN_LIMIT; steps++) {
                const struct word_link *link = &index->links[at - 1];
                bool surname = link->hash == hash && !page->parties[link->party].organisation &&
                               last[link->party] &&
                               str_equal(page->tokens.at[last[link->party] - 1].word, t->word);
                if (surname)
                    party = link->party;
                at = link->next;
            }
            if (party == SIZE_MAX)
                continue;
            name_add(r, &(struct candidate){.first = i, .end = i + 1}, s);
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
    index_open(&index, page->arena, 4 * all.count);
    parties_find(&r, &all, &index);
    short_names_find(&r, &index);
}
