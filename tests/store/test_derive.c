#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "fixture.h"
#include "store/findings.h"

static const struct document_facts published_2019 = {
    .title = {"First", 5}, .publisher = {"A monitor", 9}, .published = {"2019-11-20", 10}};
static const struct document_facts published_2022 = {
    .title = {"Second", 6}, .publisher = {"A monitor", 9}, .published = {"2022-11-20", 10}};

static void a_document_gives_proposals(void **state)
{
    struct arena arena;
    struct archive *a = fixture_make("proposals", NULL);
    (void)state;
    arena_init(&arena);
    struct hash document =
        fixture_add(a, STR("12 people\nnobody\n13 people"), &published_2019, NULL);
    struct statement_view first = fixture_statement(a, &document, 0, &arena);
    struct statement_view second = fixture_statement(a, &document, 1, &arena);
    assert_true(str_equal(first.quote, STR("12 people")));
    assert_true(str_equal(second.quote, STR("13 people")));
    assert_true(str_equal(second.incident.id, STR("in-2019")));
    assert_int_equal(first.state, VIEW_PROPOSED);
    assert_true(first.proposed);
    struct archive_state s = fixture_state(a);
    assert_int_equal(s.statements, 2);
    assert_int_equal(s.proposed, 2);
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

static void decisions_show_in_the_views(void **state)
{
    struct arena arena;
    struct archive *a = fixture_make("views", NULL);
    (void)state;
    arena_init(&arena);
    struct hash document = fixture_add(a, STR("12 people\n13 people"), NULL, NULL);
    struct statement_view one = fixture_statement(a, &document, 0, &arena);
    static const struct {
        enum verdict verdict;
        enum view_state state;
    } steps[] = {{VERDICT_ACCEPT, VIEW_ACCEPTED},
                 {VERDICT_REJECT, VIEW_REJECTED},
                 {VERDICT_RETRACT, VIEW_ACCEPTED},
                 {VERDICT_RETRACT, VIEW_PROPOSED},
                 {VERDICT_ACCEPT, VIEW_ACCEPTED}};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        fixture_decide(a, steps[i].verdict, &one, 1);
        struct statement_view now = fixture_statement(a, &document, 0, &arena);
        assert_int_equal(now.state, steps[i].state);
        assert_false(now.undecided);
        fixture_assert_derived(a);
    }
    arena_release(&arena);
    archive_close(a);
}

/* what somebody else decides, who does not know of the other decisions */
static void weigh_apart(struct archive *a, enum verdict verdict, struct hash statement)
{
    const struct decision d = {
        .verdict = verdict, .about = {&statement, 1}, .why = STR("checked by telephone")};
    json_t *object = decision_to_json(&d);
    fixture_put(a, &object, 1);
}

static void contradicting_weighings_leave_the_rejected_rejected(void **state)
{
    static const struct {
        enum verdict verdict;
        enum view_state state;
        bool undecided;
    } all[] = {{VERDICT_ACCEPT, VIEW_ACCEPTED, true}, {VERDICT_REJECT, VIEW_REJECTED, false}};
    struct arena arena;
    struct archive *a = fixture_make("weighed", NULL);
    (void)state;
    arena_init(&arena);
    struct hash document = fixture_add(a, STR("12 people\n13 people"), NULL, NULL);
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct statement_view view = fixture_statement(a, &document, i, &arena);
        fixture_decide(a, all[i].verdict, &view, 1);
        weigh_apart(a, VERDICT_CORROBORATED, view.id);
        weigh_apart(a, VERDICT_DISPUTED, view.id);
        view = fixture_statement(a, &document, i, &arena);
        assert_int_equal(view.state, all[i].state);
        assert_int_equal(view.weighed, WEIGHED_DISPUTED);
        assert_int_equal(view.undecided, all[i].undecided);
    }
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

