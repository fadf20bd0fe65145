/* A property of all readings: every range that comes out is bytes of the text, not empty, and cuts
 * no character in two; over random documents that mix scripts and directions, decompose letters,
 * scatter marks without width and break bytes. What is explained is what is read, and dates are the
 * same whether their reader has the text's tokens or cuts its own. Each confidence has a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/buf.h"
#include "read/date.h"
#include "read/read.h"
#include "read/reader_int.h"
#include "text/utf8.h"

enum { DOCUMENTS = 3000, PIECES = 14, DOCUMENT_LIMIT = 16384 };

static struct reader *reader;

static const char *const pieces[] = {
    "At least 336 people have been killed, including over 50 minors, since 16 September 2022.",
    "HRANA said on 1 November 2022 that 336 people had been killed. ",
    "HRANA said on 5 November 2022 that 300 people had been killed, including 500 children.",
    "The hearing of Mehran Raouf was held on Sunday, June 14, 1400 [June 13, 2021] in Tehran. ",
    "Nahid Taghavi, a German-Iranian architect, was sentenced to 10 years and 8 months in prison.",
    "According to Amnesty International's report of 22 November 2022, dozens were injured.\n",
    "(Daily Updates chart, HRANA, November 22, 2022)",
    "1. Ali Rezaei, 23, student, arrested in Shiraz\n2. Sara Karimi, 31, lawyer, released\n",
    "دست‌کم ۴۷۶ نفر، از جمله ۶۴ کودک، از ۲۵ شهریور ۱۴۰۱ تاکنون کشته شده‌اند. ",
    "نرگس محمدی، فعال حقوق بشر، روز دوشنبه ۲۳ خرداد ۱۴۰۰ بازداشت شد.\n",
    "به گزارش هرانا، ۳۱ مهر ۱۴۰۱ صدها تن در تهران و مشهد بازداشت و زخمی شدند؛ ",
    "سازمان عفو بین‌الملل در گزارش ۱ آذر ۱۴۰۱ گفت که بیش از ۱۵۰۰ نفر کشته شدند.",
    "او به ۱۰ سال و ۸ ماه حبس و ۷۴ ضربه شلاق محکوم شد",
    "قُتل ٣٠ شخصًا في طهران يوم ١٤ يونيو ٢٠٢١، وفقًا لمنظمة العفو الدولية. ",
    "ביום שני נהרגו 12 אנשים בטהרן. ",
    "Ce\u0301cile a e\u0301te\u0301 arre\u0302te\u0301e le 14 juin 2021. ",
    "ا\xD9\x93زادی ۱۲ زنداني سي\xD8\xA7سی، يک روز پس از ۲۰۲۱-۰۶-۱۴ ",
    "In November 2019, 1,500–3,000 protesters were killed\u202E and 7,000 arrested\u202C",
    "३० लोग मारे गए। 三百人被捕。 👩‍⚖️ 30 judges",
    "\n\n",
    "\t",
    " — ",
    "«",
    "»",
    "“",
    "\"",
    ":",
    "(",
    " said: ",
};

static const char *const marks[] = {
    "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x81\xA6",
    "\xE2\x81\xA9", "\xEF\xBB\xBF", "\xC2\xAD",     "\xCC\x81",     "\xD9\x8E",
    "\xD9\x91",     "\xE2\x80\x8B", "\xC2\xA0",     "\xEF\xBF\xBD", "\xF0\x9D\x9F\x9B",
    "\xD9\x80",     "\x01",
};

static void add_broken(struct random *r, struct buf *out, struct str piece)
{
    char bytes[1024];
    memcpy(bytes, piece.at, piece.len);
    buf_add(out, (struct str){bytes, random_mutate(r, bytes, piece.len, sizeof bytes)});
}

static void add_strewn(struct random *r, struct buf *out, struct str piece)
{
    size_t size;
    for (size_t at = 0; at < piece.len; at += size) {
        (void)utf8_at(piece, at, &size);
        buf_add(out, str_slice(piece, at, at + size));
        if (random_below(r, 9) == 0)
            buf_add_text(out, marks[random_below(r, COUNT_OF(marks))]);
    }
}

static struct str repaired(struct arena *arena, struct str bytes)
{
    struct buf out;
    buf_init(&out, 4 * DOCUMENT_LIMIT);
    while (bytes.len) {
        size_t invalid = utf8_first_invalid(bytes);
        size_t good = invalid == SIZE_MAX ? bytes.len : invalid;
        buf_add(&out, str_slice(bytes, 0, good));
        if (good < bytes.len)
            buf_add_text(&out, "\xEF\xBF\xBD");
        bytes = str_slice(bytes, good < bytes.len ? good + 1 : good, bytes.len);
    }
    struct str text = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static struct str random_document(struct random *r, struct arena *arena)
{
    struct buf out;
    buf_init(&out, DOCUMENT_LIMIT);
    for (size_t i = 1 + random_below(r, PIECES); i > 0; i--) {
        struct str piece = str_of(pieces[random_below(r, COUNT_OF(pieces))]);
        size_t how = random_below(r, 5);
        if (how == 0)
            add_broken(r, &out, piece);
        else if (how == 1)
            add_strewn(r, &out, piece);
        else
            buf_add(&out, piece);
        if (random_below(r, 3))
            buf_add_byte(&out, ' ');
    }
    struct str text = repaired(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static bool is_boundary(struct str text, size_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

static void is_range(struct str text, struct span at, const char *of)
{
    bool good = at.from < at.to && at.to <= text.len && is_boundary(text, at.from) &&
                is_boundary(text, at.to);
    if (!good)
        fail_msg("%s: [%zu, %zu) of %zu bytes in:\n%.*s", of, at.from, at.to, text.len,
                 STR_ARG(text));
}

static void is_range_or_none(struct str text, struct span at, const char *of)
{
    if (at.to)
        is_range(text, at, of);
}

static void check_statement(struct str text, const struct statement *s)
{
    is_range(text, s->quote, "a quote");
    if (s->form == FORM_FIGURE)
        is_range_or_none(text, s->figure.subset_of, "what a figure is a part of");
    if (s->form == FORM_LIFE_EVENT)
        is_range(text, s->life_event.person_at, "a person");
    if (s->form == FORM_FACT)
        is_range(text, s->fact.subject_at, "a subject");
}

static void check_finding(struct str text, const struct finding *f)
{
    is_range(text, f->quote, finding_kind_name(f->kind));
    is_range_or_none(text, f->other, finding_kind_name(f->kind));
    for (size_t i = 0; i < FINDING_PARTS; i++)
        assert_int_equal(f->parts[i].len > 0, finding_part_name(f->kind, i) != NULL);
}

static void check_confidence(const struct proposal *p)
{
    struct arena arena;
    bool found = false;
    arena_init(&arena);
    struct confidence_key key = confidence_key_of(p, &arena);
    assert_int_equal(p->confidence, confidence_of(reader->confidences, &key, &found));
    if (!found)
        fail_msg("data/reader/confidence.tsv: no row for %s / %.*s / %.*s",
                 statement_form_name(key.form), STR_ARG(key.rule), STR_ARG(key.evidence));
    arena_release(&arena);
}

static void check_reading(struct str text, const struct reading *r)
{
    for (size_t i = 0; i < r->proposals_count; i++) {
        check_statement(text, &r->proposals[i].statement);
        check_confidence(&r->proposals[i]);
        for (const struct explained *e = r->proposals[i].explained; e; e = e->next)
            is_range_or_none(text, e->words, e->rule);
    }
    for (size_t i = 0; i < r->dates_count; i++)
        is_range(text, r->dates[i].quote, "a date");
    for (size_t i = 0; i < r->sentences_count; i++)
        is_range(text, r->sentences[i].at, "a sentence");
    for (size_t i = 0; i < r->findings_count; i++)
        check_finding(text, &r->findings[i]);
}

static void check_same(const struct reading *a, const struct reading *b)
{
    assert_int_equal(a->proposals_count, b->proposals_count);
    assert_int_equal(a->findings_count, b->findings_count);
    for (size_t i = 0; i < a->proposals_count; i++) {
        struct hash left = statement_id(&a->proposals[i].statement);
        struct hash right = statement_id(&b->proposals[i].statement);
        assert_memory_equal(&left, &right, sizeof left);
        assert_int_equal(a->proposals[i].confidence, b->proposals[i].confidence);
        assert_true(str_equal(a->proposals[i].why, b->proposals[i].why));
        assert_null(a->proposals[i].explained);
    }
}

/* tokens that are cut without a lexicon show the reader of dates other words, but no other letters
 */
