#include "account/independence.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

enum { VOICES = 8, DOCUMENTS = 6 };

/* A case in words. A teller is "KEY CLASS: DOCUMENT, DOCUMENT..."; a key "A+B" is joint. A document
 * is "PUBLISHER DAY [own] [TEXT]": texts of one letter are copies of each other, and without a
 * letter they are like no other. A leading '=' makes it the same document as the one before. What
 * is expected stands behind "->": the key it leads to, and why. */
struct voice_row {
    const char *teller, *leads_to, *why;
};

static const struct {
    const char *title;
    struct voice_row tellers[VOICES];
    size_t independent;
} cases[] = {
    {"nobody", {{0}}, 0},
    {"one monitor", {{"hrana independent: times 3", "", ""}}, 1},
    {"five outlets that name one monitor",
     {{"hrana independent: a 1, b 2, c 2, d 3, e 4", "", ""}},
     1},
    {"two monitors", {{"hrana independent: a 1", "", ""}, {"ihr independent: b 1", "", ""}}, 2},
    {"two monitors in their own documents",
     {{"hrana independent: hrana 1 own", "", ""}, {"ihr independent: ihr 2 own", "", ""}},
     2},
    {"five outlets, of which three do not say whom they repeat",
     {{"hrana independent: a 1, b 2", "", ""},
      {"c press: c 2 own", "hrana", "same_number"},
      {"d unknown: d 3 own", "hrana", "same_number"},
      {"e press: e 1 own", "hrana", "same_number"}},
     1},
    {"an outlet that is quoted, and names its source in its own report",
     {{"hrana independent: times 1", "", ""},
      {"times press: gazette 2, herald 3", "hrana", "chain"}},
     1},
    {"a chain of three",
     {{"hrana independent: times 1", "", ""},
      {"times press: gazette 2", "hrana", "chain"},
      {"gazette press: herald 3", "hrana", "chain"}},
     1},
    {"a chain that does not end at a monitor",
     {{"times press: gazette 2", "", ""}, {"gazette press: herald 3", "times", "chain"}},
     1},
    {"a circle counts once",
     {{"times press: gazette 2", "", ""},
      {"gazette press: times 3", "times", "circle"},
      {"ihr independent: x 1", "", ""}},
     2},
    {"a circle of three and one that hangs on it",
     {{"a press: b 3", "c", "circle"},
      {"b press: c 2", "c", "circle"},
      {"c press: a 1", "", ""},
      {"d press: e 4", "", ""},
      {"e press: f 5", "d", "chain"}},
     2},
    {"an edited copy without the source's name",
     {{"hrana independent: times 1 T", "", ""}, {"echo other: echo 2 own T", "hrana", "same_text"}},
     1},
    {"copies of one text by two who count by themselves",
     {{"ihr independent: ihr 1 own T", "", ""},
      {"hrana independent: hrana 2 own T", "ihr", "same_text"}},
     1},
    {"a headline and its sentence in one document",
     {{"ministry official: times 1", "", ""},
      {"times press: =times 1 own", "ministry", "chain"},
      {"echo press: =gazette 1 own", "ministry", "same_text"}},
     1},
    {"texts that are alike do not make those one who are named in them",
     {{"hrana independent: times 1 T", "", ""}, {"ihr independent: echo 2 T", "", ""}},
     2},
    {"a translation: a newspaper without a source, in no letter of the original",
     {{"hrana independent: times 1 T", "", ""},
      {"kayhan press: kayhan 1 own U", "hrana", "same_number"}},
     1},
    {"unnamed groups beside a monitor",
     {{"hrana independent: times 2", "", ""},
      {"rights groups unnamed: echo 1", "hrana", "unnamed"}},
     1},
    {"unnamed groups alone",
     {{"rights groups unnamed: echo 1", "", ""},
      {"activists unnamed: times 2", "rights groups", "unnamed"}},
     1},
    {"unnamed groups beside a newspaper of its own",
     {{"echo press: echo 4 own", "", ""}, {"activists unnamed: times 2", "echo", "unnamed"}},
     1},
    {"newspapers alone: the first to say it",
     {{"times press: times 1 own", "", ""}, {"echo press: echo 2 own", "times", "same_number"}},
     1},
    {"a newspaper whose own count others quote",
     {{"reuters press: times 2", "", ""}, {"hrana independent: x 1", "", ""}},
     2},
    {"joint sources that also speak alone",
     {{"hrana independent: a 1", "", ""},
      {"ihr independent: b 1", "", ""},
      {"hrana+ihr independent: c 2", "", ""}},
     2},
    {"a joint source is one teller", {{"hrana+ihr independent: c 2", "", ""}}, 1},
    {"a joint source and another of its own",
     {{"hrana+ihr independent: c 2", "", ""}, {"amnesty independent: d 2", "", ""}},
     2},
    {"joint sources that overlap",
     {{"a+b independent: x 1", "", ""},
      {"b+c independent: y 1", "", ""},
      {"c+d independent: z 1", "", ""}},
     2},
    {"a joint source of which one part leads to who speaks alone",
     {{"hrana independent: times 1", "", ""},
      {"times press: gazette 2", "hrana", "chain"},
      {"times+x unknown: y 3", "", ""}},
     1},
    {"official and UN beside each other",
     {{"ministry official: a 1 own", "", ""}, {"ohchr un: b 1 own", "", ""}},
     2},
};