/* the newest facts of a document stand for it, also where a decision was made under older ones */
static void a_second_capture_is_read_with_its_facts(void **state)
{
    struct arena arena;
    struct archive *a = fixture_make("captures", NULL);
    struct str text = STR("12 people\n13 people\n- 14 nobody proposes");
    (void)state;
    arena_init(&arena);
    struct hash document = fixture_add(a, text, &published_2019, NULL);
    struct statement_view accepted = fixture_statement(a, &document, 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &accepted, 1);
    struct statement_view edited = fixture_statement(a, &document, 1, &arena);
    edited.statement.figure.low = edited.statement.figure.high = 14;
    edited.id = statement_id(&edited.statement);
    fixture_decide(a, VERDICT_ACCEPT, &edited, 1);
    fixture_assert_derived(a);
    fixture_add(a, text, &published_2022, NULL);
    for (size_t i = 0; i < 3; i++)
        assert_true(
            str_equal(fixture_statement(a, &document, i, &arena).incident.id, STR("in-2022")));
    fixture_assert_derived(a);
    /* a capture alone, without its text in the same commit */
    struct capture third = {.bytes = document,
                            .size = (int64_t)text.len,
                            .by = *archive_own_key(a),
                            .at = fixture_now(),
                            .facts = {.published = STR("2023")}};
    json_t *object = capture_to_json(&third);
    fixture_put(a, &object, 1);
    assert_true(str_equal(fixture_statement(a, &document, 0, &arena).incident.id, STR("in-2023")));
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

/* what was decided about an older reading of the bytes stays in sight */
static void a_newer_text_keeps_what_was_decided(void **state)
{
    struct arena arena;
    struct fault why;
    struct hash id, document;
    struct archive *a = fixture_make("texts", NULL);
    (void)state;
    arena_init(&arena);
    document = fixture_add(a, STR("12 people\n13 people"), NULL, "text/1");
    struct statement_view accepted = fixture_statement(a, &document, 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &accepted, 1);
    struct kept_text newer = {.bytes = document, .extractor = STR("text/2"), .size = 20};
    assert_int_equal(archive_begin(a, &why), OK);
    assert_int_equal(archive_put_bytes(a, STR("12 people.\n13 people."), &newer.sha256, &why), OK);
    assert_int_equal(archive_put_object(a, kept_text_to_json(&newer), &id, &why), OK);
    assert_int_equal(archive_commit(a, STR("read anew"), fixture_now(), &why), OK);
    fixture_assert_derived(a);
    struct archive_state s = fixture_state(a);
    assert_int_equal(s.accepted, 1);
    assert_int_equal(s.proposed, 2); /* of the newer text alone */
    assert_true(str_equal(fixture_statement(a, &document, 0, &arena).quote, STR("12 people")));
    assert_true(str_equal(fixture_statement(a, &document, 1, &arena).quote, STR("12 people.")));
    struct document_view *documents;
    size_t count;
    assert_int_equal(archive_documents(a, &arena, &documents, &count, &why), OK);
    assert_int_equal(count, 1);
    assert_int_equal(documents[0].accepted, 1);
    assert_int_equal(documents[0].proposed, 2);
    arena_release(&arena);
    archive_close(a);
}

/* a statement whose text comes later, lies outside of its text, or cuts a character in two */
static void statements_without_a_quote_are_not_shown(void **state)
{
    struct arena arena;
    struct buf findings;
    struct archive *a = fixture_make("quotes", NULL);
    struct str text = STR("۱۲ people");
    struct kept_text kept = {.extractor = STR("text/1"), .size = (int64_t)text.len};
    (void)state;
    arena_init(&arena);
    kept.bytes = kept.sha256 = hash_of(text);
    json_t *kept_object = kept_text_to_json(&kept);
    struct statement s = {.text = object_id(kept_object),
                          .quote = {0, 4},
                          .form = FORM_FIGURE,
                          .figure = {.event = STR("killed"),
                                     .what = STR("people"),
                                     .low = 12,
                                     .high = COUNT_NONE,
                                     .bound = BOUND_AT_LEAST}};
    json_decref(kept_object);
    static const struct span quotes[] = {{0, 4}, {0, 3}, {1, 4}, {4, 400}};
    for (size_t i = 0; i < COUNT_OF(quotes); i++) {
        struct statement_view view = {.statement = s};
        view.statement.quote = quotes[i];
        view.id = statement_id(&view.statement);
        fixture_decide(a, VERDICT_ACCEPT, &view, 1);
    }
    fixture_assert_derived(a);
    assert_int_equal(fixture_state(a).statements, 0);
    struct hash document = fixture_add(a, text, NULL, NULL);
    fixture_assert_derived(a);
    assert_int_equal(fixture_state(a).accepted, 1);
    assert_true(str_equal(fixture_statement(a, &document, 0, &arena).quote, STR("۱۲")));
    fixture_findings(a, &findings);
    size_t named = 0;
    for (size_t at = 0;
         (at = str_find(buf_str(&findings), STR("has no quote in its text"), at)) != SIZE_MAX; at++)
        named++;
    assert_int_equal(named, 3);
    buf_release(&findings);
    arena_release(&arena);
    archive_close(a);
}

static void statements_of_every_form_come_back(void **state)
{
    static const struct detail details[] = {{{"charge", 6}, {"\xd8\xaa\xd8\xa8\xd9\x84", 6}},
                                            {{"sentence", 8}, {"P10Y8M", 6}}};
    struct arena arena;
    struct statement_view *views;
    size_t count;
    struct fault why;
    struct archive *a = fixture_make("forms", NULL);
    (void)state;
    arena_init(&arena);
    struct str text = STR("Raouf, a lawyer\nwas sentenced in Evin\nnobody else");
    fixture_add(a, text, NULL, NULL);
    struct hash sha256 = hash_of(text);
    struct kept_text kept = {sha256, STR("text/1"), sha256, (int64_t)text.len};
    json_t *object = kept_text_to_json(&kept);
    struct hash text_id = object_id(object);
    json_decref(object);
    struct life_event sparse = {.person = STR("Raouf"), .person_at = {0, 5}, .event = STR("died")};
    struct life_event whole = {.person = STR("Raouf"),
                               .person_at = {0, 5},
                               .event = STR("sentenced"),
                               .date = STR("2022-11-20"),
                               .place = STR("Evin"),
                               .body = STR("a court"),
                               .details = details,
                               .details_count = COUNT_OF(details)};
    struct fact role = {STR("Raouf"),  {0, 5},      STR("person"), STR("role"),
                        STR("lawyer"), STR("2001"), STR("2022")};
    const struct statement all[] = {
        {.text = text_id, .quote = {0, 15}, .form = FORM_FACT, .fact = role},
        {.text = text_id, .quote = {0, 5}, .form = FORM_LIFE_EVENT, .life_event = sparse},
        {.text = text_id, .quote = {0, 37}, .form = FORM_LIFE_EVENT, .life_event = whole}};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct statement_view view = {.id = statement_id(&all[i]), .statement = all[i]};
        fixture_decide(a, VERDICT_ACCEPT, &view, 1);
    }
    struct statement_filter filter = {.rejected = true};
    assert_int_equal(archive_statements(a, &filter, &arena, &views, &count, &why), OK);
    assert_int_equal(count, COUNT_OF(all));
    for (size_t i = 0; i < count; i++) {
        struct hash id = statement_id(&views[i].statement);
        assert_true(hash_equal(&id, &views[i].id));
    }
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

/* one by one the first thread reads them, all at once others help, put whole they are read before
 * the batch ends: the rows are the same, and in a document they stand in the same order */
static void many_documents_give_the_rows_of_one_at_a_time(void **state)
{
    enum { MANY = 80, ARCHIVES = 3 };
    struct fault why;
    struct arena arena;
    struct hash bytes[MANY];
    struct archive *a = fixture_make("many", NULL), *other = fixture_make("many-at-once", NULL);
    struct archive *whole = fixture_make("many-whole", NULL);
    struct archive *all[ARCHIVES] = {a, other, whole};
    (void)state;
    arena_init(&arena);
    assert_int_equal(archive_begin(other, &why), OK);
    assert_int_equal(archive_begin(whole, &why), OK);
    for (size_t i = 0; i < MANY; i++) {
        struct buf text;
        struct hash id;
        buf_init(&text, 1 << 20);
        for (size_t line = 0; line < i % 23 * 20; line++)
            buf_print(&text, "%zu people, and %zu Raouf رئوف\n", i, line);
        buf_print(&text, "%zu people at the end", i);
        bytes[i] = fixture_add(a, buf_str(&text), &published_2022, NULL);
        assert_int_equal(archive_put_bytes(other, buf_str(&text), &id, &why), OK);
        struct capture capture = {.bytes = bytes[i],
                                  .size = (int64_t)text.len,
                                  .by = *archive_own_key(other),
                                  .at = fixture_now(),
                                  .facts = published_2022};
        struct kept_text kept = {.bytes = bytes[i],
                                 .extractor = STR("text/1"),
                                 .sha256 = bytes[i],
                                 .size = (int64_t)text.len};
        assert_int_equal(archive_put_object(other, capture_to_json(&capture), &id, &why), OK);
        assert_int_equal(archive_put_object(other, kept_text_to_json(&kept), &id, &why), OK);
        assert_int_equal(archive_put_document(whole, &capture, buf_str(&text), kept.extractor,
                                              buf_str(&text), &why),
                         OK);
        buf_release(&text);
    }
    assert_int_equal(archive_commit(other, STR("add"), fixture_now(), &why), OK);
    assert_int_equal(archive_commit(whole, STR("add"), fixture_now(), &why), OK);
    for (size_t k = 0; k < ARCHIVES; k++) {
        fixture_assert_derived(all[k]);
        assert_int_equal(fixture_state(all[k]).statements, fixture_state(a).statements);
        for (size_t i = 0; i < MANY; i += 19) {
            struct statement_view x = fixture_statement(a, &bytes[i], i % 23 * 20, &arena);
            struct statement_view y = fixture_statement(all[k], &bytes[i], i % 23 * 20, &arena);
            assert_true(hash_equal(&x.id, &y.id));
            assert_true(str_ends(x.quote, STR("at the end")));
        }
    }
    arena_release(&arena);
    for (size_t k = 0; k < ARCHIVES; k++)
        archive_close(all[k]);
}

/* ---- any sequence of steps ---- */

static const char *const texts[] = {
    "12 people\n13 people\n14 people",
    "12 people\nand ۵۲۷ رئوف\n99 more",
    "nobody at all",
    "1 person\n2 people\n3 people\n4 people\n5 people",
    "Raouf 7\n\n8\n9\n",
};

static void step(struct random *r, struct archive *a, struct archive *other)
{
    struct arena arena;
    struct statement_view *views;
    struct statement_filter all = {.rejected = true};
    struct fault why;
    struct buf lines;
    size_t count;
    arena_init(&arena);
    assert_int_equal(archive_statements(a, &all, &arena, &views, &count, &why), OK);
    size_t what = random_below(r, count ? 8 : 1), chosen = count ? random_below(r, count) : 0;
    switch (what) {
    case 0: {
        const struct document_facts *facts[] = {NULL, &published_2019, &published_2022};
        const char *extractors[] = {"text/1", "text/1", "text/2"};
        fixture_add(a, str_of(texts[random_below(r, COUNT_OF(texts))]), facts[random_below(r, 3)],
                    extractors[random_below(r, 3)]);
        break;
    }
    case 1:
    case 2:
        fixture_decide(a, VERDICT_ACCEPT, &views[chosen], 1);
        break;
    case 3:
        fixture_decide(a, VERDICT_REJECT, &views[chosen], 1);
        break;
    case 4: {
        struct decision_view *before;
        size_t number;
        assert_int_equal(archive_decisions(a, &views[chosen].id, &arena, &before, &number, &why),
                         OK);
        if (number)
            fixture_decide(a, VERDICT_RETRACT, &views[chosen], 1);
        break;
    }
    case 5: {
        struct statement_view edited = views[chosen];
        edited.statement.figure.low = edited.statement.figure.high = (int64_t)random_below(r, 90);
        edited.id = statement_id(&edited.statement);
        fixture_decide(a, VERDICT_REJECT, &views[chosen], 1);
        fixture_decide(a, VERDICT_ACCEPT, &edited, 1);
        break;
    }
    case 6:
        fixture_decide(a, random_below(r, 2) ? VERDICT_ACCEPT : VERDICT_REJECT, views, count);
        break;
    default:
        fixture_export(other, STR_NONE, &lines);
        fixture_take(a, buf_str(&lines));
        buf_release(&lines);
    }
    arena_release(&arena);
}

/* Puts documents whole, the i-th the same each time. */
static void put_whole(struct archive *a, size_t count, const struct document_facts *facts,
                      const char *extractor)
{
    struct fault why;
    for (size_t i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "%zu people of the %zuth", 10 + i, i);
        struct capture capture = {.bytes = hash_of(str_of(text)),
                                  .size = (int64_t)strlen(text),
                                  .by = *archive_own_key(a),
                                  .at = fixture_now(),
                                  .facts = *facts};
        assert_int_equal(
            archive_put_document(a, &capture, str_of(text), str_of(extractor), str_of(text), &why),
            OK);
    }
}

