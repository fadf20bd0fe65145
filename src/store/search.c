#include "store/store_int.h"
#include "text/fold.h"

/* A query is made in two steps: first the words as they are, folded; then each word or any word of
 * the same consonants in either script. What the first step found stands before the rest. */

enum { WORDS_LIMIT = 16, MARKS_LIMIT = 8, PASSAGE = 240 };

struct wanted {
    struct str folded;
    struct str skeletons[2]; /* "~l..." and "~p...", or empty */
    bool prefix;
};

static size_t parse(struct str words, struct arena *arena, struct wanted out[WORDS_LIMIT])
{
    struct word word;
    size_t at = 0, count = 0;
    while (count < WORDS_LIMIT && word_next(words, &at, &word)) {
        struct str written = str_slice(words, word.from, word.to);
        struct wanted *w = &out[count];
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

/* words and skeletons hold neither quotes nor spaces, by what word_next calls a word */
static struct str match_of(const struct wanted *w, size_t count, bool exact, struct arena *arena)
{
    struct buf out;
    buf_init(&out, 16 * 1024);
    for (size_t i = 0; i < count; i++) {
        buf_print(&out, "%s(\"%.*s\"%s", i ? " AND " : "", STR_ARG(w[i].folded),
                  w[i].prefix ? "*" : "");
        for (size_t k = 0; k < 2 && !exact && w[i].skeletons[0].len; k++)
            buf_print(&out, " OR \"%.*s\"", STR_ARG(w[i].skeletons[k]));
        buf_add_byte(&out, ')');
    }
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

static bool word_matches(struct str written, const struct wanted *w, struct arena *arena)
{
    struct str folded = fold_text(arena, written);
    if (w->prefix ? str_starts(folded, w->folded) : str_equal(folded, w->folded))
        return true;
    if (!w->skeletons[0].len)
        return false;
    struct str skeleton = search_skeleton(arena, written);
    return skeleton.len &&
           (str_equal(skeleton, w->skeletons[0]) || str_equal(skeleton, w->skeletons[1]));
}

static size_t character_start(struct str text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void mark(struct search_hit *hit, struct str text, const struct wanted *w, size_t count,
                 struct arena *arena)
{
    struct word word;
    size_t at = 0;
    struct arena scratch;
    arena_init(&scratch);
    hit->marks = arena_alloc(arena, MARKS_LIMIT * sizeof *hit->marks);
    while (hit->marks_count < MARKS_LIMIT && word_next(text, &at, &word)) {
        struct str written = str_slice(text, word.from, word.to);
        for (size_t i = 0; i < count; i++)
            if (word_matches(written, &w[i], &scratch)) {
                hit->marks[hit->marks_count++] = (struct span){word.from, word.to};
                break;
            }
        if (scratch.total > 256 * 1024)
            arena_release(&scratch);
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

static enum outcome collect(struct archive *a, struct str match, size_t limit, bool exact,
                            struct arena *arena, struct search_hit *hits, size_t *count,
                            struct fault *why)
{
    size_t before = *count;
    struct query q = query_begin(
        a, "SELECT d.id, d.text, d.sha256, d.title, d.publisher, d.published, d.lang, d.url,"
           " d.name, d.media, d.extractor, d.at, d.size FROM derived_search"
           " JOIN derived_document d ON d.row = derived_search.rowid"
           " WHERE derived_search MATCH ?1 ORDER BY derived_search.rank, d.id LIMIT ?2");
    query_bind_text(&q, 1, match);
    query_bind_int(&q, 2, (int64_t)limit);
    while (*count < limit && query_step(&q)) {
        struct search_hit hit = {.exact = exact};
        bool seen = false;
        document_of_row(&q, arena, &hit.document);
        for (size_t i = 0; i < before && !seen; i++)
            seen = hash_equal(&hits[i].document.id, &hit.document.id);
        if (!seen)
            hits[(*count)++] = hit;
    }
    return query_end(&q, why);
}

enum outcome archive_search(struct archive *a, struct str words, size_t limit, struct arena *arena,
                            struct search_hit **out, size_t *count, struct fault *why)
{
    struct wanted wanted[WORDS_LIMIT];
    size_t number = parse(words, arena, wanted);
    *count = 0;
    *out = arena_alloc(arena, (limit ? limit : 1) * sizeof **out);
    if (!number)
        return refuse(why, REFUSED, "no word to search for");
    enum outcome result =
        collect(a, match_of(wanted, number, true, arena), limit, true, arena, *out, count, why);
    if (result == OK && *count < limit)
        result = collect(a, match_of(wanted, number, false, arena), limit, false, arena, *out,
                         count, why);
    struct buf text;
    buf_init(&text, BYTES_LIMIT);
    for (size_t i = 0; i < *count && result == OK; i++) {
        buf_clear(&text);
        result = log_get_bytes(a, &(*out)[i].document.sha256, &text, why);
        if (result == OK)
            mark(&(*out)[i], buf_str(&text), wanted, number, arena);
    }
    buf_release(&text);
    return result;
}
