#include "case/case_people.h"

#include "text/fold.h"

/* one mention of one name in one text, and whose it is */
struct belonging {
    size_t person; /* a decided person, or `people` and the place of the name */
    bool parted;
    struct mention mention;
    const struct statement_view *view;
    struct str name;
};

struct belongings {
    struct belonging *at;
    size_t count;
};

static size_t decided_person(const struct persons *p, const struct mention *m)
{
    size_t at = persons_overlapping(p, m, 0);
    return at == SIZE_MAX ? SIZE_MAX : p->at[at].person;
}

static void belong(const struct named *n, size_t place, const struct persons *persons,
                   struct belongings *out)
{
    for (size_t i = 0; i < n->views_count; i++) {
        struct belonging *b = &out->at[out->count++];
        *b = (struct belonging){.view = n->views[i], .person = n->person, .parted = n->parted};
        if (!mention_of_view(b->view, &b->mention, &b->name))
            bug("a view about nobody");
        if (n->parted)
            b->person = decided_person(persons, &b->mention);
        b->parted &= b->person == SIZE_MAX;
        if (b->person == SIZE_MAX)
            b->person = persons->count + place;
    }
}

static int compare_belongings(const void *left, const void *right)
{
    const struct belonging *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return hash_compare(&a->view->id, &b->view->id);
}

static int compare_mentions(const void *left, const void *right)
{
    return mention_compare(left, right);
}

static struct case_person person_of(const struct belonging *all, size_t count, size_t decided,
                                    struct arena *arena)
{
    struct case_person p = {.mentions = arena_alloc(arena, count * sizeof *p.mentions),
                            .views = arena_alloc(arena, count * sizeof *p.views),
                            .views_count = count,
                            .decided = all->person < decided,
                            .parted = all->parted};
    for (size_t i = 0; i < count; i++) {
        p.views[i] = all[i].view;
        p.mentions[i] = all[i].mention;
        if (all[i].name.len > p.name.len ||
            (all[i].name.len == p.name.len && str_compare(all[i].name, p.name) < 0))
            p.name = all[i].name;
    }
    qsort(p.mentions, count, sizeof *p.mentions, compare_mentions);
    for (size_t i = 0; i < count; i++)
        if (!i || mention_compare(&p.mentions[i], &p.mentions[p.mentions_count - 1]) != 0)
            p.mentions[p.mentions_count++] = p.mentions[i];
    p.address = mention_id(&p.mentions[0]);
    return p;
}

static int compare_people(const void *left, const void *right)
{
    const struct case_person *a = left, *b = right;
    return hash_compare(&a->address, &b->address);
}

void case_people_make(const struct statement_view *views, size_t count,
                      const struct persons *persons, struct arena *arena, struct case_person **out,
                      size_t *people)
{
    struct named *named;
    size_t named_count, end;
    named_account(views, count, persons, arena, &named, &named_count);
    struct belongings all = {arena_alloc(arena, (count + 1) * sizeof *all.at), 0};
    for (size_t i = 0; i < named_count; i++)
        belong(&named[i], i, persons, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, compare_belongings);
    *out = arena_alloc(arena, (all.count + 1) * sizeof **out);
    *people = 0;
    for (size_t i = 0; i < all.count; i = end) {
        for (end = i + 1; end < all.count && all.at[end].person == all.at[i].person;)
            end++;
        (*out)[(*people)++] = person_of(all.at + i, end - i, persons->count, arena);
    }
    if (*people)
        qsort(*out, *people, sizeof **out, compare_people);
}

/* ---- who is asked for ---- */

enum { DIGITS_LEAST = 4 };

static bool begins_with(const struct hash *id, struct str digits)
{
    char text[HASH_DIGITS + 1];
    hash_write(id, text);
    return str_starts((struct str){text, HASH_DIGITS}, digits);
}

static bool has_mention(const struct case_person *p, struct str digits)
{
    for (size_t i = 0; i < p->mentions_count; i++) {
        struct hash id = mention_id(&p->mentions[i]);
        if (begins_with(&id, digits))
            return true;
    }
    return false;
}

enum outcome case_person_find(const struct case_person *people, size_t count, struct str digits,
                              size_t *out, struct fault *why)
{
    size_t found = 0;
    if (digits.len < DIGITS_LEAST || digits.len > HASH_DIGITS)
        return refuse(why, NOT_FOUND, "no id of a person: %.*s", STR_ARG(digits));
    for (size_t i = 0; i < count; i++)
        if (has_mention(&people[i], digits)) {
            *out = i;
            found++;
        }
    if (!found)
        return refuse(why, NOT_FOUND, "nobody on record has the id %.*s", STR_ARG(digits));
    return found == 1 ? OK
                      : refuse(why, REFUSED,
                               "several people have ids that begin with %.*s; give more digits",
                               STR_ARG(digits));
}

bool case_person_is_named(const struct case_person *p, struct str folded, bool whole,
                          struct arena *arena)
{
    for (size_t i = 0; i < p->views_count; i++) {
        struct mention at;
        struct str name;
        if (!mention_of_view(p->views[i], &at, &name))
            continue;
        name = fold_text(arena, name);
        if (whole ? str_equal(name, folded) : str_find(name, folded, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

size_t *case_people_named(const struct case_person *people, size_t count, struct str name,
                          struct arena *arena, size_t *found)
{
    struct str folded = fold_text(arena, name);
    size_t *places = arena_alloc(arena, (count + 1) * sizeof *places);
    *found = 0;
    for (int whole = 1; whole >= 0 && !*found; whole--)
        for (size_t i = 0; i < count; i++)
            if (case_person_is_named(&people[i], folded, whole, arena))
                places[(*found)++] = i;
    return places;
}
