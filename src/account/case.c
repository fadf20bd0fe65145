#include "account/case.h"

#include "account/value.h"
#include "text/edtf.h"
#include "store/stays.h"
#include "text/fold.h"

static int trust_rank(const struct statement_view *view)
{
    return view->undecided ? 2 : view->state != VIEW_ACCEPTED;
}

static bool is_before(const struct statement_view *a, const struct statement_view *b)
{
    int order = trust_rank(a) - trust_rank(b);
    return order ? order < 0 : hash_compare(&a->id, &b->id) < 0;
}

static size_t documents_of(const struct statement_view *const *views, size_t count)
{
    size_t documents = 0;
    for (size_t i = 0; i < count; i++) {
        size_t known = 0;
        while (known < i && !hash_equal(&views[known]->document, &views[i]->document))
            known++;
        documents += known == i;
    }
    return documents;
}

/* ---- spellings ---- */

struct naming {
    struct str name;
    const struct statement_view *view;
};

static int compare_namings(const void *left, const void *right)
{
    const struct naming *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order)
        return order;
    return is_before(a->view, b->view) ? -1 : is_before(b->view, a->view);
}

static void find_spellings(struct case_account *c, struct arena *arena)
{
    const struct case_person *p = c->person;
    struct naming *all = arena_alloc(arena, p->views_count * sizeof *all);
    const struct statement_view **views = arena_alloc(arena, p->views_count * sizeof *views);
    size_t end;
    for (size_t i = 0; i < p->views_count; i++) {
        struct mention at;
        all[i].view = p->views[i];
        if (!mention_of_view(p->views[i], &at, &all[i].name))
            bug("a view about nobody");
    }
    qsort(all, p->views_count, sizeof *all, compare_namings);
    c->spellings = arena_alloc(arena, p->views_count * sizeof *c->spellings);
    for (size_t i = 0; i < p->views_count; i = end) {
        for (end = i; end < p->views_count && str_equal(all[end].name, all[i].name); end++)
            views[end - i] = all[end].view;
        c->spellings[c->spellings_count++] =
            (struct case_spelling){all[i].name, all[i].view, documents_of(views, end - i)};
    }
}

static bool is_of(const struct case_person *p, const struct mention *m)
{
    for (size_t i = 0; i < p->mentions_count; i++)
        if (mentions_overlap(&p->mentions[i], m))
            return true;
    return false;
}

static void find_joins(struct case_account *c, const struct case_around *around,
                       struct arena *arena)
{
    size_t room = 0;
    for (size_t i = 0; i < around->pairs_count && c->person->decided; i++) {
        const struct mention_pair *pair = &around->pairs[i].decided.pair;
        if (!is_of(c->person, &pair->left) && !is_of(c->person, &pair->right))
            continue;
        c->joins = arena_grow(arena, c->joins, c->joins_count, &room, sizeof *c->joins);
        c->joins[c->joins_count++] = &around->pairs[i];
    }
}

/* ---- facts ---- */

static int compare_facts(const void *left, const void *right)
{
    const struct statement_view *a = *(const struct statement_view *const *)left;
    const struct statement_view *b = *(const struct statement_view *const *)right;
    int order = str_compare(a->statement.fact.property, b->statement.fact.property);
    if (!order)
        order = str_compare(a->statement.fact.value, b->statement.fact.value);
    if (order)
        return order;
    return is_before(a, b) ? -1 : is_before(b, a);
}

static void find_facts(struct case_account *c, struct arena *arena)
{
    const struct case_person *p = c->person;
    const struct statement_view **all = arena_alloc(arena, (p->views_count + 1) * sizeof *all);
    size_t count = 0, end;
    for (size_t i = 0; i < p->views_count; i++)
        if (p->views[i]->statement.form == FORM_FACT)
            all[count++] = p->views[i];
    if (count)
        qsort(all, count, sizeof *all, compare_facts);
    c->facts = arena_alloc(arena, (count + 1) * sizeof *c->facts);
    for (size_t i = 0; i < count; i = end) {
        const struct fact *f = &all[i]->statement.fact;
        for (end = i + 1; end < count &&
                          str_equal(all[end]->statement.fact.property, f->property) &&
                          str_equal(all[end]->statement.fact.value, f->value);)
            end++;
        c->facts[c->facts_count++] = (struct case_fact){f->property, f->value, &all[i], end - i,
                                                        documents_of(&all[i], end - i)};
    }
}