static void a_document_put_whole_may_have_company(void **state)
{
    enum { COUNT = 100 };
    struct fault why;
    struct archive *a = fixture_make("company", NULL);
    (void)state;
    assert_int_equal(archive_begin(a, &why), OK);
    put_whole(a, COUNT, &published_2019, "text/1");
    put_whole(a, COUNT / 2, &published_2022, "text/1");
    put_whole(a, COUNT / 2, &published_2022, "text/2");
    assert_int_equal(archive_commit(a, STR("add"), fixture_now(), &why), OK);
    fixture_assert_derived(a);
    struct archive_state before = fixture_state(a);
    struct hash digest = fixture_digest(a);
    assert_int_equal(before.documents, COUNT);

    assert_int_equal(archive_begin(a, &why), OK);
    put_whole(a, 2 * COUNT, &published_2022, "text/3");
    archive_abandon(a);
    struct hash now = fixture_digest(a);
    assert_true(hash_equal(&digest, &now));
    assert_int_equal(archive_begin(a, &why), OK);
    put_whole(a, 2 * COUNT, &published_2019, "text/3");
    assert_int_equal(archive_commit(a, STR("add"), fixture_now(), &why), OK);
    assert_int_equal(fixture_state(a).documents, 2 * COUNT);
    fixture_assert_derived(a);
    archive_close(a);
}

