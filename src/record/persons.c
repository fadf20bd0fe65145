#include "record/persons.h"

struct link {
    size_t ends[2];
    bool dropped;
};

/* mentions, and what connects them */
struct net {
    struct persons *persons;
    struct link *links;
    size_t links_count, links_room;
    size_t *begin, *around; /* of each mention its links: begin has one more than there are */
};

/* ---- mentions ---- */

static int compare_mentions(const void *a, const void *b)
{
    const struct decided_mention *left = a, *right = b;
    return mention_compare(&left->mention, &right->mention);
}

static struct persons mentions_of(const struct decided_pair *pairs, size_t count,
                                  struct arena *arena)
{
    struct persons out = {.at = arena_alloc(arena, (2 * count + 1) * sizeof *out.at)};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        out.at[out.count++].mention = pairs[i].pair.left;
        out.at[out.count++].mention = pairs[i].pair.right;
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, compare_mentions);
    for (size_t i = 0; i < out.count; i++)
        if (!kept || mention_compare(&out.at[kept - 1].mention, &out.at[i].mention) != 0)
            out.at[kept++] = (struct decided_mention){.mention = out.at[i].mention};
    out.count = kept;
    return out;
}

size_t persons_find(const struct persons *p, const struct mention *m)
{
    struct decided_mention key = {.mention = *m};
    const struct decided_mention *hit =
        p->count ? bsearch(&key, p->at, p->count, sizeof *p->at, compare_mentions) : NULL;
    return hit ? (size_t)(hit - p->at) : SIZE_MAX;
}