/* ---- charges ---- */

static void find_charges(struct case_account *c, const struct case_rules *rules,
                         struct arena *arena)
{
    const struct case_person *p = c->person;
    size_t room = 0;
    for (size_t i = 0; i < p->views_count; i++) {
        const struct statement *s = &p->views[i]->statement;
        struct str text =
            s->form == FORM_LIFE_EVENT ? case_detail(&s->life_event, STR("charge")) : STR_NONE;
        if (!text.len)
            continue;
        c->charges = arena_grow(arena, c->charges, c->charges_count, &room, sizeof *c->charges);
        struct case_charge *charge = &c->charges[c->charges_count++];
        *charge = (struct case_charge){.text = text, .view = p->views[i]};
        charge->laws_count = case_charges(rules, arena, text, charge->laws, COUNT_OF(charge->laws));
    }
}

/* ---- others named with them ---- */

static bool quotes_meet(const struct statement *a, const struct statement *b)
{
    return a->quote.from < b->quote.to && b->quote.from < a->quote.to;
}

/* one event, in the same words of one text */
static bool is_shared(const struct statement *own, const struct statement *other)
{
    return other->form == FORM_LIFE_EVENT && hash_equal(&own->text, &other->text) &&
           str_equal(own->life_event.event, other->life_event.event) && quotes_meet(own, other);
}

static const struct case_person *find_person(const struct case_around *around,
                                             const struct statement_view *view)
{
    struct mention at;
    struct str name;
    if (!mention_of_view(view, &at, &name))
        return NULL;
    for (size_t i = 0; i < around->people_count; i++)
        for (size_t k = 0; k < around->people[i].mentions_count; k++)
            if (mention_compare(&around->people[i].mentions[k], &at) == 0)
                return &around->people[i];
    return NULL;
}

static void add_companion(struct case_account *c, const struct case_companion *one, size_t *room,
                          struct arena *arena)
{
    for (size_t i = 0; i < c->companions_count; i++) {
        if (!hash_equal(&c->companions[i].person->address, &one->person->address))
            continue;
        if (is_before(one->view, c->companions[i].view))
            c->companions[i] = *one;
        return;
    }
    c->companions =
        arena_grow(arena, c->companions, c->companions_count, room, sizeof *c->companions);
    c->companions[c->companions_count++] = *one;
}

static bool is_own(const struct case_person *p, const struct statement_view *view)
{
    for (size_t i = 0; i < p->views_count; i++)
        if (hash_equal(&p->views[i]->id, &view->id))
            return true;
    return false;
}

static int compare_companions(const void *left, const void *right)
{
    const struct case_companion *a = left, *b = right;
    int order = str_compare(a->person->name, b->person->name);
    return order ? order : hash_compare(&a->view->id, &b->view->id);
}

static void find_companions(struct case_account *c, const struct case_rules *rules,
                            const struct case_around *around, struct arena *arena)
{
    const struct case_person *p = c->person;
    size_t room = 0;
    for (size_t i = 0; i < p->views_count; i++) {
        const struct statement_view *own = p->views[i];
        const struct case_rule *rule = own->statement.form == FORM_LIFE_EVENT
                                           ? case_rule_of(rules, &own->statement.life_event)
                                           : NULL;
        for (size_t k = 0; rule && rule->together && k < around->views_count; k++) {
            const struct statement_view *other = &around->views[k];
            if (!is_shared(&own->statement, &other->statement) || statement_is_rejected(other) ||
                is_own(p, other))
                continue;
            const struct case_companion one = {find_person(around, other), other, own};
            if (one.person && !hash_equal(&one.person->address, &p->address))
                add_companion(c, &one, &room, arena);
        }
    }
    if (c->companions_count)
        qsort(c->companions, c->companions_count, sizeof *c->companions, compare_companions);
}

/* ---- what is missing ---- */

static bool is_listed(struct str names, struct str name)
{
    struct str one;
    while (str_cut(&names, '|', &one))
        if (str_equal(one, name))
            return true;
    return false;
}

static bool has_field(const struct life_event *e, struct str field)
{
    const struct str values[] = {e->date, e->place, e->body};
    static const char *const names[] = {"date", "place", "body"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(field, str_of(names[i])))
            return values[i].len > 0;
    return true;
}

static bool has_detail(const struct life_event *e, struct str names)
{
    for (size_t i = 0; i < e->details_count; i++)
        if (is_listed(names, e->details[i].name))
            return true;
    return false;
}