/* what a key that is no member's takes in waits, however it is put */
static void a_strangers_documents_are_not_derived(void **state)
{
    struct fault why;
    struct archive *owners = fixture_make("owners", NULL);
    struct archive *a = fixture_make("strangers", archive_own_key(owners));
    (void)state;
    assert_int_equal(archive_begin(a, &why), OK);
    put_whole(a, 10, &published_2019, "text/1");
    assert_int_equal(archive_commit(a, STR("add"), fixture_now(), &why), OK);
    assert_int_equal(fixture_state(a).documents, 0);
    fixture_assert_derived(a);
    archive_close(a);
    archive_close(owners);
}

static void any_steps_give_the_rows_of_a_rebuild(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct random r = {seed};
        char name[2][32];
        snprintf(name[0], sizeof name[0], "owner-%ju", (uintmax_t)seed);
        snprintf(name[1], sizeof name[1], "member-%ju", (uintmax_t)seed);
        struct archive *owner = fixture_make(name[0], NULL);
        struct archive *member = fixture_make(name[1], archive_owner(owner));
        fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
        for (int i = 0; i < 40; i++) {
            bool turn = random_below(&r, 2);
            step(&r, turn ? owner : member, turn ? member : owner);
            if (i % 4 == 3)
                fixture_assert_derived(turn ? owner : member);
        }
        struct buf lines;
        fixture_export(owner, STR_NONE, &lines);
        fixture_take(member, buf_str(&lines));
        buf_release(&lines);
        fixture_export(member, STR_NONE, &lines);
        fixture_take(owner, buf_str(&lines));
        buf_release(&lines);
        fixture_assert_derived(owner);
        struct hash a = fixture_digest(owner), b = fixture_digest(member);
        assert_true(hash_equal(&a, &b));
        assert_int_equal(fixture_state(owner).quarantined, 0);
        fixture_findings(owner, &lines);
        assert_int_equal(lines.len, 0);
        buf_release(&lines);
        archive_close(owner);
        archive_close(member);
    }
}

