#include "account/bodies_int.h"
#include "account/case_rules.h"
#include "text/fold.h"
#include "text/gazetteer.h"

enum { FORM_WORDS = 12 };

/* ---- names ---- */

/* The first row that is the words, or NULL; a row begins with its `form_key`. */
static const void *row_of(const void *rows, size_t count, size_t size, struct str joined)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct form_key *key = (const void *)((const char *)rows + middle * size);
        if (str_compare(key->joined, joined) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct form_key *found = (const void *)((const char *)rows + low * size);
    return low < count && str_equal(found->joined, joined) ? found : NULL;
}

static const struct body_form *form_of(const struct body_book *b, struct str joined)
{
    return row_of(b->forms, b->forms_count, sizeof *b->forms, joined);
}

static const struct official_form *official_of(const struct body_book *b, struct str joined)
{
    return row_of(b->officials, b->officials_count, sizeof *b->officials, joined);
}

struct str official_key(const struct body_book *b, struct str name, struct arena *arena)
{
    const struct official_form *known = official_of(b, words_join(name, arena).joined);
    return known ? known->official : fold_text(arena, str_trim(name));
}

const struct str *official_names(const struct body_book *b, struct str key, size_t *count)
{
    struct arena arena;
    arena_init(&arena);
    const struct official_form *known = official_of(b, words_join(key, &arena).joined);
    arena_release(&arena);
    *count = known && str_equal(known->official, key) ? known->names_count : 0;
    return *count ? known->names : NULL;
}

/* ---- which body words mean ---- */

/* Rows that words name, the longest name at each place, none inside of another. */
struct found {
    const struct body_form *at[BODY_WORDS];
    size_t count;
};

static void find_forms(const struct body_book *b, struct str words, struct arena *arena,
                       struct found *out)
{
    struct joined_words w = words_join(words, arena);
    out->count = 0;
    for (size_t from = 0, next; from < w.count; from = next) {
        size_t most = from + FORM_WORDS < w.count ? from + FORM_WORDS : w.count;
        next = from + 1;
        for (size_t to = most; to > from; to--) {
            const struct body_form *f = form_of(b, str_slice(w.joined, w.begin[from], w.begin[to]));
            if (!f)
                continue;
            out->at[out->count++] = f;
            next = to;
            break;
        }
    }
}

static bool names_whole_of(const struct found *f, const struct body_row *part)
{
    for (size_t i = 0; i < f->count; i++)
        if (!f->at[i]->within && f->at[i]->row != part && body_is_part(part, f->at[i]->row))
            return true;
    return false;
}

/* Whether a body of this kind is what the words are looked through for. */
static bool fits(const struct body_row *row, const char *kinds)
{
    struct str rest = str_of(kinds), kind;
    while (rest.len && str_cut(&rest, ' ', &kind))
        if (str_equal(kind, row->kind))
            return true;
    return !*kinds;
}

/* The one of those found that all others are wholes of; NULL when there is no such one. */
static const struct body_row *narrowest(const struct found *f, const struct found *beside,
                                        const char *kinds)
{
    const struct body_row *best = NULL;
    for (size_t i = 0; i < f->count; i++) {
        const struct body_row *row = f->at[i]->row;
        if (!fits(row, kinds))
            continue;
        if (f->at[i]->within && !names_whole_of(f, row) && !names_whole_of(beside, row))
            return NULL;
        if (!best || body_is_part(row, best))
            best = row;
        else if (!body_is_part(best, row))
            return NULL;
    }
    return best;
}

static const struct body_row *row_meant(const struct body_book *b, struct str words,
                                        struct str beside, const char *kinds, struct arena *arena)
{
    struct found f, around;
    find_forms(b, words, arena, &f);
    find_forms(b, beside, arena, &around);
    return narrowest(&f, &around, kinds);
}

/* ---- a list of them ---- */

struct named_list {
    struct body_named *at;
    size_t count;
};

static struct body_named *find_key(const struct named_list *l, struct str key)
{
    for (size_t i = 0; i < l->count; i++)
        if (str_equal(l->at[i].key, key))
            return &l->at[i];
    return NULL;
}

static void add_named(struct named_list *l, const struct body_named *one)
{
    struct body_named *known = find_key(l, one->key);
    if (known && known->part && !one->part)
        *known = *one;
    else if (!known && l->count < BODIES_MOST)
        l->at[l->count++] = *one;
}

static void add_row(struct named_list *l, const struct body_row *row, struct str written,
                    struct str branch)
{
    bool part = false;
    for (; row; row = row->part_of, part = true)
        add_named(l, &(struct body_named){.key = row->id,
                                          .kind = row->kind,
                                          .row = row,
                                          .name = part ? row->name : written,
                                          .branch = part ? STR_NONE : branch,
                                          .part = part});
}

static struct str unknown_key(struct str name, struct arena *arena)
{
    struct str joined = words_join(name, arena).joined;
    return arena_print(arena, "=%.*s", STR_ARG(joined));
}

