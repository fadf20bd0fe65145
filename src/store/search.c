#include <stdlib.h>

#include "store/search_int.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A query is made in two steps: first the words as they are, folded; then each word or any word of
 * the same consonants in either script. What the first step found stands before the rest. */

enum { PASSAGE = 240 };

struct wanted {
    struct str folded;
    struct str skeletons[2]; /* "~l..." and "~p...", or empty */
    bool prefix;
};

/* a query in FTS5's words, and for each of its phrases the number of the word it stands for */
struct match {
    struct buf text, words;
};

struct candidate {
    int64_t row;
    bool exact;
    struct sight sight;
};

struct candidates {
    struct candidate *at;
    size_t count, room, bound;
    bool more; /* than the bound */
};

/* how many words there are; the first of them are written to `out` */
static size_t parse(struct str words, struct arena *arena, struct wanted out[SIGHT_WORDS])
{
    struct word word;
    struct wanted beyond;
    size_t at = 0, count = 0;
    while (word_next(words, &at, &word)) {
        struct str written = str_slice(words, word.from, word.to);
        struct wanted *w = count < SIGHT_WORDS ? &out[count] : &beyond;
        *w = (struct wanted){.folded = fold_text(arena, written),
                             .prefix = word.to < words.len && words.at[word.to] == '*'};
        struct str skeleton = skeleton_of(arena, written);
        if (!w->folded.len)
            continue;
        if (skeleton.len >= 2 && !w->prefix && script_of(written) != SCRIPT_OTHER) {
            w->skeletons[0] = arena_print(arena, "~l%.*s", STR_ARG(skeleton));
            w->skeletons[1] = arena_print(arena, "~p%.*s", STR_ARG(skeleton));
        }
        count++;
    }
    return count;
}

static void match_phrase(struct match *m, const char *before, struct str word, bool prefix,
                         size_t number)
{
    buf_print(&m->text, "%s\"%.*s\"%s", before, STR_ARG(word), prefix ? "*" : "");
    buf_add_byte(&m->words, (char)number);
}

/* words and skeletons hold neither quotes nor spaces, by what word_next calls a word */
static void match_init(struct match *m, const struct wanted *w, size_t count, bool exact)
{
    buf_init(&m->text, 64 * 1024);
    buf_init(&m->words, 4096);
    for (size_t i = 0; i < count; i++) {
        match_phrase(m, i ? " AND (" : "(", w[i].folded, w[i].prefix, i);
        for (size_t k = 0; k < 2 && !exact && w[i].skeletons[0].len; k++)
            match_phrase(m, " OR ", w[i].skeletons[k], false, i);
        buf_add_byte(&m->text, ')');
    }
}

static void match_release(struct match *m)
{
    buf_release(&m->text);
    buf_release(&m->words);
}