static void check_dates(struct str text, struct arena *arena)
{
    const struct date_context context = {STR("2022-11-13")};
    const struct lexicon *lexicons[] = {reader->lexicon, NULL};
    struct date_mention *own, *shared;
    size_t own_count, shared_count;
    dates_find(reader->dates, text, NULL, &context, arena, &own, &own_count);
    for (size_t k = 0; k < COUNT_OF(lexicons); k++) {
        struct tokens words;
        tokens_cut(lexicons[k], text, arena, &words);
        dates_find(reader->dates, text, &words, &context, arena, &shared, &shared_count);
        assert_int_equal(own_count, shared_count);
        for (size_t i = 0; i < own_count; i++) {
            assert_int_equal(own[i].quote.from, shared[i].quote.from);
            assert_int_equal(own[i].quote.to, shared[i].quote.to);
            assert_true(str_equal(own[i].iso, shared[i].iso));
        }
    }
}

static void ranges_are_of_the_text(void **state)
{
    struct random r = {20221122};
    struct document_facts facts = {.published = STR("2022-11-13")};
    size_t statements = 0, findings = 0;
    (void)state;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        struct reading plain, explained;
        struct arena arena;
        arena_init(&arena);
        struct str text = random_document(&r, &arena);
        reader_read(reader, text, &facts, &arena, &plain);
        reader_explain(reader, text, &facts, &arena, &explained);
        check_reading(text, &explained);
        check_same(&plain, &explained);
        check_dates(text, &arena);
        statements += plain.proposals_count;
        findings += plain.findings_count;
        arena_release(&arena);
    }
    assert_true(statements > DOCUMENTS);
    assert_true(findings > DOCUMENTS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranges_are_of_the_text)};
    struct fault why;
    if (reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    int failed = cmocka_run_group_tests_name("read quotes", tests, NULL, NULL);
    reader_free(reader);
    return failed;
}