static const struct {
    const char *name;
    enum source_class class;
} classes[] = {
    {"unknown", SOURCE_UNKNOWN},         {"official", SOURCE_OFFICIAL}, {"un", SOURCE_UN},
    {"independent", SOURCE_INDEPENDENT}, {"press", SOURCE_PRESS},       {"other", SOURCE_OTHER},
    {"unnamed", SOURCE_UNNAMED},
};

static struct sketch texts[2];

/* ---- reading a case ---- */

static size_t documents; /* of the case */

static void read_document(struct arena *arena, struct str text, struct voicing *out)
{
    struct str word;
    size_t words = 0;
    text = str_trim(text);
    bool same = str_starts(text, STR("="));
    text = str_slice(text, same, text.len);
    documents += !same;
    *out = (struct voicing){.document = hash_number(documents), .published = INT64_MAX};
    while (str_cut(&text, ' ', &word)) {
        if (words++ == 0)
            out->publisher = arena_copy(arena, word);
        else if (words == 2)
            assert_true(str_to_int(word, &out->published));
        else if (str_equal(word, STR("own")))
            out->own = true;
        else
            out->sketch = &texts[word.at[0] == 'U'];
    }
}

static void read_voice(struct arena *arena, const char *row, struct teller *out)
{
    struct str rest = str_of(row), part, head, documents_text;
    struct voicing *voicings = arena_alloc(arena, DOCUMENTS * sizeof *voicings);
    struct str *sources = arena_alloc(arena, DOCUMENTS * sizeof *sources);
    assert_true(str_cut(&rest, ':', &head));
    documents_text = rest;
    *out = (struct teller){.voicings = voicings, .since = INT64_MAX, .leads_to = 77};
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (str_ends(head, str_of(classes[i].name))) {
            out->class = classes[i].class;
            out->key = str_trim(str_slice(head, 0, head.len - strlen(classes[i].name)));
        }
    struct str names = out->key;
    while (str_cut(&names, '+', &part))
        sources[out->sources_count++] = part;
    out->sources = sources;
    out->sources_count *= out->sources_count > 1;
    while (str_cut(&documents_text, ',', &part))
        read_document(arena, part, &voicings[out->voicings_count++]);
}

static size_t read_case(struct arena *arena, size_t number, struct teller tellers[VOICES])
{
    size_t count = 0;
    documents = number * 100;
    for (; count < VOICES && cases[number].tellers[count].teller; count++)
        read_voice(arena, cases[number].tellers[count].teller, &tellers[count]);
    return count;
}

/* ---- the tests ---- */

static void check(size_t number, const struct teller *tellers, size_t count, const size_t *row)
{
    for (size_t i = 0; i < count; i++) {
        const struct teller *v = &tellers[i];
        const struct voice_row *expected = &cases[number].tellers[row[i]];
        struct str leads_to = v->leads_to == NO_LEAD ? STR("") : tellers[v->leads_to].key;
        if (!str_equal(leads_to, str_of(expected->leads_to)) ||
            strcmp(lead_why_name(v->why), expected->why) != 0)
            fail_msg("%s: %.*s leads to '%.*s' (%s)", cases[number].title, STR_ARG(v->key),
                     STR_ARG(leads_to), lead_why_name(v->why));
    }
}

static void cases_are_weighed(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct teller tellers[VOICES];
        size_t row[VOICES];
        arena_init(&arena);
        size_t count = read_case(&arena, i, tellers);
        for (size_t k = 0; k < count; k++)
            row[k] = k;
        size_t independent = tellers_weigh(tellers, count, &arena);
        if (independent != cases[i].independent)
            fail_msg("%s: %zu independent", cases[i].title, independent);
        check(i, tellers, count, row);
        arena_release(&arena);
    }
}

/* Turned and reversed. */
static void order_does_not_matter(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (size_t turn = 0; turn < 2 * VOICES; turn++) {
            struct arena arena;
            struct teller read[VOICES], tellers[VOICES];
            size_t row[VOICES];
            arena_init(&arena);
            size_t count = read_case(&arena, i, read);
            for (size_t k = 0; k < count; k++) {
                size_t at = (k + turn) % count;
                row[k] = turn % 2 ? count - 1 - at : at;
                tellers[k] = read[row[k]];
            }
            assert_int_equal(tellers_weigh(tellers, count, &arena), cases[i].independent);
            check(i, tellers, count, row);
            arena_release(&arena);
        }
}

/* However many copies there are, and whoever of them comes first. */
static void a_hundred_copies_are_one(void **unused)
{
    (void)unused;
    enum { COPIES = 100 };
    struct arena arena;
    struct teller tellers[COPIES];
    struct voicing voicings[COPIES];
    arena_init(&arena);
    for (size_t i = 0; i < COPIES; i++) {
        struct str key = arena_print(&arena, "outlet %zu", i);
        voicings[i] = (struct voicing){key, (int64_t)((i * 37) % COPIES), hash_number(i + 1),
                                       &texts[0], true};
        tellers[i] = (struct teller){.key = key,
                                     .class = SOURCE_INDEPENDENT,
                                     .voicings = &voicings[i],
                                     .voicings_count = 1,
                                     .since = INT64_MAX};
    }
    assert_int_equal(tellers_weigh(tellers, COPIES, &arena), 1);
    for (size_t i = 1; i < COPIES; i++)
        assert_int_equal(tellers[i].leads_to, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_weighed),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(a_hundred_copies_are_one),
    };
    sketch_make(&texts[0], STR("In the first of the two texts a monitor counts those who were "
                               "killed in the streets of the city, and says how it knows them."));
    sketch_make(&texts[1], STR("The second is about the same people, says the same of them, and "
                               "has no run of letters in common with what the other one wrote."));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
