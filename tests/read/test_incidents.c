/* Figures laid to incidents: by their own dates and words, by the sentence, by the whole document.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "read/incident.h"
#include "read/read.h"

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
        {"Since the killing of Mahsa Amini set off protests, by the latest count:\n\n  • Over 400 "
         "have been killed",
         "2022-11", "ir-2022-uprising", "line above"},
        {"The killing of Mahsa Amini set off protests against the murders of 1988, and since then,\n"
         "- The 1988 massacre is remembered\n- Over 400 have been killed",
         "2022-11", "ir-2022-uprising", "line above"},
        {"The 1988 massacre is remembered. The killing of Mahsa Amini was a beginning.\n- Over 400 "
         "have been killed",
         "2022-11", "", ""},
        {"از آغاز خیزش ژینا، بنا بر آخرین آمار:\n• دست‌کم ۴۰۰ نفر کشته شده‌اند",
         "2022-11", "ir-2022-uprising", "line above"},
        {"Since the killing of Mahsa Amini,\n- In 1988 some 5,000 prisoners were killed", "2022-11",
         "ir-1988-massacre", "period"},
        {"The November 2019 protests were put down. In 2009 some 40 protesters were arrested.",
         "2021-06", "", ""},
        {"In November 2019 over 1,500 people were killed, thirty years after the summer of 1988.",
         "2022-11", "ir-2019-november", "sentence"},
        {"در آبان ۱۳۹۸، سی سال پس از تابستان ۱۳۶۷، دست‌کم ۱۵۰۰ نفر کشته شدند.",
         "2022-11", "", ""},
        {"In the summer of 1988 some 5,000 prisoners were executed.", "2022-11", "ir-1988-massacre",
         "sentence"},
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

/* a look at the whole text beforehand finds what a look at each part of it finds, wherever it is
 * cut */
static void looks_once_for_all(void **state)
{
    static const char *const texts[] = {
        "The 1988 massacre. Then the2022 protests, and the 2022 protests; Mahsa Amini protests.",
        "An amnesty. The November 2019 protests were put down. Protesters, x2019 protestsx. Covid",
        "کشتار ۶۷ و اعتراضات ۱۴۰۱. زن، زندگی، آزادی! عفو عمومی و سرکوب معترضان در آبان‌ ۹۸ بود.",
    };
    static const char *const events[] = {"killed", "arrested", "executed", "pardoned"};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        for (size_t from = 0; from < strlen(texts[i]); from += 3)
            for (size_t to = from + 1; to <= strlen(texts[i]); to += 5) {
                struct str text = str_of(texts[i]), reason, again;
                struct arena arena;
                arena_init(&arena);
                struct figure f = {.event = str_of(events[(from + to) % COUNT_OF(events)])};
                struct incident_context part = {.text = text, .published = STR("2023-01")};
                struct incident_context whole = part;
                incident_context_look(&whole, *state, &arena);
                struct str sentence = str_slice(text, from, to);
                const struct incident *found =
                    incident_of(*state, &f, sentence, &part, &arena, &reason);
                assert_ptr_equal(found, incident_of(*state, &f, sentence, &whole, &arena, &again));
                assert_true(str_equal(reason, again));
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
        cmocka_unit_test(lays_figures_to_incidents),
        cmocka_unit_test(lays_figures_by_the_document),
        cmocka_unit_test(looks_once_for_all),
    };
    return cmocka_run_group_tests_name("incidents", tests, open_reader, close_reader);
}
