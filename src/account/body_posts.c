#include "account/body_account_int.h"

#include "account/value.h"
#include "store/page.h"
#include "text/edtf.h"
#include "text/fold.h"

/* ---- posts ---- */

static enum outcome read_view(struct accounting *c, const struct hash *id,
                              struct statement_view *out)
{
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    return archive_statement(c->archive, str_of(digits), c->arena, out, c->why);
}

struct posts {
    struct body_post *at;
    size_t count, room;
};

static void add_post(struct accounting *c, struct posts *p, const struct body_post *one)
{
    p->at = arena_grow(c->arena, p->at, p->count, &p->room, sizeof *p->at);
    p->at[p->count++] = *one;
}

static void add_statement(struct accounting *c, struct posts *p, const struct statement_view *view)
{
    const struct statement *s = &view->statement;
    struct body_post one = {.view = view};
    if (office_of(c->book, s, &one.post, &one.body) != OFFICE_POST)
        return;
    if (s->form == FORM_FACT) {
        one.name = s->fact.subject;
        one.since = s->fact.since;
        one.until = s->fact.until;
    } else {
        one.name = s->life_event.person;
        one.since = s->life_event.date;
    }
    one.official = body_id(official_key(c->book, one.name, c->arena), true);
    add_post(c, p, &one);
}

static bool is_claimed(const struct accounting *c, const struct body_claim *claim)
{
    if (!c->out->view.official)
        return c->out->row && claim->body && body_is_part(claim->body, c->out->row);
    struct hash id = body_id(claim->key, true);
    for (size_t i = 0; i < c->ids_count; i++)
        if (hash_equal(&c->ids[i], &id))
            return true;
    return false;
}

static void add_claims(struct accounting *c, struct posts *p)
{
    size_t count;
    const struct body_claim *claims = body_claims(c->book, &count);
    for (size_t i = 0; i < count; i++)
        if (is_claimed(c, &claims[i]))
            add_post(c, p,
                     &(struct body_post){.name = claims[i].name,
                                         .official = body_id(claims[i].key, true),
                                         .post = claims[i].post,
                                         .since = claims[i].since,
                                         .until = claims[i].until,
                                         .body = claims[i].body,
                                         .claim = &claims[i]});
}

static int compare_posts(const void *left, const void *right)
{
    const struct body_post *a = left, *b = right;
    int order = (a->claim != NULL) - (b->claim != NULL);
    if (!order)
        order = str_compare(a->name, b->name);
    if (!order)
        order = str_compare(a->since, b->since);
    if (!order)
        order = str_compare(a->post, b->post);
    if (!order && a->claim)
        return (a->claim > b->claim) - (a->claim < b->claim);
    return order || a->claim ? order : hash_compare(&a->view->id, &b->view->id);
}

/* ---- what does not fit ---- */

static bool is_backwards(const struct body_post *p)
{
    int64_t first, last, end_first, end_last;
    return edtf_range(p->since, &first, &last, NULL) == OK &&
           edtf_range(p->until, &end_first, &end_last, NULL) == OK && end_last < first;
}

/* One post of one official: in one body, or by the same words. */
static bool same_post(const struct accounting *c, const struct body_post *a,
                      const struct body_post *b)
{
    struct body_named at_a[BODIES_MOST], at_b[BODIES_MOST];
    if (!hash_equal(&a->official, &b->official))
        return false;
    if (fold_equal(a->post, b->post))
        return true;
    size_t count_a = bodies_of_post(c->book, a->post, c->arena, at_a);
    size_t count_b = bodies_of_post(c->book, b->post, c->arena, at_b);
    const struct body_row *row_a = a->claim ? a->body : count_a ? at_a[0].row : a->body;
    const struct body_row *row_b = b->claim ? b->body : count_b ? at_b[0].row : b->body;
    return row_a && row_a == row_b && !(a->claim && b->claim);
}

