#include "command/match_archive.h"

#include <sys/mman.h>
#include <unistd.h>

#include "account/named.h"
#include "base/file.h"
#include "match/write.h"
#include "store/pairs.h"

/* Everybody whom the archive names, and what was decided. */
struct people {
    struct arena *arena;
    struct named *named;
    size_t count;
    struct pair_view *pairs;
    size_t pairs_count;
    struct persons persons;
};

static void people_read(struct session *s, struct arena *arena, struct people *out)
{
    struct statement_filter all = {.rejected = true};
    struct statement_view *views;
    struct fault why;
    size_t views_count;
    *out = (struct people){.arena = arena};
    if (archive_statements(s->archive, &all, arena, &views, &views_count, &why) != OK ||
        archive_decided_pairs(s->archive, arena, &out->pairs, &out->pairs_count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    struct decided_pair *decided = arena_alloc(arena, (out->pairs_count + 1) * sizeof *decided);
    for (size_t i = 0; i < out->pairs_count; i++)
        decided[i] = out->pairs[i].decided;
    out->persons = persons_of(decided, out->pairs_count, arena);
    named_account(views, views_count, &out->persons, arena, &out->named, &out->count);
}

static bool told_apart(const struct people *p, size_t left, size_t right)
{
    for (size_t i = 0; i < p->pairs_count; i++) {
        const struct decided_pair *d = &p->pairs[i].decided;
        if (d->same)
            continue;
        size_t a = p->persons.at[persons_find(&p->persons, &d->pair.left)].person;
        size_t b = p->persons.at[persons_find(&p->persons, &d->pair.right)].person;
        if ((a == left && b == right) || (a == right && b == left))
            return true;
    }
    return false;
}

static bool is_decided(const struct people *p, const struct named *a, const struct named *b)
{
    return a->person != SIZE_MAX && b->person != SIZE_MAX &&
           (a->person == b->person || told_apart(p, a->person, b->person));
}

/* ---- the people as a list ---- */

/* a year, a month or a day; what is less certain is no evidence */
static struct str plain_date(struct str date)
{
    for (size_t i = 0; i < date.len; i++)
        if ((date.at[i] < '0' || date.at[i] > '9') && date.at[i] != '-')
            return STR_NONE;
    return date.len == 4 || date.len == 7 || date.len == 10 ? date : STR_NONE;
}

struct particulars {
    struct str born, arrested, died, place, prison, role;
};

static void keep(struct str *place, struct str value)
{
    if (!place->len)
        *place = value;
}

static void event_tell(struct particulars *p, const struct life_event *e)
{
    static const char *const deaths[] = {"killed", "executed", "died"};
    if (str_equal(e->event, STR("arrested")))
        keep(&p->arrested, plain_date(e->date));
    for (size_t i = 0; i < COUNT_OF(deaths); i++)
        if (str_equal(e->event, str_of(deaths[i])))
            keep(&p->died, plain_date(e->date));
    keep(&p->place, e->place);
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, STR("prison")))
            keep(&p->prison, e->details[i].value);
}

static void fact_tell(struct particulars *p, const struct statement_view *view, struct arena *arena)
{
    const struct fact *f = &view->statement.fact;
    int64_t age, year;
    if (str_equal(f->property, STR("role")) && !str_equal(f->value, STR("other")))
        keep(&p->role, f->value);
    if (str_equal(f->property, STR("birth_date")) && plain_date(f->value).len)
        p->born = f->value;
    if (str_equal(f->property, STR("age")) && str_to_int(f->value, &age) && age < 130 &&
        view->document_published.len >= 4 &&
        str_to_int(str_slice(view->document_published, 0, 4), &year))
        keep(&p->born, arena_print(arena, "%04lld", (long long)(year - age)));
}

static struct particulars particulars_of(const struct named *n, struct arena *arena)
{
    struct particulars p = {0};
    for (size_t i = 0; i < n->views_count; i++) {
        if (n->views[i]->statement.form == FORM_LIFE_EVENT)
            event_tell(&p, &n->views[i]->statement.life_event);
        else
            fact_tell(&p, n->views[i], arena);
    }
    return p;
}

static void cell_write(struct buf *out, struct str text)
{
    buf_add_text(out, ",\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i]);
    }
    buf_add_byte(out, '"');
}