static bool gives(const struct statement *s, const struct case_need *need)
{
    if (need->form == NEED_FACT)
        return s->form == FORM_FACT && is_listed(need->names, case_label(s->fact.property));
    if (s->form != FORM_LIFE_EVENT)
        return false;
    return need->form == NEED_DETAIL ? has_detail(&s->life_event, need->names)
                                     : is_listed(need->names, case_label(s->life_event.event)) &&
                                           has_field(&s->life_event, need->field);
}

static bool puts_somewhere(const struct case_history *h)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->at[i].acts)
            return true;
    return false;
}

static void find_missing(struct case_account *c, const struct case_rules *rules,
                         struct arena *arena)
{
    c->missing = arena_alloc(arena, (rules->needs_count + 1) * sizeof *c->missing);
    for (size_t i = 0; c->stands && i < rules->needs_count; i++) {
        bool given = false;
        for (size_t k = 0; k < c->person->views_count && !given; k++)
            given = gives(&c->person->views[k]->statement, &rules->needs[i]);
        if (!given)
            c->missing[c->missing_count++] = &rules->needs[i];
    }
}

/* ---- all of it ---- */

static void find_coming(struct case_account *c, struct arena *arena)
{
    c->coming = arena_alloc(arena, (c->all.count + 1) * sizeof *c->coming);
    for (size_t i = 0; i < c->all.count; i++)
        if (c->all.at[i].dated == DATED_STATED && c->all.at[i].first > c->day)
            c->coming[c->coming_count++] = &c->all.at[i];
}

static uint32_t states_of(const struct case_standing *s)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s->count; i++)
        set |= UINT32_C(1) << s->at[i].state;
    return set;
}

void case_account_make(const struct case_rules *rules, const struct case_person *person,
                       const struct case_around *around, int64_t day, struct arena *arena,
                       struct case_account *c)
{
    *c = (struct case_account){.person = person, .day = day};
    find_spellings(c, arena);
    find_joins(c, around, arena);
    find_facts(c, arena);
    case_history_make(rules, person->views, person->views_count, CASE_DECIDED, arena, &c->decided);
    case_history_make(rules, person->views, person->views_count, CASE_PROPOSED, arena, &c->all);
    case_standing_on(&c->decided, day, &c->standing);
    case_standing_on(&c->all, day, &c->proposed);
    c->proposals_differ = states_of(&c->standing) != states_of(&c->proposed);
    c->stands = puts_somewhere(&c->all);
    c->doubts = case_doubts(&c->all, arena, &c->doubts_count);
    c->spells = case_spells(&c->all, day, arena, &c->spells_count);
    c->terms = case_terms(&c->all, arena, &c->terms_count);
    c->running = case_running(&c->all, day, arena, &c->running_count);
    find_coming(c, arena);
    find_charges(c, rules, arena);
    find_companions(c, rules, around, arena);
    find_missing(c, rules, arena);
}

static int64_t later(int64_t a, int64_t b)
{
    return b != INT64_MAX && b > a ? b : a;
}

int64_t case_last_day(const struct case_person *person, const struct case_rules *rules,
                      struct arena *arena)
{
    struct case_history h;
    int64_t day = INT64_MIN, first, last;
    case_history_make(rules, person->views, person->views_count, CASE_PROPOSED, arena, &h);
    for (size_t i = 0; i < h.count; i++)
        if (h.at[i].dated == DATED_STATED)
            day = later(day, h.at[i].last == INT64_MAX ? h.at[i].first : h.at[i].last);
    for (size_t i = 0; i < person->views_count; i++) {
        struct str published = edtf_stated(person->views[i]->document_published);
        if (published.len && edtf_range(published, &first, &last, NULL) == OK)
            day = later(day, last);
    }
    return day;
}

/* ---- what the archive has ---- */

static void find_people(struct case_record *record, struct arena *arena)
{
    struct decided_pair *decided = arena_alloc(arena, (record->pairs_count + 1) * sizeof *decided);
    for (size_t i = 0; i < record->pairs_count; i++)
        decided[i] = record->pairs[i].decided;
    struct persons persons = persons_of(decided, record->pairs_count, arena);
    case_people_make(record->views, record->views_count, &persons, arena, &record->people,
                     &record->people_count);
}

