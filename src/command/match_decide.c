#include <unistd.h>

#include "command/list.h"
#include "command/match_archive.h"
#include "command/rulings.h"

static bool begins_with(const struct mention *m, const char *digits)
{
    char all[HASH_DIGITS + 1];
    struct hash id = mention_id(m);
    hash_write(&id, all);
    return strncmp(all, digits, strlen(digits)) == 0;
}

static struct mention mention_of_digits(const struct likely *l, const char *digits)
{
    struct mention found = {0};
    size_t count = 0;
    if (strlen(digits) < 4)
        die(EXIT_USAGE, "\"%s\" is too short for an id: at least 4 digits", digits);
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->bearers[i].named.mentions_count; k++)
            if (begins_with(&l->bearers[i].named.mentions[k], digits)) {
                struct mention anchor = likely_anchor(l, &l->bearers[i]);
                count += !count || mention_compare(&anchor, &found) != 0;
                found = anchor;
            }
    for (size_t i = 0; i < l->persons.count; i++) {
        const struct mention *m = &l->persons.at[i].mention;
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

/* ---- taking back ---- */

static bool is_decided_about(const struct likely *l, const struct mention_pair *pair)
{
    for (size_t i = 0; i < l->decisions_count; i++)
        if (!mention_pair_compare(&l->decisions[i].decided.pair, pair))
            return true;
    return false;
}

static void mention_print(const struct likely *l, const struct mention *m, const char *behind)
{
    char digits[HASH_DIGITS + 1];
    const struct bearer *b = likely_bearer(l, m);
    struct hash id = mention_id(m);
    struct buf name;
    hash_write(&id, digits);
    buf_init(&name, SIZE_MAX / 4);
    if (b) {
        buf_add_byte(&name, ' ');
        list_text(&name, b->named.name);
    }
    fprintf(stderr, "%.*s%.*s%s", LIST_ID_DIGITS, digits, STR_ARG(buf_str(&name)), behind);
    buf_release(&name);
}

/* the links that lead from one mention to another, the fewest; their number, 0 when none leads */
static size_t chain_find(const struct likely *l, size_t from, size_t to, struct arena *arena,
                         size_t *chain)
{
    const struct persons *p = &l->persons;
    size_t *by = arena_alloc(arena, (p->count + 1) * sizeof *by);
    size_t *before = arena_alloc(arena, (p->count + 1) * sizeof *before);
    size_t *queue = arena_alloc(arena, (p->count + 1) * sizeof *queue);
    size_t first = 0, last = 0, length = 0;
    for (size_t i = 0; i < p->count; i++)
        before[i] = SIZE_MAX;
    queue[last++] = from;
    before[from] = from;
    while (first < last && before[to] == SIZE_MAX) {
        size_t at = queue[first++];
        for (size_t i = 0; i < l->decisions_count; i++) {
            const struct decided_pair *d = &l->decisions[i].decided;
            size_t a = persons_find(p, &d->pair.left), b = persons_find(p, &d->pair.right);
            size_t next = a == at ? b : b == at ? a : SIZE_MAX;
            if (!d->same || next == SIZE_MAX || before[next] != SIZE_MAX)
                continue;
            before[next] = at;
            by[next] = i;
            queue[last++] = next;
        }
    }
    for (size_t at = to; before[to] != SIZE_MAX && at != from; at = before[at])
        chain[length++] = by[at];
    return length;
}

/* Nothing was decided about the two themselves: what joins them all the same, if anything does. */
_Noreturn static void explain_joined(const struct likely *l, const struct mention_pair *pair,
                                     struct arena *arena)
{
    size_t left = persons_find(&l->persons, &pair->left);
    size_t right = persons_find(&l->persons, &pair->right);
    size_t *chain = arena_alloc(arena, (l->decisions_count + 1) * sizeof *chain);
    size_t length = 0;
    if (left != SIZE_MAX && right != SIZE_MAX)
        length = chain_find(l, left, right, arena, chain);
    if (!length)
        die(EXIT_PROBLEM, "nothing was decided about the two");
    complain("match", "nothing was decided about the two themselves; they are joined through "
                      "others. To part them, take back one of these, or decide --different:");
    for (size_t i = length; i-- > 0;) {
        const struct pair_view *d = &l->decisions[chain[i]];
        struct buf line;
        buf_init(&line, SIZE_MAX / 4);
        show(&line, d->why);
        fputs("  govah match --undo ", stderr);
        mention_print(l, &d->decided.pair.left, "  and  ");
        mention_print(l, &d->decided.pair.right, "");
        fprintf(stderr, ": %.*s\n", STR_ARG(buf_str(&line)));
        buf_release(&line);
    }
    exit(EXIT_PROBLEM);
}

/* ---- deciding ---- */

static void decide(struct session *s, const struct mention_pairs *pairs, enum verdict verdict,
                   struct str reason, bool bulk)
{
    struct fault why;
    if (decide_pairs(s->archive, pairs, verdict, reason, bulk, str_of(now_utc().text), &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

/* What decides about the pair now: nothing for the most part, once it was taken back. */
static void say_verdict(struct session *s, enum verdict verdict, const struct mention_pair *pair,
                        struct arena *arena)
{
    struct rulings still = {0};
    struct hash subject = mention_pair_id(pair);
    if (verdict == VERDICT_RETRACT)
        still = rulings_read(s->archive, &subject, false, arena);
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "verdict", str_of(verdict_name(verdict)));
        if (verdict == VERDICT_RETRACT)
            json_put_new(out, "still", rulings_json(&still));
        print_json(out);
        return;
    }
    puts(verdict == VERDICT_SAME        ? "They are one person."
         : verdict == VERDICT_DIFFERENT ? "They are not one person."
         : still.count ? "What was decided about them last is taken back; what stood before rules "
                         "again. --undo once more takes that back, too."
                       : "What was decided about them is taken back.");
    rulings_print(&still);
}

void match_decide(struct session *s, enum verdict verdict, const char *left, const char *right,
                  struct str reason)
{
    struct arena arena;
    struct likely likely;
    session_open(s, ARCHIVE_WRITE);
    arena_init(&arena);
    likely_take(s, &arena, &likely);
    struct mention_pair pair = {mention_of_digits(&likely, left),
                                mention_of_digits(&likely, right)};
    struct mention_pairs pairs = {&pair, 1};
    if (mentions_overlap(&pair.left, &pair.right))
        die(EXIT_PROBLEM, "both are one mention");
    mention_pairs_sort(&pairs);
    if (verdict == VERDICT_RETRACT && !is_decided_about(&likely, &pair))
        explain_joined(&likely, &pair, &arena);
    decide(s, &pairs, verdict, reason, false);
    say_verdict(s, verdict, &pair, &arena);
    arena_release(&arena);
}

/* ---- many at once ---- */

static bool is_wanted(size_t count)
{
    char answer[16] = "";
    if (!isatty(STDIN_FILENO))
        die(EXIT_USAGE, "match: %zu pair%s would be decided; say --yes to decide", count,
            count == 1 ? "" : "s");
    printf("Decide that these %zu pair%s are one person each? Type yes: ", count,
           count == 1 ? "" : "s");
    fflush(stdout);
    return fgets(answer, sizeof answer, stdin) && strncmp(answer, "yes", 3) == 0 &&
           (answer[3] == '\n' || !answer[3]);
}

static void say_decided(struct session *s, size_t count)
{
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "verdict", str_of(verdict_name(VERDICT_SAME)));
        json_put_int(out, "pairs", (int64_t)count);
        print_json(out);
    } else {
        printf("%zu pair%s decided to be one person each, in one decision.\n", count,
               count == 1 ? "" : "s");
    }
}