static void find_conflicts(struct accounting *c)
{
    struct body_account *out = c->out;
    size_t room = 0;
    for (size_t i = 0; i < out->posts_count; i++)
        for (size_t k = i; k < out->posts_count; k++) {
            const struct body_post *a = &out->posts[i], *b = &out->posts[k];
            bool wrong = i == k
                             ? is_backwards(a)
                             : (edtf_apart(a->since, b->since) || edtf_apart(a->until, b->until)) &&
                                   same_post(c, a, b);
            if (!wrong)
                continue;
            out->conflicts = arena_grow(c->arena, out->conflicts, out->conflicts_count, &room,
                                        sizeof *out->conflicts);
            out->conflicts[out->conflicts_count++] = (struct body_conflict){a, i == k ? NULL : b};
        }
}

static enum outcome add_statements(struct accounting *c, struct posts *p, const struct hash *id)
{
    const struct passage_choice choice = {.body = id,
                                          .role =
                                              c->out->view.official ? PASSAGE_ABOUT : PASSAGE_POST,
                                          .limit = BODY_POSTS_MOST};
    struct passage_view *passages;
    size_t count, total;
    bool more;
    enum outcome result =
        archive_passages(c->archive, &choice, c->arena, &passages, &count, &total, &more, c->why);
    for (size_t i = 0; i < count && result == OK; i++) {
        struct statement_view *view = arena_alloc(c->arena, sizeof *view);
        result = read_view(c, &passages[i].statement, view);
        if (result == OK)
            add_statement(c, p, view);
    }
    return result;
}

enum outcome account_posts(struct accounting *c)
{
    struct posts posts = {.at = NULL};
    enum outcome result = OK;
    for (size_t i = 0; i < c->ids_count && result == OK; i++)
        result = add_statements(c, &posts, &c->ids[i]);
    if (result != OK)
        return result;
    add_claims(c, &posts);
    if (posts.count)
        qsort(posts.at, posts.count, sizeof *posts.at, compare_posts);
    c->out->posts = posts.at;
    c->out->posts_count = posts.count;
    find_conflicts(c);
    return OK;
}

/* ---- who an official is, on record ---- */

enum { NAMES_MOST = 32, TEXTS_MOST = 40 };

struct names {
    struct str at[NAMES_MOST];
    size_t count;
};

static void add_name(struct names *n, struct str name)
{
    for (size_t i = 0; i < n->count; i++)
        if (str_equal(n->at[i], name))
            return;
    if (n->count < NAMES_MOST && name.len)
        n->at[n->count++] = name;
}

static void names_of(struct accounting *c, struct names *n)
{
    const struct body_view *view = &c->out->view;
    size_t count;
    const struct str *known = official_names(c->book, view->key, &count);
    n->count = 0;
    for (size_t i = 0; i < count; i++) /* a family name alone is nobody's */
        if (str_equal(official_key(c->book, known[i], c->arena), view->key))
            add_name(n, known[i]);
    for (size_t i = 0; i < view->spellings_count; i++)
        add_name(n, view->spellings[i].name);
}

static enum outcome read_people(struct accounting *c, const struct names *names,
                                struct case_record *out)
{
    struct hash_list all = {arena_alloc(c->arena, NAMES_MOST * TEXTS_MOST * sizeof(struct hash)),
                            0};
    enum outcome result = OK;
    *out = (struct case_record){0};
    for (size_t i = 0; i < names->count && result == OK; i++) {
        struct hash_list some;
        result = archive_name_statements(c->archive, fold_text(c->arena, names->at[i]), true,
                                         c->arena, &some, c->why);
        for (size_t k = 0; result == OK && k < some.count && k < TEXTS_MOST; k++)
            all.at[all.count++] = some.at[k];
    }
    if (result != OK || !all.count)
        return result;
    return case_record_about(c->archive, &all, c->arena, out, c->why);
}

static bool has_office(const struct accounting *c, const struct case_person *p)
{
    for (size_t i = 0; i < p->views_count; i++) {
        const struct statement_view *view = p->views[i];
        const struct body_row *body;
        struct str words;
        enum office office = office_of(c->book, &view->statement, &words, &body);
        if (office == OFFICE_POST || (office == OFFICE_NAMED && statement_is_accepted(view)))
            return true;
    }
    return false;
}

/* Somebody of one of these names who is said to be an official: others of the name are not meant.
 */
static bool is_meant(const struct accounting *c, const struct case_person *p,
                     const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (case_person_is_named(p, fold_text(c->arena, names->at[i]), true, c->arena))
            return has_office(c, p);
    return false;
}