/* the first mention of that text, or of one behind it */
static size_t text_begins(const struct persons *p, const struct hash *text)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hash_compare(&p->at[middle].mention.text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t persons_overlapping(const struct persons *p, const struct mention *m, size_t from)
{
    size_t begin = text_begins(p, &m->text);
    for (size_t i = from > begin ? from : begin; i < p->count; i++) {
        const struct mention *other = &p->at[i].mention;
        if (!hash_equal(&other->text, &m->text) || other->at.from >= m->at.to)
            break;
        if (mentions_overlap(other, m))
            return i;
    }
    return SIZE_MAX;
}

/* ---- links ---- */

static void link_add(struct net *n, struct arena *arena, size_t left, size_t right)
{
    n->links = arena_grow(arena, n->links, n->links_count, &n->links_room, sizeof *n->links);
    n->links[n->links_count++] = (struct link){{left, right}, false};
}

/* each to the one before it that reaches farthest */
static void link_overlapping(struct net *n, struct arena *arena)
{
    const struct decided_mention *all = n->persons->at;
    size_t farthest = 0;
    for (size_t i = 1; i < n->persons->count; i++) {
        if (mentions_overlap(&all[farthest].mention, &all[i].mention))
            link_add(n, arena, farthest, i);
        if (!hash_equal(&all[farthest].mention.text, &all[i].mention.text) ||
            all[i].mention.at.to > all[farthest].mention.at.to)
            farthest = i;
    }
}

static void links_lay(struct net *n, struct arena *arena)
{
    size_t count = n->persons->count;
    n->begin = arena_alloc(arena, (count + 2) * sizeof *n->begin);
    n->around = arena_alloc(arena, (2 * n->links_count + 1) * sizeof *n->around);
    memset(n->begin, 0, (count + 2) * sizeof *n->begin);
    for (size_t i = 0; i < n->links_count; i++)
        for (size_t k = 0; k < 2; k++)
            n->begin[n->links[i].ends[k] + 2]++;
    for (size_t i = 2; i < count + 2; i++)
        n->begin[i] += n->begin[i - 1];
    for (size_t i = 0; i < n->links_count; i++)
        for (size_t k = 0; k < 2; k++)
            n->around[n->begin[n->links[i].ends[k] + 1]++] = i;
}

/* ---- what is connected ---- */

/* the first of the mentions that links connect with this one */
static size_t first_of(struct persons *p, size_t at)
{
    while (p->at[at].person != at) {
        p->at[at].person = p->at[p->at[at].person].person;
        at = p->at[at].person;
    }
    return at;
}

static void connect(struct net *n)
{
    struct persons *p = n->persons;
    for (size_t i = 0; i < p->count; i++)
        p->at[i].person = i;
    for (size_t i = 0; i < n->links_count; i++) {
        if (n->links[i].dropped)
            continue;
        size_t a = first_of(p, n->links[i].ends[0]), b = first_of(p, n->links[i].ends[1]);
        p->at[a > b ? a : b].person = a > b ? b : a;
    }
    for (size_t i = 0; i < p->count; i++)
        p->at[i].person = first_of(p, i);
}

/* ---- chains between two that are different ---- */

struct frame {
    size_t mention, by, next; /* the link that led here; the next place in net.around */
};

/* A link lies on a chain from one mention to another that visits none twice, if and only if it is
 * in one biconnected component with a link between the two (Hopcroft and Tarjan 1973,
 * doi:10.1145/362248.362272). The search begins with that link, which is not there, from `first` to
 * `second`: what it leaves on its stack is the component. */
struct search {
    const struct net *net;
    size_t *number, *low; /* of each mention; 0: not visited */
    size_t visited;
    struct frame *frames;
    size_t depth;
    size_t *stack; /* links */
    size_t height;
};

static void visit(struct search *s, size_t mention, size_t by)
{
    s->number[mention] = s->low[mention] = ++s->visited;
    s->frames[s->depth++] = (struct frame){mention, by, s->net->begin[mention]};
}

static void follow(struct search *s, size_t link)
{
    const size_t *ends = s->net->links[link].ends;
    struct frame *here = &s->frames[s->depth - 1];
    size_t from = here->mention, to = ends[0] == from ? ends[1] : ends[0];
    if (link == here->by || s->number[to] > s->number[from])
        return;
    s->stack[s->height++] = link;
    if (!s->number[to])
        visit(s, to, link);
    else if (s->number[to] < s->low[from])
        s->low[from] = s->number[to];
}

static void leave(struct search *s)
{
    struct frame done = s->frames[--s->depth];
    if (!s->depth)
        return;
    size_t before = s->frames[s->depth - 1].mention;
    if (s->low[done.mention] < s->low[before])
        s->low[before] = s->low[done.mention];
    if (s->low[done.mention] < s->number[before])
        return;
    while (s->stack[--s->height] != done.by)
        ;
}

static void search_between(struct search *s, size_t first, size_t second)
{
    s->number[first] = s->low[first] = s->visited = 1;
    s->depth = s->height = 0;
    visit(s, second, SIZE_MAX);
    while (s->depth) {
        struct frame *here = &s->frames[s->depth - 1];
        if (here->next < s->net->begin[here->mention + 1])
            follow(s, s->net->around[here->next++]);
        else
            leave(s);
    }
}

static void drop_chains(struct net *n, const struct decided_pair *pairs, size_t count,
                        struct arena *arena)
{
    size_t mentions = n->persons->count;
    struct search s = {.net = n,
                       .number = arena_alloc(arena, (mentions + 1) * sizeof *s.number),
                       .low = arena_alloc(arena, (mentions + 1) * sizeof *s.low),
                       .frames = arena_alloc(arena, (mentions + 1) * sizeof *s.frames),
                       .stack = arena_alloc(arena, (n->links_count + 1) * sizeof *s.stack)};
    for (size_t i = 0; i < count; i++) {
        if (pairs[i].same)
            continue;
        size_t first = persons_find(n->persons, &pairs[i].pair.left);
        size_t second = persons_find(n->persons, &pairs[i].pair.right);
        if (n->persons->at[first].person != n->persons->at[second].person)
            continue;
        memset(s.number, 0, mentions * sizeof *s.number);
        search_between(&s, first, second);
        for (size_t k = 0; k < s.height; k++) {
            struct link *link = &n->links[s.stack[k]];
            link->dropped = true;
            n->persons->at[link->ends[0]].contested = true;
            n->persons->at[link->ends[1]].contested = true;
        }
    }
}

struct persons persons_of(const struct decided_pair *pairs, size_t count, struct arena *arena)
{
    struct persons out = mentions_of(pairs, count, arena);
    struct net net = {.persons = &out};
    for (size_t i = 0; i < count; i++)
        if (pairs[i].same)
            link_add(&net, arena, persons_find(&out, &pairs[i].pair.left),
                     persons_find(&out, &pairs[i].pair.right));
    link_overlapping(&net, arena);
    links_lay(&net, arena);
    connect(&net);
    drop_chains(&net, pairs, count, arena);
    connect(&net);
    return out;
}