static void add_unknown(struct named_list *l, struct str name, const char *kind,
                        struct arena *arena)
{
    if (str_trim(name).len)
        add_named(l, &(struct body_named){
                         .key = unknown_key(name, arena), .kind = str_of(kind), .name = name});
}

static void add_words(struct named_list *l, const struct body_book *b, struct str words,
                      struct str beside, const char *kinds, const char *kind, struct arena *arena)
{
    const struct body_row *row = words.len ? row_meant(b, words, beside, kinds, arena) : NULL;
    if (row)
        add_row(l, row, words, STR_NONE);
    else
        add_unknown(l, words, kind, arena);
}

/* ---- courts ---- */

static struct str first_number(struct str words, struct arena *arena)
{
    struct str folded = fold_text(arena, words);
    size_t from = 0, to;
    while (from < folded.len && (folded.at[from] < '0' || folded.at[from] > '9'))
        from++;
    for (to = from; to < folded.len && folded.at[to] >= '0' && folded.at[to] <= '9';)
        to++;
    while (to - from > 1 && folded.at[from] == '0')
        from++;
    return str_slice(folded, from, to);
}

static bool is_elsewhere(struct str place, const struct body_row *row, struct arena *arena)
{
    const struct known_place *known = place.len && row->place.len ? gazetteer_find(place) : NULL;
    bool town =
        known && (str_equal(known->kind, STR("city")) || str_equal(known->kind, STR("province")));
    return town && !str_equal(gazetteer_key(place, arena), gazetteer_key(row->place, arena));
}

static const struct body_row *branch_of(const struct body_book *b, const struct body_row *court,
                                        struct str number, struct str place, struct arena *arena)
{
    for (size_t i = 0; i < b->rows_count; i++) {
        const struct body_row *row = b->rows[i];
        if (!str_equal(row->branch, number))
            continue;
        if (row->part_of == court ||
            (str_equal(row->also, court->id) && !is_elsewhere(place, row, arena)))
            return row;
    }
    return NULL;
}

/* A branch that no table knows is one of its court, by its number or its words. */
static void add_branch(struct named_list *l, const struct body_row *court, struct str court_words,
                       struct str branch, struct arena *arena)
{
    struct str number = first_number(branch, arena);
    struct str part = number.len ? number : words_join(branch, arena).joined;
    struct str whole = court ? court->id : unknown_key(court_words, arena);
    add_named(l, &(struct body_named){
                     .key = arena_print(arena, "%.*s/%.*s", STR_ARG(whole), STR_ARG(part)),
                     .kind = STR("branch"),
                     .name = court_words,
                     .branch = branch});
    if (!court && court_words.len)
        add_named(l, &(struct body_named){
                         .key = whole, .kind = STR("court"), .name = court_words, .part = true});
    struct named_list wholes = {(struct body_named[BODIES_MOST]){{.part = false}}, 0};
    if (court)
        add_row(&wholes, court, court->name, STR_NONE);
    for (size_t i = 0; i < wholes.count; i++) {
        wholes.at[i].part = true;
        add_named(l, &wholes.at[i]);
    }
}

static void add_court(struct named_list *l, const struct body_book *b, const struct life_event *e,
                      struct arena *arena)
{
    static const char kinds[] = "court branch";
    struct str court = str_trim(case_detail(e, STR("court")));
    struct str branch = str_trim(case_detail(e, STR("branch")));
    const struct body_row *row = NULL;
    if (branch.len)
        row = row_meant(b, branch, court, kinds, arena);
    if (row && str_equal(row->kind, STR("branch"))) {
        add_row(l, row, court, branch);
        return;
    }
    if (!court.len && !branch.len)
        return;
    const struct body_row *whole = row_meant(b, court.len ? court : branch, STR_NONE, kinds, arena);
    struct str number = first_number(branch.len ? branch : court, arena);
    if (whole && number.len && !whole->branch.len) {
        const struct body_row *known = branch_of(b, whole, number, e->place, arena);
        if (known)
            add_row(l, known, court, branch);
        else
            add_branch(l, whole, court.len ? court : branch, number, arena);
    } else if (whole && (!branch.len || whole->branch.len)) {
        add_row(l, whole, court, branch);
    } else if (branch.len) {
        add_branch(l, whole, court, branch, arena);
    } else {
        add_unknown(l, court, "court", arena);
    }
}

/* ---- prisons and all others ---- */

static bool is_prison(struct str place)
{
    const struct known_place *known = place.len ? gazetteer_find(place) : NULL;
    return known && str_equal(known->kind, STR("prison"));
}

