#include "match/person_name.h"

enum { GIVEN_WORDS = 3 };

static void spelling_clear(struct spelling *s)
{
    s->count = s->words = s->comma = 0;
}

/* what of the words stays, with its neighbours joined; *comma follows, *son is the first word of
 * the father's name */
static void clean(const struct spelling *raw, struct spelling *out, size_t *comma, size_t *son)
{
    bool join = false;
    spelling_clear(out);
    *comma = 0;
    *son = SPELLING_WORDS;
    for (size_t i = 0; i < raw->words; i++) {
        enum particle what = raw->particles[i];
        if (raw->comma && i == raw->comma)
            *comma = out->words;
        if (what == PARTICLE_SON && out->words && *son == SPELLING_WORDS)
            *son = out->words;
        bool is_article = what == PARTICLE_DROP && join;
        if (!is_article && (what == PARTICLE_DROP || what == PARTICLE_JOIN || what == PARTICLE_SON))
            continue;
        bool behind = out->words && out->words != *son;
        bool tied = raw->bound[i] && i && raw->particles[i - 1] != PARTICLE_DROP && !is_article;
        bool begins_next = i + 1 < raw->words && raw->bound[i + 1];
        bool ending = what == PARTICLE_LAST && !begins_next;
        bool to_last = join || ((ending || tied) && behind);
        spelling_add(out, raw, i, to_last);
        join = (what == PARTICLE_NEXT || is_article) && i + 1 < raw->words;
    }
    if (!out->words) /* a name of nothing but particles is a name all the same */
        for (size_t i = 0; i < raw->words; i++)
            spelling_add(out, raw, i, false);
}

static void words_add(struct spelling *to, const struct spelling *from, size_t begin, size_t end)
{
    for (size_t i = begin; i < end && i < from->words; i++)
        spelling_add(to, from, i, false);
}

void name_part_of(struct str raw, struct spelling *out)
{
    struct spelling spelt;
    size_t comma, son;
    spelling_of(raw, SPELLING_NAME, &spelt);
    clean(&spelt, out, &comma, &son);
}

void person_name_of(struct str raw, struct person_name *out)
{
    struct spelling spelt, words;
    size_t comma, son;
    spelling_of(raw, SPELLING_NAME, &spelt);
    clean(&spelt, &words, &comma, &son);
    spelling_clear(&out->given);
    spelling_clear(&out->family);
    spelling_clear(&out->father);
    spelling_clear(&out->other);
    size_t end = words.words;
    if (comma && comma < end) {
        words_add(&out->family, &words, 0, comma);
        words_add(&out->given, &words, comma, end);
        return;
    }
    if (son < end) {
        words_add(&out->father, &words, son, son + 1);
        words_add(&out->given, &words, 0, son);
        if (son + 1 < end)
            words_add(&out->family, &words, end - 1, end);
        words_add(&out->other, &words, son + 1, end - 1);
        return;
    }
    size_t given = end > 1 ? end - 1 : end;
    size_t first = given < GIVEN_WORDS ? given : GIVEN_WORDS;
    words_add(&out->given, &words, 0, first);
    words_add(&out->other, &words, first, given);
    words_add(&out->family, &words, given, end);
}