int match_decide_above(struct session *s, int per_mille, struct str reason, bool sure)
{
    struct arena arena;
    struct likely likely;
    session_open(s, ARCHIVE_WRITE);
    arena_init(&arena);
    likely_take(s, &arena, &likely);
    struct mention_pairs pairs = {arena_alloc(&arena, (likely.pairs_count + 1) * sizeof *pairs.at),
                                  0};
    for (size_t i = 0; i < likely.pairs_count; i++) {
        const struct likely_pair *p = &likely.pairs[i];
        bool one_group =
            likely.groups[p->left - likely.bearers] == likely.groups[p->right - likely.bearers];
        if (!p->probable || p->per_mille < per_mille || !one_group)
            continue;
        if (s->json)
            pair_print_json(&likely, p);
        else
            pair_print(p);
        pairs.at[pairs.count++] = (struct mention_pair){likely_anchor(&likely, p->left),
                                                        likely_anchor(&likely, p->right)};
    }
    mention_pairs_sort(&pairs);
    bool any = pairs.count > 0;
    if (any && (sure || is_wanted(pairs.count))) {
        decide(s, &pairs, VERDICT_SAME, reason, true);
        say_decided(s, pairs.count);
    } else if (!s->json) {
        puts(any ? "Nothing was decided." : "No pair is as likely as that.");
    }
    arena_release(&arena);
    return any ? EXIT_DONE : EXIT_PROBLEM;
}
