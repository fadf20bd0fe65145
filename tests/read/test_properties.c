/* What holds for any text: quotes inside it and on character boundaries, statements that the record
 * takes, the same answer twice. The texts are random, the seeds fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/incident.h"
#include "read/read.h"

static const char *const pieces[] = {"at least ",
                                     "17 ",
                                     "Sixty-six ",
                                     "people ",
                                     "were killed",
                                     ", including ",
                                     "12 of whom ",
                                     "and ",
                                     "HRANA ",
                                     "said ",
                                     "According to ",
                                     "Nahid Taghavi ",
                                     "was arrested ",
                                     "since ",
                                     "2022",
                                     ". ",
                                     "\n",
                                     "\n\n",
                                     "  • ",
                                     "“",
                                     "”",
                                     "(",
                                     ")",
                                     "10,500",
                                     "1.7 million ",
                                     "dozens of ",
                                     "’s ",
                                     "-",
                                     "Evin",
                                     "–",
                                     ":",
                                     "/",
                                     "%",
                                     "$",
                                     "https://example.org/1988",
                                     "14 June 1400 ",
                                     "political ",
                                     "prisoners ",
                                     "executed ",
                                     "in 28 provinces ",
                                     "Dr. ",
                                     "U.S. ",
                                     "é",
                                     "ß",
                                     "İ",
                                     "日本",
                                     "🙂",
                                     "دست‌کم ",
                                     "۱۷ ",
                                     "نفر ",
                                     "کشته شدند",
                                     "، ",
                                     "از جمله ",
                                     "به گزارش ",
                                     "هرانا ",
                                     "گفت ",
                                     "که ",
                                     "زندانی سیاسی ",
                                     "اعدام ",
                                     "۱۰٬۵۰۰ ",
                                     "صدها ",
                                     "مهسا امینی ",
                                     "بازداشت شد",
                                     "در سال ۱۴۰۱ ",
                                     "؛ ",
                                     "«",
                                     "»",
                                     "\xE2\x80\x8C",
                                     "\xD9\x93",
                                     "ي",
                                     "ك",
                                     "٫",
                                     "٬",
                                     "\t",
                                     "99999999999999999999 ",
                                     "thousand ",
                                     "hundred ",
                                     "هزار ",
                                     "و ",
                                     "million ",
                                     "'",
                                     "between 10 and 20 ",
                                     "0 ",
                                     "۰ "};

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void random_text(uint64_t seed, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        buf_add_text(out, pieces[next_random(&seed) % COUNT_OF(pieces)]);
}

static bool is_boundary(struct str text, size_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

static void check_span(struct str text, struct span at)
{
    assert_true(at.from < at.to);
    assert_true(at.to <= text.len);
    assert_true(is_boundary(text, at.from));
    assert_true(is_boundary(text, at.to));
}

static void check_statement(struct str text, const struct statement *s)
{
    struct fault why = {0};
    check_span(text, s->quote);
    if (statement_check(s, &why) != OK)
        fail_msg("%s", why.text);
    if (s->form == FORM_FIGURE && s->figure.subset_of.to)
        check_span(text, s->figure.subset_of);
    if (s->form == FORM_LIFE_EVENT)
        check_span(text, s->life_event.person_at);
    if (s->form == FORM_FACT)
        check_span(text, s->fact.subject_at);
}

static bool is_white(struct str text, size_t from, size_t to)
{
    return str_trim(str_slice(text, from, to)).len == 0;
}

static void check_sentences(struct str text, const struct reading *r)
{
    size_t at = 0;
    for (size_t i = 0; i < r->sentences_count; i++) {
        check_span(text, r->sentences[i].at);
        assert_true(r->sentences[i].at.from >= at);
        assert_true(is_white(text, at, r->sentences[i].at.from));
        at = r->sentences[i].at.to;
    }
    assert_true(is_white(text, at, text.len));
}

static void check_reading(struct str text, const struct reading *r)
{
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct proposal *p = &r->proposals[i];
        check_statement(text, &p->statement);
        assert_in_range(p->confidence, 0, 1000);
        assert_true(p->why.len > 0);
        if (i)
            assert_true(r->proposals[i - 1].statement.quote.from <= p->statement.quote.from);
    }
    for (size_t i = 0; i < r->dates_count; i++)
        check_span(text, r->dates[i].quote);
    check_sentences(text, r);
}

static void check_same(const struct reading *a, const struct reading *b)
{
    assert_int_equal(a->proposals_count, b->proposals_count);
    for (size_t i = 0; i < a->proposals_count; i++) {
        struct hash left = statement_id(&a->proposals[i].statement);
        struct hash right = statement_id(&b->proposals[i].statement);
        assert_true(hash_equal(&left, &right));
    }
}

static void holds_for_any_text(void **state)
{
    enum { TEXTS = 400, PIECES = 120 };
    const struct reader *reader = *state;
    struct document_facts facts = {.published = STR("2022-11-25")};
    size_t figures = 0;
    for (uint64_t seed = 1; seed <= TEXTS; seed++) {
        struct arena arena;
        struct buf text;
        struct reading first, second;
        arena_init(&arena);
        buf_init(&text, 1 << 20);
        random_text(seed, seed % PIECES, &text);
        reader_read(reader, buf_str(&text), &facts, &arena, &first);
        reader_read(reader, buf_str(&text), &facts, &arena, &second);
        check_reading(buf_str(&text), &first);
        check_same(&first, &second);
        for (size_t i = 0; i < first.proposals_count; i++)
            figures += first.proposals[i].statement.form == FORM_FIGURE;
        buf_release(&text);
        arena_release(&arena);
    }
    assert_true(figures > TEXTS / 4);
}

static void holds_for_nothing(void **state)
{
    static const char *const texts[] = {"", " ", "\n\n", ".", "17", "killed", "۱۷"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena arena;
        struct reading r;
        arena_init(&arena);
        reader_read(*state, str_of(texts[i]), NULL, &arena, &r);
        check_reading(str_of(texts[i]), &r);
        arena_release(&arena);
    }
}

static void lays_figures_to_incidents(void **state)
{
    static const struct {
        const char *event, *since, *until, *as_of, *sentence, *published, *incident;
    } cases[] = {
        {"killed", "2019-11-15", "", "", "About 1,500 people were killed.", "", "ir-2019-november"},
        {"killed", "", "", "", "The 1988 massacre killed 5,000.", "2021", "ir-1988-massacre"},
        {"executed", "1988", "1988", "", "Some 5,000 in 1988 alone.", "2022", "ir-1988-massacre"},
        {"killed", "2022-09", "", "2022-11-22", "At least 336 since the protests began.", "",
         "ir-2022-uprising"},
        {"arrested", "", "", "", "7,000 protesters were arrested.", "2019-12-20",
         "ir-2019-november"},
        {"pardoned", "", "", "", "An amnesty for tens of thousands.", "2023-02-10",
         "ir-2023-amnesty"},
        {"endorsed", "2022-10", "", "", "4,500 signed during the protests.", "2022-11-13", ""},
        {"killed", "2010", "2010", "", "Ten people were killed.", "2010", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct str reason;
        arena_init(&arena);
        struct figure f = {.event = str_of(cases[i].event),
                           .since = str_of(cases[i].since),
                           .until = str_of(cases[i].until),
                           .as_of = str_of(cases[i].as_of)};
        struct incident_context about = {.text = str_of(cases[i].sentence),
                                         .published = str_of(cases[i].published)};
        const struct incident *found =
            incident_of(*state, &f, str_of(cases[i].sentence), &about, &arena, &reason);
        struct str id = found ? found->id : STR_NONE;
        if (!str_equal(id, str_of(cases[i].incident)))
            fail_msg("%s: laid to \"%.*s\"", cases[i].sentence, STR_ARG(id));
        assert_int_equal(found != NULL, reason.len > 0);
        arena_release(&arena);
    }
}

static struct str sentence_at(struct str text, const struct reading *r, size_t byte)
{
    for (size_t i = 0; i < r->sentences_count; i++)
        if (r->sentences[i].at.from <= byte && byte < r->sentences[i].at.to)
            return str_slice(text, r->sentences[i].at.from, r->sentences[i].at.to);
    return STR_NONE;
}

/* the last figure of each text */
static void lays_figures_by_the_document(void **state)
{
    static const struct {
        const char *text, *published, *incident, *reason;
    } cases[] = {
        {"The list is of 5 February 2023. It began on 16 September 2022 and on 3 January 2023 it "
         "went on. At least 527 people have been killed in the crackdown on protests.",
         "", "ir-2022-uprising", "dates reach"},
        {"It was written on 3 May 2012. At least 27 people were killed in the crackdown on "
         "protests.",
         "", "", ""},
        {"Nobody knows when. At least 27 people were killed in the crackdown on protests.", "", "",
         ""},
        {"The November 2019 protests were put down. As many as 12,000 protesters were arrested.",
         "2021-06", "ir-2019-november", "text before"},
        {"The November 2019 protests and the 2022 uprising were put down. As many as 12,000 "
         "protesters were arrested.",
         "2024-06", "", ""},
        {"The November 2019 protests were put down. In 2009 some 40 protesters were arrested.",
         "2021-06", "", ""},
        {"از تابستان ۱۳۶۷ می‌گویند. سازمان شمار کشته‌شدگان را ۳۰ هزار نفر "
         "اعلام "
         "کرد.",
         "2021-08-05", "ir-1988-massacre", "text before"},
        {"از زلزله می‌گویند. سازمان شمار کشته‌شدگان را ۳۰ هزار نفر "
         "اعلام "
         "کرد.",
         "2021-08-05", "", ""},
        {"به گزارش هرانا در اعتراض‌ها دست‌کم ۵۲۹ نفر کشته "
         "شدند.",
         "2023-03-13", "ir-2022-uprising", "of its time"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct reading r;
        struct str text = str_of(cases[i].text), reason = STR_NONE;
        struct document_facts facts = {.published = str_of(cases[i].published)};
        const struct statement *figure = NULL;
        arena_init(&arena);
        reader_read(*state, text, &facts, &arena, &r);
        for (size_t k = 0; k < r.proposals_count; k++)
            if (r.proposals[k].statement.form == FORM_FIGURE)
                figure = &r.proposals[k].statement;
        if (!figure) {
            fail_msg("%s: no figure", cases[i].text);
            return;
        }
        struct incident_context about = incident_context_of(text, &r, facts.published);
        const struct incident *found =
            incident_of(*state, &figure->figure, sentence_at(text, &r, figure->quote.from), &about,
                        &arena, &reason);
        struct str id = found ? found->id : STR_NONE;
        if (!str_equal(id, str_of(cases[i].incident)) ||
            str_find(reason, str_of(cases[i].reason), 0) == SIZE_MAX)
            fail_msg("%s: laid to \"%.*s\": %.*s", cases[i].text, STR_ARG(id), STR_ARG(reason));
        arena_release(&arena);
    }
}

static int open_reader(void **state)
{
    struct reader *reader;
    struct fault why;
    if (reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    *state = reader;
    return 0;
}

static int close_reader(void **state)
{
    reader_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_any_text),
        cmocka_unit_test(holds_for_nothing),
        cmocka_unit_test(lays_figures_to_incidents),
        cmocka_unit_test(lays_figures_by_the_document),
    };
    return cmocka_run_group_tests_name("reader properties", tests, open_reader, close_reader);
}