static void add_prison(struct named_list *l, const struct body_book *b, const struct life_event *e,
                       struct arena *arena)
{
    static const char kinds[] = "prison ward";
    struct str prison = case_detail(e, STR("prison")), ward = case_detail(e, STR("ward"));
    struct str beside = arena_print(arena, "%.*s | %.*s | %.*s", STR_ARG(prison), STR_ARG(e->place),
                                    STR_ARG(e->body));
    if (ward.len) {
        const struct body_row *row = row_meant(b, ward, beside, kinds, arena);
        struct str whole = prison.len ? prison : is_prison(e->place) ? e->place : STR_NONE;
        struct str words = arena_print(arena, "%.*s, %.*s", STR_ARG(whole), STR_ARG(ward));
        if (row)
            add_row(l, row, ward, STR_NONE);
        else
            add_unknown(l, whole.len ? words : ward, "ward", arena);
    }
    add_words(l, b, prison, beside, kinds, "prison", arena);
    if (is_prison(e->place))
        add_words(l, b, e->place, beside, kinds, "prison", arena);
}

size_t bodies_of_event(const struct body_book *b, const struct life_event *e, struct arena *arena,
                       struct body_named out[BODIES_MOST])
{
    struct named_list l = {out, 0};
    add_court(&l, b, e, arena);
    add_prison(&l, b, e, arena);
    add_words(&l, b, case_detail(e, STR("prosecutors_office")), STR_NONE, "prosecutors_office",
              "prosecutors_office", arena);
    add_words(&l, b, case_detail(e, STR("commission")), STR_NONE, "commission", "commission",
              arena);
    add_words(&l, b, e->body, e->place, "", "body", arena);
    return l.count;
}

bool body_of_detail(const struct body_book *b, const struct life_event *e, struct str name,
                    struct arena *arena, struct body_named *out)
{
    bool is_body = str_equal(name, STR("body")), is_branch = str_equal(name, STR("branch"));
    struct body_named all[BODIES_MOST];
    struct detail kept[2];
    struct life_event one = {.place = is_prison(e->place) ? STR_NONE : e->place, .details = kept};
    if (is_body)
        one.body = e->body;
    for (size_t i = 0; i < e->details_count && !is_body; i++)
        if (str_equal(e->details[i].name, name) ||
            (is_branch && str_equal(e->details[i].name, STR("court"))))
            kept[one.details_count++] = e->details[i];
    if (!bodies_of_event(b, &one, arena, all))
        return false;
    *out = all[0];
    return true;
}

size_t bodies_of_post(const struct body_book *b, struct str words, struct arena *arena,
                      struct body_named out[BODIES_MOST])
{
    static const char courts[] = "court branch";
    struct named_list l = {out, 0};
    struct found f, none = {.count = 0};
    find_forms(b, words, arena, &f);
    const struct body_row *court = narrowest(&f, &none, courts);
    struct str number = first_number(words, arena);
    if (court && number.len && !court->branch.len) {
        const struct body_row *branch = branch_of(b, court, number, words, arena);
        court = branch ? branch : court;
    }
    if (court)
        add_row(&l, court, words, STR_NONE);
    for (size_t i = 0; i < f.count; i++)
        if (!f.at[i]->within && !fits(f.at[i]->row, courts))
            add_row(&l, f.at[i]->row, words, STR_NONE);
    return l.count;
}

bool body_find(const struct body_book *b, struct str name, struct arena *arena,
               struct body_named *out)
{
    const struct body_row *row = body_row_of(b, name);
    if (!row) {
        const struct body_form *form = form_of(b, words_join(name, arena).joined);
        row = form && !form->within ? form->row : NULL;
    }
    if (row)
        *out =
            (struct body_named){.key = row->id, .kind = row->kind, .row = row, .name = row->name};
    return row != NULL;
}

/* ---- offices ---- */

static bool is_known(const struct body_book *b, struct str name)
{
    struct arena arena;
    arena_init(&arena);
    bool known = official_of(b, words_join(name, &arena).joined) != NULL;
    arena_release(&arena);
    return known;
}

enum office office_of(const struct body_book *b, const struct statement *s, struct str *words,
                      const struct body_row **body)
{
    bool event = s->form == FORM_LIFE_EVENT;
    *words = STR_NONE;
    *body = NULL;
    if (s->form == FORM_FIGURE || (!event && !str_equal(s->fact.subject_kind, STR("person"))))
        return OFFICE_NONE;
    struct str label = event ? case_label(s->life_event.event) : s->fact.property;
    for (size_t i = 0; i < b->rules_count; i++) {
        const struct office_rule *r = &b->rules[i];
        if (r->event != event || !str_equal(r->label, label) ||
            (r->value.len && (event || !str_equal(r->value, s->fact.value))) ||
            (r->known && !is_known(b, event ? s->life_event.person : s->fact.subject)))
            continue;
        *body = r->body;
        if (r->office == OFFICE_POST)
            *words = !event                   ? s->fact.value
                     : s->life_event.body.len ? s->life_event.body
                                              : case_detail(&s->life_event, STR("note"));
        return r->office;
    }
    return OFFICE_NONE;
}