static void list_write(struct buf *out, const struct people *p)
{
    buf_add_text(out, "id,name,birth,arrested,died,place,prison,occupation\n");
    for (size_t i = 0; i < p->count; i++) {
        struct particulars is = particulars_of(&p->named[i], p->arena);
        buf_print(out, "%zu", i);
        cell_write(out, p->named[i].name);
        cell_write(out, is.born);
        cell_write(out, is.arrested);
        cell_write(out, is.died);
        cell_write(out, is.place);
        cell_write(out, is.prison);
        cell_write(out, is.role);
        buf_add_byte(out, '\n');
    }
}

static void list_take(struct list *list, const struct people *p)
{
    struct list_wishes wishes = {
        .fields = STR("name=full_name,birth=birth_date,arrested=date,died=date,place=place,"
                      "prison=text,occupation=occupation"),
        .id = STR("id"),
        .threads = 1};
    struct buf text;
    struct fault why;
    char path[40];
    buf_init(&text, SIZE_MAX / 4);
    list_write(&text, p);
    int fd = memfd_create("people", MFD_CLOEXEC);
    if (fd < 0)
        die(EXIT_PROBLEM, "no memory for a list of people");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (file_write_fd(fd, buf_str(&text), &why) != OK || list_read(list, path, &wishes, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    close(fd);
    buf_release(&text);
    list_weigh(list);
}

/* ---- what is proposed ---- */

static const struct named *named_of(const struct people *p, const struct list *list, size_t record)
{
    int64_t i;
    if (!str_to_int(record_id(list, record), &i) || i < 0 || (size_t)i >= p->count)
        bug("a record of nobody");
    return &p->named[i];
}

static struct hash address_of(const struct named *n)
{
    return mention_id(&n->mentions[0]);
}

static json_t *named_json(const struct named *n)
{
    char digits[HASH_DIGITS + 1];
    struct hash id = address_of(n);
    json_t *out = json_object();
    hash_write(&id, digits);
    json_put(out, "id", str_of(digits));
    json_put(out, "name", n->name);
    hash_write(&n->views[0]->document, digits);
    json_put(out, "document", str_of(digits));
    json_put(out, "quote", n->views[0]->quote);
    return out;
}

static void named_print(const struct named *n)
{
    char digits[HASH_DIGITS + 1];
    struct hash id = address_of(n);
    struct str title = n->views[0]->document_title;
    struct buf line;
    hash_write(&id, digits);
    buf_init(&line, SIZE_MAX / 4);
    show(&line, n->name);
    buf_add_text(&line, "  ");
    show(&line, title.len ? title : n->views[0]->document_name);
    printf("  %.8s  %.*s\n", digits, STR_ARG(buf_str(&line)));
    buf_release(&line);
}

struct proposing {
    const struct people *people;
    struct matching *matching;
    struct comparer *comparer;
    bool json;
    size_t likely, shown;
};

static void reason_json(json_t *list, const struct list *l, const struct reason *r)
{
    json_t *out = json_object();
    char weight[24];
    snprintf(weight, sizeof weight, "%.1f", (double)r->bits);
    json_put(out, "feature", str_of(l->features[r->feature].name));
    json_put(out, "grade", str_of(level_name(r->level)));
    json_put(out, "weight", str_of(weight));
    json_put(out, "left", r->left);
    json_put(out, "right", r->right);
    json_append(list, out);
}

static void reason_print(const struct list *l, const struct reason *r)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 4);
    show(&line, r->left);
    if (!str_equal(r->left, r->right)) {
        buf_add_text(&line, " | ");
        show(&line, r->right);
    }
    printf("            %+.1f %s: %.*s (%s)\n", (double)r->bits, l->features[r->feature].name,
           STR_ARG(buf_str(&line)), level_name(r->level));
    buf_release(&line);
}

static void pair_tell(struct proposing *g, const struct edge *edge)
{
    const struct list *l = g->matching->list;
    const struct named *left = named_of(g->people, l, edge->left);
    const struct named *right = named_of(g->people, l, edge->right);
    struct reason reasons[LIST_FEATURES];
    struct arena arena;
    if (is_decided(g->people, left, right))
        return;
    arena_init(&arena);
    size_t count = pair_reasons(&arena, g->matching, g->comparer, edge->left, edge->right, reasons);
    double probability = odds_probability((double)edge->odds);
    g->shown++;
    g->likely += edge->odds >= PAIR_THRESHOLD;
    if (g->json) {
        json_t *out = json_object(), *list = json_array();
        for (size_t i = 0; i < count; i++)
            reason_json(list, l, &reasons[i]);
        json_put_int(out, "probability", (int64_t)(1000 * probability + 0.5));
        json_put_new(out, "left", named_json(left));
        json_put_new(out, "right", named_json(right));
        json_put_new(out, "reasons", list);
        print_json(out);
    } else {
        printf("%s○ %s the same: %s%.0f %%\n", g->shown > 1 ? "\n" : "",
               edge->odds >= PAIR_THRESHOLD ? "probably" : "perhaps",
               probability > 0.99 ? "over " : "", probability > 0.99 ? 99 : 100 * probability);
        named_print(left);
        named_print(right);
        for (size_t i = 0; i < count; i++)
            reason_print(l, &reasons[i]);
    }
    arena_release(&arena);
}

