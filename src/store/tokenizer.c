#include "store/search_int.h"
#include "text/fold.h"
#include "text/utf8.h"

/* In documents each word gives its folded form and, at the same place, its consonant skeleton with
 * the mark of its script: '~' and 'l' or 'p'. Queries come ready made (search.c): words between
 * spaces, taken as they are. */

static int emit(void *context, int (*token)(void *, int, const char *, int, int, int), int flags,
                struct str s, size_t from, size_t to)
{
    return token(context, flags, s.at, (int)s.len, (int)from, (int)to);
}

static int tokenize_query(void *context, struct str text,
                          int (*token)(void *, int, const char *, int, int, int))
{
    int code = SQLITE_OK;
    struct str word;
    size_t start = 0;
    for (struct str rest = text; code == SQLITE_OK && str_cut(&rest, ' ', &word);
         start += word.len + 1)
        if (word.len)
            code = emit(context, token, 0, word, start, start + word.len);
    return code;
}

static int tokenize_document(void *context, struct str text,
                             int (*token)(void *, int, const char *, int, int, int))
{
    struct arena arena;
    struct word word;
    size_t at = 0;
    int code = SQLITE_OK;
    arena_init(&arena);
    while (code == SQLITE_OK && word_next(text, &at, &word)) {
        struct str written = str_slice(text, word.from, word.to);
        struct str folded = fold_text(&arena, written);
        if (folded.len)
            code = emit(context, token, 0, folded, word.from, word.to);
        struct str skeleton = search_skeleton(&arena, written);
        if (code == SQLITE_OK && folded.len && skeleton.len)
            code = emit(context, token, FTS5_TOKEN_COLOCATED, skeleton, word.from, word.to);
        if (arena.total > 256 * 1024)
            arena_release(&arena);
    }
    arena_release(&arena);
    return code;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    int (*token)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    struct str s = {text, len > 0 ? (size_t)len : 0};
    return flags & FTS5_TOKENIZE_QUERY ? tokenize_query(context, s, token)
                                       : tokenize_document(context, s, token);
}

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    static char only;
    (void)context, (void)arguments, (void)count;
    *out = (Fts5Tokenizer *)&only;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

struct str search_skeleton(struct arena *arena, struct str word)
{
    size_t size;
    enum script script = script_of(word);
    if (script == SCRIPT_LATIN) {
        uint32_t first = utf8_at(word, 0, &size), folded[4];
        if (fold_char(first, folded) == 1 && folded[0] == first)
            return STR_NONE; /* no capital: no name */
    } else if (script != SCRIPT_ARABIC) {
        return STR_NONE;
    }
    struct str skeleton = skeleton_of(arena, word);
    if (skeleton.len < 2)
        return STR_NONE;
    return arena_print(arena, "~%c%.*s", script == SCRIPT_LATIN ? 'l' : 'p', STR_ARG(skeleton));
}

enum outcome tokenizer_register(struct archive *a, struct fault *why)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    fts5_tokenizer functions = {create, destroy, tokenize};
    int code = sqlite3_prepare_v2(a->db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK && sqlite3_step(statement) != SQLITE_ROW)
        code = SQLITE_ERROR;
    sqlite3_finalize(statement);
    if (code == SQLITE_OK && api)
        code = api->xCreateTokenizer(api, "govah", NULL, &functions, NULL);
    if (code != SQLITE_OK || !api)
        return refuse(why, FAILED, "full text search does not start");
    return sight_register(a, api, why);
}
