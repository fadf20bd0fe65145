#include "case/named.h"

#include "case/decided.h"
#include "text/fold.h"

struct naming {
    const struct statement_view *view;
    struct mention mention;
    struct str name, key;
};

bool mention_of_view(const struct statement_view *view, struct mention *out, struct str *name)
{
    const struct statement *s = &view->statement;
    out->text = s->text;
    if (s->form == FORM_LIFE_EVENT) {
        *name = s->life_event.person;
        out->at = s->life_event.person_at;
    } else if (s->form == FORM_FACT && str_equal(s->fact.subject_kind, STR("person"))) {
        *name = s->fact.subject;
        out->at = s->fact.subject_at;
    } else {
        return false;
    }
    return out->at.to > 0;
}

static int compare_namings(const void *left, const void *right)
{
    const struct naming *a = left, *b = right;
    int order = hash_compare(&a->mention.text, &b->mention.text);
    if (!order)
        order = str_compare(a->key, b->key);
    if (!order && a->view->entry != b->view->entry)
        order = a->view->entry < b->view->entry ? -1 : 1;
    return order ? order : hash_compare(&a->view->id, &b->view->id);
}

static bool are_one(const struct naming *a, const struct naming *b)
{
    return a->view->entry == b->view->entry && str_equal(a->key, b->key) &&
           hash_equal(&a->mention.text, &b->mention.text);
}

static int compare_mentions(const void *left, const void *right)
{
    return mention_compare(left, right);
}

static void mentions_once(struct named *n)
{
    size_t kept = 0;
    qsort(n->mentions, n->mentions_count, sizeof *n->mentions, compare_mentions);
    for (size_t i = 0; i < n->mentions_count; i++)
        if (!kept || mention_compare(&n->mentions[kept - 1], &n->mentions[i]) != 0)
            n->mentions[kept++] = n->mentions[i];
    n->mentions_count = kept;
}

void named_decide(struct named *n, const struct persons *p)
{
    n->person = SIZE_MAX;
    n->parted = false;
    for (size_t i = 0; i < n->mentions_count; i++) {
        size_t at = SIZE_MAX, from = 0;
        while ((at = persons_overlapping(p, &n->mentions[i], from)) != SIZE_MAX) {
            n->parted |= n->person != SIZE_MAX && n->person != p->at[at].person;
            n->person = p->at[at].person;
            from = at + 1;
        }
    }
    if (n->parted)
        n->person = SIZE_MAX;
}

static struct named named_of(const struct naming *all, size_t count, const struct persons *p,
                             struct arena *arena)
{
    struct named n = {.key = all->key,
                      .entry = all->view->entry,
                      .name = all->name,
                      .mentions = arena_alloc(arena, count * sizeof *n.mentions),
                      .mentions_count = count,
                      .views = arena_alloc(arena, count * sizeof *n.views),
                      .views_count = count};
    for (size_t i = 0; i < count; i++) {
        n.mentions[i] = all[i].mention;
        n.views[i] = all[i].view;
        if (all[i].name.len > n.name.len ||
            (all[i].name.len == n.name.len && str_compare(all[i].name, n.name) < 0))
            n.name = all[i].name;
    }
    mentions_once(&n);
    named_decide(&n, p);
    return n;
}

void named_account(const struct statement_view *views, size_t count, const struct persons *p,
                   struct arena *arena, struct named **out, size_t *out_count)
{
    struct naming *all = arena_alloc(arena, (count + 1) * sizeof *all);
    size_t number = 0, end;
    for (size_t i = 0; i < count; i++) {
        struct naming *n = &all[number];
        if (statement_is_rejected(&views[i]) || !mention_of_view(&views[i], &n->mention, &n->name))
            continue;
        n->view = &views[i];
        n->key = fold_text(arena, n->name);
        number++;
    }
    if (number)
        qsort(all, number, sizeof *all, compare_namings);
    *out = arena_alloc(arena, (number + 1) * sizeof **out);
    *out_count = 0;
    for (size_t i = 0; i < number; i = end) {
        for (end = i + 1; end < number && are_one(&all[i], &all[end]);)
            end++;
        (*out)[(*out_count)++] = named_of(all + i, end - i, p, arena);
    }
}
