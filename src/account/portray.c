#include <stdlib.h>
#include <unicode/uchar.h>

#include "account/bearer_int.h"
#include "text/edtf.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { COMPANIONS_MOST = 40, TITLE_WORDS = 6, LINK_LETTERS = 3, YEARS_MOST = 130, YEAR_DAYS = 365 };

const struct sentence *sentence_at(const struct bearer_text *t, struct span at)
{
    size_t low = 0, high = t->sentences_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->sentences[middle].at.to <= at.from)
            low = middle + 1;
        else
            high = middle;
    }
    bool within = low < t->sentences_count && t->sentences[low].at.from <= at.from;
    return within ? &t->sentences[low] : NULL;
}

/* ---- statements ---- */

static void event_tell(struct portrait *p, const struct life_event *e)
{
    static const struct {
        const char *event;
        enum trait trait;
    } dated[] = {{"arrested", TRAIT_ARREST}, {"killed", TRAIT_DEATH},  {"executed", TRAIT_DEATH},
                 {"died", TRAIT_DEATH},      {"hearing", TRAIT_TRIAL}, {"tried", TRAIT_TRIAL},
                 {"sentenced", TRAIT_TRIAL}};
    static const struct {
        const char *detail;
        enum trait trait;
    } details[] = {{"prison", TRAIT_PRISON}, {"court", TRAIT_COURT},
                   {"branch", TRAIT_BRANCH}, {"judge", TRAIT_JUDGE},
                   {"charge", TRAIT_CHARGE}, {"sentence", TRAIT_SENTENCE}};
    for (size_t i = 0; i < COUNT_OF(dated); i++)
        if (str_equal(e->event, str_of(dated[i].event)))
            portrait_tell(p, dated[i].trait, e->date);
    for (size_t i = 0; i < e->details_count; i++)
        for (size_t k = 0; k < COUNT_OF(details); k++)
            if (str_equal(e->details[i].name, str_of(details[k].detail)))
                portrait_tell(p, details[k].trait, e->details[i].value);
    portrait_tell(p, TRAIT_PLACE, e->place);
}

/* Who is so old on that day was born in the year before the day so many years earlier. */
static void age_tell(struct portrait *p, const struct statement_view *view)
{
    int64_t age, first, last;
    struct fault why;
    const struct fact *f = &view->statement.fact;
    if (!str_to_int(f->value, &age) || age < 0 || age > YEARS_MOST ||
        !view->document_published.len ||
        edtf_range(view->document_published, &first, &last, &why) != OK)
        return;
    int64_t born = age * 36525 / 100;
    portrait_tell_days(p, TRAIT_BIRTH, f->value, first - born - YEAR_DAYS, last - born);
}

static void fact_tell(struct portrait *p, const struct statement_view *view)
{
    static const struct {
        const char *property;
        enum trait trait;
    } told[] = {{"role", TRAIT_ROLE},       {"birth_date", TRAIT_BIRTH},
                {"father", TRAIT_FATHER},   {"nationality", TRAIT_NATIONALITY},
                {"post", TRAIT_POST},       {"occupation", TRAIT_OCCUPATION},
                {"residence", TRAIT_PLACE}, {"relation", TRAIT_RELATIVE}};
    const struct fact *f = &view->statement.fact;
    if (str_equal(f->property, STR("also_called")))
        portrait_name(p, f->value);
    if (str_equal(f->property, STR("age")))
        age_tell(p, view);
    for (size_t i = 0; i < COUNT_OF(told); i++)
        if (str_equal(f->property, str_of(told[i].property)) &&
            !(told[i].trait == TRAIT_ROLE && str_equal(f->value, STR("other"))))
            portrait_tell(p, told[i].trait, f->value);
}

static void statements_tell(struct bearer *b)
{
    for (size_t i = 0; i < b->named.views_count; i++) {
        const struct statement_view *view = b->named.views[i];
        if (view->statement.form == FORM_LIFE_EVENT)
            event_tell(&b->portrait, &view->statement.life_event);
        else
            fact_tell(&b->portrait, view);
    }
}

/* ---- the words before a name ---- */

static bool has_capital(struct str word)
{
    size_t size;
    return word.len && u_isupper((UChar32)utf8_at(word, 0, &size));
}

static bool is_gap(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] != ' ' && s.at[i] != '\n' && s.at[i] != '\r' && s.at[i] != '-')
            return false;
    return true;
}

/* "of", "for" within a title: short words in small letters */
static bool is_link(struct str word)
{
    return word.len <= LINK_LETTERS && !has_capital(word);
}

static bool is_possessive(struct str word)
{
    return str_ends(word, STR("'s")) || str_ends(word, STR("’s"));
}

struct title_words {
    struct word at[TITLE_WORDS];
    size_t count;
    bool opens; /* the sentence */
};

/* Words with a capital right before `end`, and links between them. */
static void title_find(struct str before, struct title_words *out)
{
    struct word w;
    size_t next = 0;
    bool open = false;
    out->count = 0;
    while (word_next(before, &next, &w)) {
        struct str word = str_slice(before, w.from, w.to);
        bool follows = out->count && is_gap(str_slice(before, out->at[out->count - 1].to, w.from));
        if (!follows || is_possessive(word) || out->count == TITLE_WORDS)
            out->count = 0;
        open = has_capital(word) && !is_possessive(word);
        if (open || (out->count && is_link(word)))
            out->at[out->count++] = w;
        else
            out->count = 0;
    }
    if (!open || !out->count || !is_gap(str_slice(before, out->at[out->count - 1].to, before.len)))
        out->count = 0;
}