enum outcome case_record_read(struct archive *archive, struct arena *arena, struct case_record *out,
                              struct fault *why)
{
    struct statement_filter filter = {.lives = true, .rejected = true};
    *out = (struct case_record){0};
    enum outcome result =
        archive_statements(archive, &filter, arena, &out->views, &out->views_count, why);
    if (result == OK)
        result = archive_decided_pairs(archive, arena, &out->pairs, &out->pairs_count, why);
    if (result == OK)
        find_people(out, arena);
    return result;
}

enum outcome case_record_about(struct archive *archive, const struct hash_list *seeds,
                               struct arena *arena, struct case_record *out, struct fault *why)
{
    struct case_statements found;
    *out = (struct case_record){0};
    enum outcome result =
        archive_case_statements(archive, seeds->at, seeds->count, arena, &found, why);
    if (result != OK)
        return result;
    out->views = found.views;
    out->views_count = found.count;
    out->pairs = found.pairs;
    out->pairs_count = found.pairs_count;
    find_people(out, arena);
    return OK;
}

static bool is_about(const struct case_person *p, const struct hash *statement)
{
    for (size_t i = 0; i < p->views_count; i++)
        if (hash_equal(&p->views[i]->id, statement))
            return true;
    return false;
}

static enum outcome find_place(const struct case_record *record, const struct hash_list *seeds,
                               size_t *place, struct fault *why)
{
    for (size_t i = 0; i < seeds->count; i++)
        for (*place = 0; *place < record->people_count; ++*place)
            if (is_about(&record->people[*place], &seeds->at[i]))
                return OK;
    return refuse(why, NOT_FOUND, "nobody on record is meant by it");
}

/* statements that quote the same words as those of the person that others share */
static enum outcome find_shared(struct archive *archive, const struct case_rules *rules,
                                const struct case_person *person, struct arena *arena,
                                struct hash_list *seeds, struct fault *why)
{
    size_t room = 0, count;
    enum outcome result = OK;
    for (size_t i = 0; i < person->views_count && result == OK; i++) {
        const struct statement *s = &person->views[i]->statement;
        const struct case_rule *rule =
            s->form == FORM_LIFE_EVENT ? case_rule_of(rules, &s->life_event) : NULL;
        struct statement_filter filter = {.by_form = true,
                                          .form = FORM_LIFE_EVENT,
                                          .text = &s->text,
                                          .about = &s->quote,
                                          .about_count = 1};
        struct statement_view *views;
        if (!rule || !rule->together)
            continue;
        result = archive_statements(archive, &filter, arena, &views, &count, why);
        for (size_t k = 0; result == OK && k < count; k++) {
            seeds->at = arena_grow(arena, seeds->at, seeds->count, &room, sizeof *seeds->at);
            seeds->at[seeds->count++] = views[k].id;
        }
    }
    return result;
}

enum outcome case_record_of(struct archive *archive, const struct case_rules *rules,
                            const struct hash_list *statements, struct arena *arena,
                            struct case_record *out, size_t *place, struct fault *why)
{
    struct hash_list seeds = {0};
    enum outcome result = case_record_about(archive, statements, arena, out, why);
    if (result == OK)
        result = find_place(out, statements, place, why);
    if (result == OK)
        result = find_shared(archive, rules, &out->people[*place], arena, &seeds, why);
    if (result != OK || !seeds.count)
        return result;
    const struct case_person *person = &out->people[*place];
    struct hash_list all = {arena_alloc(arena, (seeds.count + 1) * sizeof *all.at),
                            seeds.count + 1};
    all.at[0] = person->views[0]->id;
    memcpy(all.at + 1, seeds.at, seeds.count * sizeof *all.at);
    result = case_record_about(archive, &all, arena, out, why);
    return result == OK ? find_place(out, &all, place, why) : result;
}

enum outcome case_candidates(struct archive *archive, struct str asked, bool by_name,
                             struct arena *arena, struct case_record *out, struct fault *why)
{
    struct hash_list seeds = {0};
    struct str folded = by_name ? fold_text(arena, asked) : STR_NONE;
    enum outcome result = by_name
                              ? archive_name_statements(archive, folded, true, arena, &seeds, why)
                              : archive_mention_statements(archive, asked, arena, &seeds, why);
    if (result == OK && by_name && !seeds.count)
        result = archive_name_statements(archive, folded, false, arena, &seeds, why);
    return result == OK ? case_record_about(archive, &seeds, arena, out, why) : result;
}
