#include "store/search_int.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Texts come to the index as search_words gives them, queries ready made (search.c): both are
 * tokens between spaces. A skeleton's stands at the place of the word before it. */

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    int (*token)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    int code = SQLITE_OK;
    bool query = flags & FTS5_TOKENIZE_QUERY;
    for (int from = 0, to; code == SQLITE_OK && from < len; from = to + 1) {
        const char *space = memchr(text + from, ' ', (size_t)(len - from));
        to = space ? (int)(space - text) : len;
        if (to > from)
            code = token(context, !query && text[from] == '~' ? FTS5_TOKEN_COLOCATED : 0,
                         text + from, to - from, from, to);
    }
    return code;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* where a word of ASCII letters and digits alone ends, or 0 when it goes on with something else */
static size_t plain_end(struct str text, size_t at)
{
    while (at < text.len && is_plain(text.at[at]))
        at++;
    bool ends = at == text.len || ((unsigned char)text.at[at] < 0x80 && text.at[at] != '\'');
    return ends ? at : 0;
}

static void add_word(struct buf *out, struct str written, struct arena *scratch)
{
    struct str folded = fold_text(scratch, written);
    if (!folded.len)
        return;
    if (out->len)
        buf_add_byte(out, ' ');
    buf_add(out, folded);
    struct str skeleton = search_skeleton(scratch, written);
    if (skeleton.len)
        buf_add_byte(out, ' ');
    buf_add(out, skeleton);
}

/* most words are of small ASCII letters, and are as they are */
static size_t add_plain_words(struct buf *out, struct str text, size_t at)
{
    size_t from = at, end;
    while (from < text.len && text.at[from] >= 'a' && text.at[from] <= 'z' &&
           (end = plain_end(text, from)) != 0) {
        for (size_t i = from; i < end; i++)
            if (text.at[i] >= 'A' && text.at[i] <= 'Z')
                return at;
        if (out->len)
            buf_add_byte(out, ' ');
        buf_add(out, str_slice(text, from, end));
        at = end;
        from = end < text.len && text.at[end] == ' ' ? end + 1 : end;
    }
    return at;
}

struct str search_words(struct arena *arena, struct str text)
{
    struct arena scratch;
    struct buf out;
    struct word word;
    arena_init(&scratch);
    buf_init(&out, SIZE_MAX / 2);
    for (size_t at = 0; word_next(text, &at, &word);) {
        add_word(&out, str_slice(text, word.from, word.to), &scratch);
        if (at < text.len && text.at[at] == ' ')
            at = add_plain_words(&out, text, at + 1);
        if (scratch.total > 256 * 1024)
            arena_release(&scratch);
    }
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    arena_release(&scratch);
    return copy;
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
    char *token = arena_alloc(arena, skeleton.len + 2);
    token[0] = '~';
    token[1] = script == SCRIPT_LATIN ? 'l' : 'p';
    memcpy(token + 2, skeleton.at, skeleton.len);
    return (struct str){token, skeleton.len + 2};
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