static size_t character_start(struct str text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* whether the tokenizer makes a token of the word */
static bool is_token(struct str written, struct arena *scratch)
{
    uint32_t folded[4];
    size_t size;
    return fold_char(utf8_at(written, 0, &size), folded) || fold_text(scratch, written).len;
}

static void mark(struct search_hit *hit, const struct sight *s, struct str text,
                 struct arena *arena)
{
    struct word word;
    struct arena scratch;
    size_t at = 0;
    arena_init(&scratch);
    hit->marks = arena_alloc(arena, SIGHT_PLACES * sizeof *hit->marks);
    for (uint32_t token = 0; hit->marks_count < s->count && word_next(text, &at, &word);) {
        if (!is_token(str_slice(text, word.from, word.to), &scratch))
            continue;
        if (token++ == s->places[hit->marks_count])
            hit->marks[hit->marks_count++] = (struct span){word.from, word.to};
    }
    arena_release(&scratch);
    size_t first = hit->marks_count ? hit->marks[0].from : 0;
    size_t from = character_start(text, first > PASSAGE / 3 ? first - PASSAGE / 3 : 0);
    for (size_t i = from; i < first; i++) /* begin behind a blank if there is one near */
        if (from > 0 && (text.at[i] == ' ' || text.at[i] == '\n')) {
            from = i + 1;
            break;
        }
    size_t to = character_start(text, from + PASSAGE < text.len ? from + PASSAGE : text.len);
    hit->around = (struct span){from, to};
    hit->passage = arena_copy(arena, str_slice(text, from, to));
}

static bool is_known(const struct candidates *c, size_t count, int64_t row)
{
    size_t low = 0, high = count; /* the last taken in stand first */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->at[middle].row > row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c->at[low].row == row;
}

/* the last documents taken in that match, up to the bound besides those that are known */
static enum outcome collect(struct archive *a, const struct match *m, bool exact,
                            struct arena *arena, struct candidates *c, struct fault *why)
{
    size_t known = c->count;
    struct query q = query_begin(a, "SELECT rowid, search_sight(derived_search, ?2)"
                                    " FROM derived_search WHERE derived_search MATCH ?1"
                                    " ORDER BY rowid DESC");
    query_bind_text(&q, 1, buf_str(&m->text));
    query_bind_blob(&q, 2, buf_str(&m->words));
    while (query_step(&q)) {
        struct candidate next = {.row = query_int(&q, 0), .exact = exact};
        struct str sight = query_str(&q, 1);
        if (is_known(c, known, next.row))
            continue;
        c->more = c->count - known == c->bound;
        if (c->more)
            break;
        if (sight.len != sizeof next.sight)
            bug("a sight of another size");
        memcpy(&next.sight, sight.at, sight.len);
        c->at = arena_grow(arena, c->at, c->count, &c->room, sizeof *c->at);
        c->at[c->count++] = next;
    }
    return query_end(&q, why);
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *l = left, *r = right;
    if (l->exact != r->exact)
        return l->exact ? -1 : 1;
    if (l->sight.score != r->sight.score)
        return l->sight.score > r->sight.score ? -1 : 1;
    return l->row > r->row ? -1 : l->row < r->row;
}

static enum outcome find(struct archive *a, const struct wanted *w, size_t count, size_t limit,
                         struct arena *arena, struct candidates *c, struct fault *why)
{
    enum outcome result = OK;
    for (int step = 0; step < 2 && result == OK && c->count < limit && !c->more; step++) {
        struct match m;
        match_init(&m, w, count, step == 0);
        result = m.text.full ? refuse(why, REFUSED, "words too long to search for")
                             : collect(a, &m, step == 0, arena, c, why);
        match_release(&m);
    }
    if (c->count)
        qsort(c->at, c->count, sizeof *c->at, compare_candidates);
    return result;
}

static enum outcome load(struct archive *a, const struct candidate *c, struct arena *arena,
                         struct buf *text, struct search_hit *hit, struct fault *why)
{
    struct query q = query_begin(a, "SELECT id, text, sha256, title, publisher, published, lang,"
                                    " url, name, media, extractor, at, size FROM derived_document"
                                    " WHERE row = ?1");
    *hit = (struct search_hit){.exact = c->exact};
    query_bind_int(&q, 1, c->row);
    bool found = query_step(&q);
    if (found)
        document_of_row(&q, arena, &hit->document);
    enum outcome result = query_end(&q, why);
    if (result == OK && !found)
        return refuse(why, DAMAGED, "the search index names a document that is not there");
    buf_clear(text);
    if (result == OK)
        result = log_get_bytes(a, &hit->document.sha256, text, why);
    if (result == OK)
        mark(hit, &c->sight, buf_str(text), arena);
    return result;
}

static enum outcome load_all(struct archive *a, const struct candidates *c, size_t limit,
                             struct arena *arena, struct search_hit *out, size_t *count,
                             struct fault *why)
{
    struct buf text;
    enum outcome result = OK;
    buf_init(&text, BYTES_LIMIT);
    for (size_t i = 0; i < c->count && i < limit && result == OK; i++) {
        result = load(a, &c->at[i], arena, &text, &out[i], why);
        *count = i + (result == OK);
    }
    buf_release(&text);
    return result;
}

static enum outcome transaction(struct archive *a, const char *sql, struct fault *why)
{
    struct query q = query_begin(a, sql);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome archive_search(struct archive *a, struct str words, size_t limit, struct arena *arena,
                            struct search_hit **out, size_t *count, bool *more, struct fault *why)
{
    struct wanted wanted[SIGHT_WORDS];
    struct candidates found = {.bound = limit > SEARCH_RANKED ? limit : SEARCH_RANKED};
    size_t number = parse(words, arena, wanted);
    *count = 0;
    *more = false;
    *out = arena_alloc(arena, (limit ? limit : 1) * sizeof **out);
    if (!number)
        return refuse(why, REFUSED, "no word to search for");
    if (number > SIGHT_WORDS)
        return refuse(why, REFUSED, "more than %d words to search for", SIGHT_WORDS);
    /* the index and the documents as they are at one moment */
    bool alone = sqlite3_get_autocommit(a->db);
    enum outcome result = alone ? transaction(a, "BEGIN", why) : OK;
    if (result != OK)
        return result;
    result = find(a, wanted, number, limit, arena, &found, why);
    *more = found.more;
    if (result == OK)
        result = load_all(a, &found, limit, arena, *out, count, why);
    enum outcome ended = alone ? transaction(a, "COMMIT", result == OK ? why : NULL) : OK;
    return result == OK ? ended : result;
}