/* A person whom decisions joined brings their other spellings, and the cases under those. */
static void add_spellings(struct accounting *c, const struct case_person *p, struct names *names)
{
    struct body_account *out = c->out;
    size_t room = 0;
    for (size_t i = 0; i < p->views_count; i++) {
        struct mention at;
        struct str name;
        size_t known = names->count;
        if (!mention_of_view(p->views[i], &at, &name))
            continue;
        add_name(names, name);
        if (names->count == known)
            continue;
        out->also = arena_grow(c->arena, out->also, out->also_count, &room, sizeof *out->also);
        out->also[out->also_count++] = name;
    }
}

static enum outcome add_ids(struct accounting *c)
{
    struct body_account *out = c->out;
    for (size_t i = 0; i < out->also_count; i++) {
        struct hash id = body_id(official_key(c->book, out->also[i], c->arena), true);
        struct body_view *views;
        size_t known = 0, count;
        while (known < c->ids_count && !hash_equal(&c->ids[known], &id))
            known++;
        if (known < c->ids_count)
            continue;
        c->ids = arena_grow(c->arena, c->ids, c->ids_count, &c->ids_room, sizeof *c->ids);
        c->ids[c->ids_count++] = id;
        enum outcome result =
            body_views_of_id(c->archive, c->book, &id, c->arena, &views, &count, c->why);
        if (result != OK)
            return result;
        out->cases.accepted += count ? views[0].cases.accepted : 0;
        out->cases.proposed += count ? views[0].cases.proposed : 0;
    }
    return OK;
}

static int compare_views(const void *left, const void *right)
{
    const struct statement_view *a = *(const struct statement_view *const *)left;
    const struct statement_view *b = *(const struct statement_view *const *)right;
    int order = (a->state != VIEW_ACCEPTED) - (b->state != VIEW_ACCEPTED);
    return order ? order : hash_compare(&a->id, &b->id);
}

static void add_about(struct accounting *c, const struct case_person *p, size_t *room)
{
    struct body_account *out = c->out;
    for (size_t i = 0; i < p->views_count; i++) {
        const struct body_row *body;
        struct str words;
        if (office_of(c->book, &p->views[i]->statement, &words, &body) == OFFICE_POST)
            continue;
        out->about = arena_grow(c->arena, out->about, out->about_count, room, sizeof *out->about);
        out->about[out->about_count++] = p->views[i];
    }
}

static enum outcome account_said(struct accounting *c, const struct names *names)
{
    struct body_account *out = c->out;
    struct hash_list ids;
    enum outcome result = archive_figures_by(c->archive, names->at, names->count, BODY_SAID_MOST,
                                             c->arena, &ids, c->why);
    out->said = arena_alloc(c->arena, (ids.count + 1) * sizeof *out->said);
    for (size_t i = 0; i < ids.count && result == OK; i++)
        result = read_view(c, &ids.at[i], &out->said[out->said_count++]);
    return result;
}

enum outcome account_official(struct accounting *c)
{
    struct names names;
    struct case_record record;
    const struct case_person *joined = NULL;
    size_t room = 0, decided = 0;
    names_of(c, &names);
    enum outcome result = read_people(c, &names, &record);
    for (size_t i = 0; i < record.people_count && result == OK; i++) {
        const struct case_person *p = &record.people[i];
        if (!is_meant(c, p, &names))
            continue;
        decided += p->decided;
        joined = p->decided ? p : joined;
        add_about(c, p, &room);
    }
    if (result != OK)
        return result;
    c->out->several = decided > 1;
    if (decided == 1)
        add_spellings(c, joined, &names);
    if (c->out->about_count)
        qsort(c->out->about, c->out->about_count, sizeof *c->out->about, compare_views);
    result = add_ids(c);
    return result == OK ? account_said(c, &names) : result;
}

enum outcome account_institution(struct accounting *c)
{
    const struct body_account *out = c->out;
    struct names names = {.count = 0};
    add_name(&names, out->name);
    add_name(&names, out->persian);
    for (size_t i = 0; i < out->view.spellings_count; i++)
        if (out->view.spellings[i].written && !out->view.spellings[i].branch.len)
            add_name(&names, out->view.spellings[i].name);
    return account_said(c, &names);
}