/* "Justice Minister" before "A. B.", its honorifics left out: two words and more, or one that does
 * not open the sentence */
static void title_tell(const struct bearer_text *t, struct bearer *b, struct span at)
{
    const struct sentence *s = sentence_at(t, at);
    struct title_words title;
    struct spelling spelt;
    struct buf words;
    if (!s || s->at.from >= at.from)
        return;
    struct str before = str_slice(t->text, s->at.from, at.from);
    title_find(before, &title);
    if (!title.count || (title.count == 1 && !title.at[0].from))
        return;
    buf_init(&words, SIZE_MAX / 4);
    for (size_t i = 0; i < title.count; i++) {
        struct str word = str_slice(before, title.at[i].from, title.at[i].to);
        spelling_of(word, SPELLING_NAME, &spelt);
        if (spelt.words && spelt.particles[0] == PARTICLE_DROP)
            continue;
        buf_print(&words, "%s%.*s", words.len ? " " : "", STR_ARG(word));
    }
    if (words.len)
        portrait_tell(&b->portrait, TRAIT_POST, arena_copy(b->portrait.arena, buf_str(&words)));
    buf_release(&words);
}

/* ---- who is named with whom ---- */

static bool is_own_name(const struct portrait *p, struct str name)
{
    for (size_t i = 0; i < p->names_count; i++)
        if (fold_equal(p->names[i].written, name))
            return true;
    return false;
}

static void companion_tell(struct bearer *b, const struct bearer *other)
{
    if (!is_own_name(&b->portrait, other->named.name) && other->named.views_count &&
        !portrait_is_lone(&other->portrait))
        portrait_tell(&b->portrait, TRAIT_COMPANION, other->named.name);
}

/* Somebody in one sentence, or in one event. */
struct present {
    size_t place; /* where the sentence begins; of an event, where its quote ends */
    struct str event;
    size_t bearer;
};

struct company {
    struct present *all;
    size_t count, room;
    struct arena *arena;
};

static void present_add(struct company *c, size_t place, struct str event, size_t bearer)
{
    c->all = arena_grow(c->arena, c->all, c->count, &c->room, sizeof *c->all);
    c->all[c->count++] = (struct present){place, event, bearer};
}

static int compare_occasions(const struct present *a, const struct present *b)
{
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return str_compare(a->event, b->event);
}

static int compare_present(const void *left, const void *right)
{
    const struct present *a = left, *b = right;
    int order = compare_occasions(a, b);
    return order ? order : (a->bearer > b->bearer) - (a->bearer < b->bearer);
}

static void present_collect(struct company *c, const struct bearer_text *t, size_t at)
{
    const struct named *n = &t->bearers[at].named;
    for (size_t i = 0; i < n->mentions_count; i++) {
        const struct sentence *s = sentence_at(t, n->mentions[i].at);
        if (s)
            present_add(c, s->at.from, STR_NONE, at);
    }
    for (size_t i = 0; i < n->views_count; i++)
        if (n->views[i]->statement.form == FORM_LIFE_EVENT)
            present_add(c, n->views[i]->statement.quote.to, n->views[i]->statement.life_event.event,
                        at);
}

/* A sentence that names more than COMPANIONS_MOST is a list, and says nothing of who goes with
 * whom.
 */
static void companions_tell(const struct bearer_text *t)
{
    struct arena arena;
    struct company c = {.arena = &arena};
    arena_init(&arena);
    for (size_t i = 0; i < t->count; i++)
        present_collect(&c, t, i);
    if (c.count)
        qsort(c.all, c.count, sizeof *c.all, compare_present);
    for (size_t i = 0, end; i < c.count; i = end) {
        for (end = i + 1; end < c.count && !compare_occasions(&c.all[i], &c.all[end]);)
            end++;
        for (size_t a = i; a < end && end - i <= COMPANIONS_MOST; a++)
            for (size_t k = i; k < end; k++)
                if (c.all[a].bearer != c.all[k].bearer)
                    companion_tell(&t->bearers[c.all[a].bearer], &t->bearers[c.all[k].bearer]);
    }
    arena_release(&arena);
}

/* ---- all of it ---- */

static uint64_t number_of(const struct hash *h)
{
    uint64_t out;
    memcpy(&out, h->bytes, sizeof out);
    return out;
}

void bearers_portray(const struct bearer_text *t, struct arena *arena)
{
    for (size_t i = 0; i < t->count; i++) {
        struct bearer *b = &t->bearers[i];
        struct hash address = bearer_address(b);
        portrait_begin(&b->portrait, arena, number_of(&b->text), number_of(&address));
        portrait_name(&b->portrait, b->named.name);
        statements_tell(b);
        for (size_t k = 0; k < b->named.mentions_count; k++)
            title_tell(t, b, b->named.mentions[k].at);
    }
    companions_tell(t);
    for (size_t i = 0; i < t->count; i++)
        portrait_end(&t->bearers[i].portrait);
}