static void propose(const struct people *p, bool json)
{
    struct list *list = mem_alloc(sizeof *list);
    struct matching *matching = mem_alloc(sizeof *matching);
    struct fault why;
    if (matching_start(&why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    list_init(list);
    list_take(list, p);
    matching_run(matching, list, 1);
    pairs_sort(matching);
    struct proposing g = {p, matching, comparer_new(list), json, 0, 0};
    for (size_t i = 0; i < matching->edges.count; i++)
        pair_tell(&g, &matching->edges.all[i]);
    if (!json && g.shown)
        printf("\n%zu pair%s, %zu of them probably one person. Nothing is joined until somebody "
               "decides.\n",
               g.shown, g.shown == 1 ? "" : "s", g.likely);
    else if (!json)
        puts("No two people on record look like one whom nobody decided about.");
    comparer_free(g.comparer);
    matching_release(matching);
    mem_free(matching);
    list_release(list);
    mem_free(list);
}

void match_propose(struct session *s)
{
    struct arena arena;
    struct people people;
    session_open(s, ARCHIVE_READ);
    arena_init(&arena);
    people_read(s, &arena, &people);
    if (people.count > 1)
        propose(&people, s->json);
    else if (!s->json)
        puts("There are no two people on record yet. Take in reports: govah add FILE...");
    arena_release(&arena);
}

/* ---- decisions ---- */

/* Where something was decided about them already, so that decisions meet; else where they are named
 * first. */
static struct mention anchor_of(const struct people *p, const struct named *n)
{
    for (size_t i = 0; i < n->mentions_count; i++) {
        size_t at = persons_overlapping(&p->persons, &n->mentions[i], 0);
        if (at != SIZE_MAX)
            return p->persons.at[at].mention;
    }
    return n->mentions[0];
}

static bool begins_with(const struct mention *m, const char *digits)
{
    char all[HASH_DIGITS + 1];
    struct hash id = mention_id(m);
    hash_write(&id, all);
    return strncmp(all, digits, strlen(digits)) == 0;
}

static struct mention mention_of_digits(const struct people *p, const char *digits)
{
    struct mention found = {0};
    size_t count = 0;
    if (strlen(digits) < 4)
        die(EXIT_USAGE, "\"%s\" is too short for an id: at least 4 digits", digits);
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->named[i].mentions_count; k++)
            if (begins_with(&p->named[i].mentions[k], digits)) {
                struct mention anchor = anchor_of(p, &p->named[i]);
                count += !count || mention_compare(&anchor, &found) != 0;
                found = anchor;
            }
    for (size_t i = 0; i < p->persons.count; i++) {
        const struct mention *m = &p->persons.at[i].mention;
        if (begins_with(m, digits) && (!count || mention_compare(m, &found) != 0)) {
            found = *m;
            count++;
        }
    }
    if (count != 1)
        die(EXIT_PROBLEM,
            count ? "several people have an id that begins with \"%s\""
                  : "nobody has an id that begins with \"%s\"",
            digits);
    return found;
}

void match_decide(struct session *s, enum verdict verdict, const char *left, const char *right,
                  struct str reason)
{
    struct arena arena;
    struct people people;
    struct fault why;
    session_open(s, ARCHIVE_WRITE);
    arena_init(&arena);
    people_read(s, &arena, &people);
    struct mention_pair pair = {mention_of_digits(&people, left),
                                mention_of_digits(&people, right)};
    struct mention_pairs pairs = {&pair, 1};
    if (mentions_overlap(&pair.left, &pair.right))
        die(EXIT_PROBLEM, "both are one mention");
    mention_pairs_sort(&pairs);
    if (decide_pairs(s->archive, &pairs, verdict, reason, false, str_of(now_utc().text), &why) !=
        OK)
        die(status_of(why.code), "%s", why.text);
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "verdict", str_of(verdict_name(verdict)));
        print_json(out);
    } else {
        puts(verdict == VERDICT_SAME        ? "They are one person."
             : verdict == VERDICT_DIFFERENT ? "They are not one person."
                                            : "What was decided about them is taken back.");
    }
    arena_release(&arena);
}
