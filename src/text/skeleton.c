#include "text/fold.h"

#include <pthread.h>

#include "base/table.h"
#include "text/utf8.h"

enum { FROM_LIMIT = 8, RULES_LIMIT = 256, LETTERS_LIMIT = 0x800 };

enum place { ANYWHERE, AT_START, AT_END };

struct rule {
    uint32_t from[FROM_LIMIT]; /* folded characters */
    size_t length;
    enum place place;
    struct str to;
};

/* Rules of one first letter stand together, the longest and the more particular first. */
struct rules {
    struct rule all[RULES_LIMIT];
    size_t count;
    uint16_t begin[LETTERS_LIMIT + 1];
};

static struct rules rules;
static pthread_once_t rules_read = PTHREAD_ONCE_INIT;

static int rule_order(const void *left, const void *right)
{
    const struct rule *a = left, *b = right;
    if (a->from[0] != b->from[0])
        return a->from[0] < b->from[0] ? -1 : 1;
    if (a->length != b->length)
        return a->length > b->length ? -1 : 1;
    return (a->place == ANYWHERE) - (b->place == ANYWHERE);
}

static size_t fold_into(struct str s, uint32_t *out, size_t room)
{
    size_t count = 0, size;
    uint32_t folded[4];
    for (size_t i = 0; i < s.len; i += size) {
        size_t more = fold_char(utf8_at(s, i, &size), folded);
        for (size_t k = 0; k < more && count < room; k++)
            out[count++] = folded[k];
    }
    return count;
}

static bool rule_read(const struct row *row, struct rule *out)
{
    struct str place = row->cells[1];
    *out = (struct rule){.to = row->cells[2], .place = ANYWHERE};
    out->length = fold_into(row->cells[0], out->from, FROM_LIMIT);
    if (str_equal(place, STR("start")))
        out->place = AT_START;
    else if (str_equal(place, STR("end")))
        out->place = AT_END;
    else if (!str_equal(place, STR("any")))
        return false;
    return out->length > 0 && out->from[0] < LETTERS_LIMIT;
}

static enum outcome read_rules(struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, "names/skeleton.tsv", "from place to", why);
    if (outcome)
        return outcome;
    while (!(outcome = table_next(&t, &row, &more, why)) && more) {
        if (rules.count == RULES_LIMIT || !rule_read(&row, &rules.all[rules.count]))
            return table_refuse(&t, why, "a rule that cannot be used:", row.cells[0]);
        rules.count++;
    }
    return outcome;
}

static void make_rules(void)
{
    struct fault why;
    if (read_rules(&why))
        bug(why.text);
    qsort(rules.all, rules.count, sizeof rules.all[0], rule_order);
    size_t next = 0;
    for (uint32_t c = 0; c <= LETTERS_LIMIT; c++) {
        rules.begin[c] = (uint16_t)next;
        while (next < rules.count && rules.all[next].from[0] == c)
            next++;
    }
}

static bool rule_fits(const struct rule *r, const uint32_t *letters, size_t count, size_t at)
{
    if (r->length > count - at || (r->place == AT_START && at != 0) ||
        (r->place == AT_END && at + r->length != count))
        return false;
    for (size_t i = 0; i < r->length; i++)
        if (letters[at + i] != r->from[i])
            return false;
    return true;
}

static const struct rule *rule_find(const uint32_t *letters, size_t count, size_t at)
{
    uint32_t c = letters[at];
    if (c >= LETTERS_LIMIT)
        return NULL;
    for (size_t i = rules.begin[c]; i < rules.begin[c + 1]; i++)
        if (rule_fits(&rules.all[i], letters, count, at))
            return &rules.all[i];
    return NULL;
}

struct str skeleton_of(struct arena *arena, struct str word)
{
    enum { LETTERS = 64 };
    uint32_t letters[LETTERS];
    char out[LETTERS * 4];
    size_t len = 0;
    pthread_once(&rules_read, make_rules);
    size_t count = fold_into(word, letters, LETTERS);
    for (size_t at = 0; at < count;) {
        const struct rule *r = rule_find(letters, count, at);
        at += r ? r->length : 1;
        for (size_t i = 0; r && i < r->to.len && len < sizeof out; i++)
            if (len == 0 || out[len - 1] != r->to.at[i])
                out[len++] = r->to.at[i];
    }
    return arena_copy(arena, (struct str){out, len});
}