static void findings_are_derived(void **state)
{
    (void)state;
    struct archive *a = fixture_make("findings", NULL);
    struct str text = STR("12 people\n!13 people\n!14 people");
    struct finding_view *found;
    struct arena arena;
    size_t count, total;
    arena_init(&arena);
    struct hash first = fixture_add(a, text, &published_2019, NULL);
    struct hash second = fixture_add(a, STR("!15 people"), &published_2022, NULL);
    assert_int_equal(archive_document_findings(a, &first, &arena, &found, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_int_equal(found[1].finding.kind, FINDING_PART_LARGER);
    assert_int_equal(found[1].finding.quote.from, 21);
    assert_int_equal(found[1].finding.other.to, 1);
    assert_string_equal(found[1].quote.at, "!14 people");
    assert_string_equal(found[1].other.at, "1");
    assert_string_equal(found[1].finding.parts[0].at, "14");
    assert_string_equal(found[1].finding.parts[1].at, "2019");
    assert_int_equal(found[1].finding.parts[2].len, 0);
    assert_int_equal(archive_findings(a, 2, &arena, &found, &count, &total, NULL), OK);
    assert_int_equal(count, 2);
    assert_int_equal(total, 3);
    assert_memory_equal(&found[0].document, &second, HASH_SIZE);
    assert_memory_equal(&found[1].document, &first, HASH_SIZE);
    fixture_assert_derived(a);

    fixture_add(a, text, &published_2022, NULL);
    assert_int_equal(archive_document_findings(a, &first, &arena, &found, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].finding.parts[1].at, "2022");
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

static void of_many_findings_the_latest_come_first(void **state)
{
    (void)state;
    enum { MANY = 1100 };
    struct archive *a = fixture_make("findings-many", NULL);
    struct finding_view *found;
    struct arena arena;
    struct buf text;
    size_t count, total;
    arena_init(&arena);
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < MANY; i++)
        buf_print(&text, "!%zu people\n", i + 1);
    struct hash first = fixture_add(a, buf_str(&text), &published_2019, NULL);
    fixture_add(a, STR("none"), &published_2022, NULL);
    struct hash last = fixture_add(a, STR("!15 people\n!16 people"), &published_2022, NULL);
    assert_int_equal(archive_findings(a, 4, &arena, &found, &count, &total, NULL), OK);
    assert_int_equal(total, MANY + 2);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        assert_memory_equal(&found[i].document, i < 2 ? &last : &first, HASH_SIZE);
        assert_int_equal(found[i].finding.quote.from, i % 2 ? i < 2 ? 11 : 10 : 0);
    }
    buf_release(&text);
    arena_release(&arena);
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_gives_proposals),
        cmocka_unit_test(decisions_show_in_the_views),
        cmocka_unit_test(contradicting_weighings_leave_the_rejected_rejected),
        cmocka_unit_test(a_second_capture_is_read_with_its_facts),
        cmocka_unit_test(a_newer_text_keeps_what_was_decided),
        cmocka_unit_test(statements_without_a_quote_are_not_shown),
        cmocka_unit_test(statements_of_every_form_come_back),
        cmocka_unit_test(many_documents_give_the_rows_of_one_at_a_time),
        cmocka_unit_test(a_document_put_whole_may_have_company),
        cmocka_unit_test(a_strangers_documents_are_not_derived),
        cmocka_unit_test(any_steps_give_the_rows_of_a_rebuild),
        cmocka_unit_test(findings_are_derived),
        cmocka_unit_test(of_many_findings_the_latest_come_first),
    };
    return cmocka_run_group_tests_name("store derive", tests, fixture_begin, fixture_end);
}
