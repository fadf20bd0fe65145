#include "store/search_int.h"

enum { TITLE, BODY };

struct place {
    int word, column, token;
};

struct tally {
    struct sight *sight;
    int counts[SIGHT_WORDS];
    bool in_title[SIGHT_WORDS], behind[SIGHT_WORDS];
    struct place last[SIGHT_WORDS]; /* where each word was seen last */
};

static void tally_place(struct tally *t, struct place p)
{
    struct sight *s = t->sight;
    struct place *last = &t->last[p.word];
    if (t->counts[p.word] && last->column == p.column && last->token == p.token)
        return; /* the word and its consonants are tokens of one place */
    t->counts[p.word]++;
    *last = p;
    if (p.column == TITLE)
        t->in_title[p.word] = true;
    if (p.word > 0 && t->counts[p.word - 1]) {
        const struct place *before = &t->last[p.word - 1];
        if (before->column == p.column && before->token + 1 == p.token)
            t->behind[p.word] = true;
    }
    bool known = s->count && s->places[s->count - 1] == (uint32_t)p.token;
    if (p.column == BODY && s->count < SIGHT_PLACES && !known)
        s->places[s->count++] = (uint32_t)p.token;
}

static int look(const Fts5ExtensionApi *api, Fts5Context *row, const uint8_t *words, int phrases,
                struct tally *t)
{
    int count, code = api->xInstCount(row, &count);
    for (int i = 0; i < count && code == SQLITE_OK; i++) {
        int phrase;
        struct place p;
        code = api->xInst(row, i, &phrase, &p.column, &p.token);
        if (code != SQLITE_OK || phrase >= phrases || words[phrase] >= SIGHT_WORDS)
            continue;
        p.word = words[phrase];
        tally_place(t, p);
    }
    return code;
}

static int weigh(const Fts5ExtensionApi *api, Fts5Context *row, struct tally *t)
{
    sqlite3_int64 rows, tokens;
    int length, code = api->xRowCount(row, &rows);
    if (code == SQLITE_OK)
        code = api->xColumnTotalSize(row, BODY, &tokens);
    if (code == SQLITE_OK)
        code = api->xColumnSize(row, BODY, &length);
    if (code != SQLITE_OK)
        return code;
    double mean = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1;
    double slack = 1.2 * (0.25 + 0.75 * length / mean);
    for (size_t i = 0; i < SIGHT_WORDS; i++)
        t->sight->score += t->counts[i] / (t->counts[i] + slack) + t->in_title[i] + t->behind[i];
    return SQLITE_OK;
}

static void sight(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int count,
                  sqlite3_value **arguments)
{
    struct sight out = {0};
    struct tally tally = {.sight = &out};
    int code = SQLITE_MISUSE;
    if (count == 1)
        code = look(api, row, sqlite3_value_blob(arguments[0]), sqlite3_value_bytes(arguments[0]),
                    &tally);
    if (code == SQLITE_OK)
        code = weigh(api, row, &tally);
    if (code == SQLITE_OK)
        sqlite3_result_blob(result, &out, sizeof out, SQLITE_TRANSIENT);
    else
        sqlite3_result_error_code(result, code);
}

enum outcome sight_register(struct archive *a, const fts5_api *api, struct fault *why)
{
    int code = api->xCreateFunction((fts5_api *)api, "search_sight", NULL, sight, NULL);
    return code == SQLITE_OK ? OK : sql_fault(a, code, why);
}
