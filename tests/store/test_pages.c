#include "store/page.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "fixture.h"
#include "store/figures.h"

static const struct document_facts facts = {
    .title = {"A title", 7}, .publisher = {"A monitor", 9}, .published = {"2022-11-20", 10}};

static struct document_page page_of(struct archive *a, struct arena *arena,
                                    struct document_choice choice)
{
    struct document_page page;
    struct fault why = {0};
    assert_int_equal(archive_document_page(a, &choice, arena, &page, &why), OK);
    return page;
}

static struct str digits_of(struct arena *arena, const struct hash *id)
{
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    return arena_copy(arena, (struct str){digits, 32});
}

static void documents_come_a_page_at_a_time(void **state)
{
    (void)state;
    static const char *const texts[] = {"1 a", "2 b\n3 c", "4 d", "none", "5 e"};
    struct archive *a = fixture_make("pages", NULL);
    struct hash ids[COUNT_OF(texts)];
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        ids[i] = fixture_add(a, str_of(texts[i]), &facts, NULL);
    struct document_page first = page_of(a, &arena, (struct document_choice){.limit = 2});
    assert_int_equal(first.count, 2);
    assert_true(first.more);
    assert_int_equal(first.total, 5);
    assert_int_equal(first.before, 0);
    assert_int_equal(first.total_waiting, 5);
    assert_int_equal(first.documents_wait, 4);
    assert_memory_equal(&first.documents[0].id, &ids[4], HASH_SIZE);
    assert_memory_equal(&first.documents[1].id, &ids[3], HASH_SIZE);
    assert_int_equal(first.waiting[0], 1);
    assert_int_equal(first.waiting[1], 0);
    struct document_page last = page_of(
        a, &arena, (struct document_choice){.limit = 9, .after = digits_of(&arena, &ids[3])});
    assert_int_equal(last.count, 3);
    assert_false(last.more);
    assert_int_equal(last.before, 2);
    assert_memory_equal(&last.documents[0].id, &ids[2], HASH_SIZE);
    assert_int_equal(last.documents[1].proposed, 2);

    struct statement_view one = fixture_statement(a, &ids[4], 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &one, 1);
    struct document_page waiting = page_of(
        a, &arena,
        (struct document_choice){.limit = 9, .waiting = true, .after = digits_of(&arena, &ids[2])});
    assert_int_equal(waiting.count, 2);
    assert_int_equal(waiting.total, 3);
    assert_int_equal(waiting.before, 1);
    assert_int_equal(waiting.total_waiting, 4);
    assert_int_equal(waiting.waiting[0], 2);
    struct hash next;
    bool waits;
    assert_int_equal(archive_next_waiting(a, &next, &waits, NULL), OK);
    assert_true(waits);
    assert_memory_equal(&next, &ids[2], HASH_SIZE);
    arena_release(&arena);
    archive_close(a);
}

static void a_document_is_found_by_its_digits(void **state)
{
    (void)state;
    struct archive *a = fixture_make("digits", NULL);
    struct hash id = fixture_add(a, STR("7 people\n8 people"), &facts, NULL);
    struct document_view view;
    struct fault why;
    struct arena arena;
    arena_init(&arena);
    struct str digits = digits_of(&arena, &id);
    assert_int_equal(archive_document(a, str_slice(digits, 0, 8), &arena, &view, &why), OK);
    assert_memory_equal(&view.id, &id, HASH_SIZE);
    assert_true(str_equal(view.facts.title, facts.title));
    assert_int_equal(view.proposed, 2);
    assert_int_equal(archive_document(a, str_slice(digits, 0, 7), &arena, &view, &why), REFUSED);
    assert_int_equal(archive_document(a, STR("00000000"), &arena, &view, &why), NOT_FOUND);
    assert_int_equal(archive_document(a, STR("0000000g"), &arena, &view, &why), REFUSED);
    struct document_choice after = {.limit = 1, .after = STR("0000000000")};
    struct document_page page;
    assert_int_equal(archive_document_page(a, &after, &arena, &page, &why), NOT_FOUND);
    arena_release(&arena);
    archive_close(a);
}

static void decisions_of_a_document_come_together(void **state)
{
    (void)state;
    struct archive *a = fixture_make("judgements", NULL);
    struct hash id = fixture_add(a, STR("7 people\n8 people"), &facts, NULL);
    struct hash other = fixture_add(a, STR("9 people"), &facts, NULL);
    struct judgement_view *all;
    struct arena arena;
    size_t count;
    arena_init(&arena);
    struct statement_view one = fixture_statement(a, &id, 0, &arena);
    struct statement_view far = fixture_statement(a, &other, 0, &arena);
    struct hash accepted = fixture_decide(a, VERDICT_ACCEPT, &one, 1);
    struct hash rejected = fixture_decide(a, VERDICT_REJECT, &one, 1);
    fixture_decide(a, VERDICT_ACCEPT, &far, 1);
    assert_int_equal(archive_document_judgements(a, &id, &arena, &all, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_memory_equal(&all[0].statement, &one.id, HASH_SIZE);
    assert_memory_equal(&all[0].decision, &accepted, HASH_SIZE);
    assert_memory_equal(&all[1].decision, &rejected, HASH_SIZE);
    assert_int_equal(all[0].verdict, VERDICT_ACCEPT);
    assert_int_equal(all[1].verdict, VERDICT_REJECT);
    assert_false(all[0].active);
    assert_true(all[1].active);
    assert_true(public_key_equal(&all[0].author, archive_own_key(a)));
    assert_true(all[0].at.len == 20 && all[0].author_name.len > 0);
    struct commit_view *commits;
    assert_int_equal(archive_commit_page(a, 1, 2, &arena, &commits, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_memory_equal(&commits[0].id, &all[1].held_by, HASH_SIZE);
    assert_memory_equal(&commits[1].id, &all[0].held_by, HASH_SIZE);
    arena_release(&arena);
    archive_close(a);
}

static uint64_t generation_of(struct archive *a)
{
    uint64_t generation = 0;
    assert_int_equal(archive_generation(a, &generation, NULL), OK);
    return generation;
}

static void a_generation_ends_with_every_change(void **state)
{
    (void)state;
    struct archive *a = fixture_make("generation", NULL);
    struct archive *reader = fixture_open("generation", ARCHIVE_READ);
    struct archive_check check = {.findings = 1};
    struct arena arena;
    arena_init(&arena);
    uint64_t before = generation_of(reader);
    assert_true(before == generation_of(a));
    assert_true(before == generation_of(reader));
    struct hash id = fixture_add(a, STR("7 people"), &facts, NULL);
    uint64_t added = generation_of(reader);
    assert_true(added != before);
    assert_true(added == generation_of(a));
    struct statement_view one = fixture_statement(a, &id, 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &one, 1);
    uint64_t decided = generation_of(reader);
    assert_true(decided != added);
    assert_int_equal(archive_note_verification(a, &check, fixture_now(), NULL), OK);
    uint64_t verified = generation_of(reader);
    assert_true(verified != decided);
    assert_int_equal(archive_rebuild(a, NULL, NULL, NULL), OK);
    assert_true(generation_of(reader) != verified);
    arena_release(&arena);
    archive_close(reader);
    archive_close(a);
}

static void a_snapshot_is_of_one_state(void **state)
{
    (void)state;
    struct archive *a = fixture_make("snapshot", NULL);
    struct archive *reader = fixture_open("snapshot", ARCHIVE_READ);
    assert_int_equal(archive_snapshot_begin(reader, NULL), OK);
    assert_int_equal(fixture_state(reader).documents, 0);
    fixture_add(a, STR("7 people"), &facts, NULL);
    assert_int_equal(archive_snapshot_begin(reader, NULL), OK);
    assert_int_equal(fixture_state(reader).documents, 0);
    archive_snapshot_end(reader);
    assert_int_equal(fixture_state(reader).statements, 0);
    archive_snapshot_end(reader);
    assert_int_equal(fixture_state(reader).documents, 1);
    assert_int_equal(archive_snapshot_begin(reader, NULL), OK);
    assert_int_equal(fixture_state(reader).statements_wait, 1);
    archive_snapshot_end(reader);
    archive_close(reader);
    archive_close(a);
}

/* ---- figures ---- */

static struct hash put_statement(struct archive *a, const struct statement *s)
{
    struct hash id = statement_id(s);
    struct decision accept = {.verdict = VERDICT_ACCEPT, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&accept)};
    fixture_put(a, objects, COUNT_OF(objects));
    return id;
}

static struct figure_view *figures_of(struct archive *a, struct arena *arena,
                                      const struct figure_matter *matter, size_t *count)
{
    struct figure_view *figures;
    assert_int_equal(archive_figures(a, matter, matter ? 1 : 0, arena, &figures, count, NULL), OK);
    return figures;
}

static void a_listing_says_what_the_statements_say(void **state)
{
    (void)state;
    struct archive *a = fixture_make("listing", NULL);
    struct hash id = fixture_add(a, STR("7 people\n8 people"), &facts, NULL);
    struct document_view document;
    struct figure_tally *tallies;
    struct str *explained;
    struct arena arena;
    size_t count;
    arena_init(&arena);
    struct str digits = digits_of(&arena, &id);
    assert_int_equal(archive_document(a, digits, &arena, &document, NULL), OK);
    struct statement whole = {.text = document.text,
                              .quote = {0, 8},
                              .form = FORM_FIGURE,
                              .figure = {.event = STR("arrested"),
                                         .what = STR("people"),
                                         .low = 7,
                                         .high = 7,
                                         .as_of = STR("2022-11-19"),
                                         .place = STR("Tehran"),
                                         .source = STR("Centre for Records (CFR)")}};
    struct statement part = whole;
    part.quote = (struct span){9, 17};
    part.figure.event = STR("hurt");
    part.figure.as_of = STR("2022-12-01");
    part.figure.subset_of = whole.quote;
    struct hash whole_id = put_statement(a, &whole), part_id = put_statement(a, &part);
    figures_of(a, &arena, NULL, &count);
    assert_int_equal(count, 4);

    struct figure_matter arrested = {STR("arrested"), STR("")}, none = {STR("x"), STR("")};
    arrested.incident = STR("in-2022");
    none.incident = STR("in-2022");
    struct figure_view *f = figures_of(a, &arena, &arrested, &count);
    assert_int_equal(count, 1);
    assert_memory_equal(&f->id, &whole_id, HASH_SIZE);
    assert_memory_equal(&f->document->id, &id, HASH_SIZE);
    assert_true(str_equal(f->document->publisher, facts.publisher));
    assert_true(str_equal(f->figure.place, whole.figure.place));
    assert_true(str_equal(f->figure.source, whole.figure.source));
    assert_true(str_equal(f->figure.as_of, whole.figure.as_of));
    assert_int_equal(f->figure.low, 7);
    assert_int_equal(f->state, VIEW_ACCEPTED);
    assert_null(f->whole);
    struct figure_matter hurt = {STR("hurt"), STR("in-2022")};
    f = figures_of(a, &arena, &hurt, &count);
    assert_int_equal(count, 1);
    assert_memory_equal(&f->id, &part_id, HASH_SIZE);
    assert_non_null(f->whole);
    figures_of(a, &arena, &none, &count);
    assert_int_equal(count, 0);

    assert_int_equal(archive_figure_tallies(a, &arena, &tallies, &count, NULL), OK);
    assert_int_equal(count, 3);
    assert_string_equal(tallies[0].event.at, "arrested");
    assert_int_equal(tallies[0].latest, 19315);
    assert_int_equal(tallies[1].latest, INT64_MIN);
    assert_int_equal(tallies[2].figures, 2);
    assert_int_equal(archive_explained_sources(a, &arena, &explained, &count, NULL), OK);
    assert_int_equal(count, 1);
    struct str quotes[2];
    struct hash ids[] = {part_id, id};
    assert_int_equal(archive_quotes(a, ids, 2, &arena, quotes, NULL), OK);
    assert_true(str_equal(quotes[0], STR("8 people")));
    assert_int_equal(quotes[1].len, 0);
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

/* ---- names ---- */

static struct hash name_someone(struct archive *a, const struct hash *text, const char *name,
                                const char *event, size_t from)
{
    struct statement s = {.text = *text, .quote = {from, from + 1}};
    if (event) {
        s.form = FORM_LIFE_EVENT;
        s.life_event = (struct life_event){
            .person = str_of(name), .person_at = s.quote, .event = str_of(event)};
    } else {
        s.form = FORM_FACT;
        s.fact = (struct fact){.subject = str_of(name),
                               .subject_at = s.quote,
                               .subject_kind = STR("person"),
                               .property = STR("role"),
                               .value = STR("prisoner")};
    }
    return put_statement(a, &s);
}

static struct name_tally *names_of(struct archive *a, struct arena *arena,
                                   struct name_choice choice, size_t *count, size_t *total)
{
    struct name_tally *names;
    assert_int_equal(archive_names(a, &choice, arena, &names, count, total, NULL), OK);
    return names;
}

static void names_come_by_their_documents(void **state)
{
    (void)state;
    struct archive *a = fixture_make("names", NULL);
    struct arena arena;
    struct document_view documents[3];
    size_t count, total;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        struct str text = arena_print(&arena, "text number %zu", i);
        struct hash id = fixture_add(a, text, &facts, NULL);
        assert_int_equal(archive_document(a, digits_of(&arena, &id), &arena, &documents[i], NULL),
                         OK);
    }
    name_someone(a, &documents[0].text, "Mehran Raoof", NULL, 0);
    name_someone(a, &documents[0].text, "Mehran RAOOF", "arrested", 1);
    name_someone(a, &documents[1].text, "Mehran Raoof", NULL, 0);
    name_someone(a, &documents[1].text, "Nobody Else", NULL, 1);
    struct hash doubted = name_someone(a, &documents[2].text, "Nobody Else", "tried", 2);
    name_someone(a, &documents[2].text, "Somebody", NULL, 0);
    struct name_choice all = {.limit = 9};
    struct name_tally *names = names_of(a, &arena, all, &count, &total);
    assert_int_equal(count, 3);
    assert_string_equal(names[0].key.at, "mehran raoof");
    assert_int_equal(names[0].documents, 2);
    assert_string_equal(names[1].key.at, "nobody else");
    assert_int_equal(names[1].documents, 2);

    struct statement_view reject;
    assert_int_equal(archive_statement(a, digits_of(&arena, &doubted), &arena, &reject, NULL), OK);
    fixture_decide(a, VERDICT_REJECT, &reject, 1);
    names = names_of(a, &arena, (struct name_choice){.from = 1, .limit = 1}, &count, &total);
    assert_int_equal(count, 1);
    assert_int_equal(total, 3);
    assert_string_equal(names[0].key.at, "nobody else");
    assert_int_equal(names[0].documents, 1);
    names_of(a, &arena, (struct name_choice){.limit = 9, .part = STR("RAOO")}, &count, &total);
    assert_int_equal(total, 1);
    names_of(a, &arena, (struct name_choice){.limit = 9, .organisations = true}, &count, &total);
    assert_int_equal(total, 0);
    struct mention_view *mentions;
    assert_int_equal(
        archive_mentions(a, STR("mehran raoof"), false, &arena, &mentions, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_int_equal(mentions[0].count + mentions[1].count, 3);
    size_t events = 0;
    for (size_t i = 0; i < count; i++)
        events += str_equal(mentions[i].event, STR("arrested")) &&
                  str_equal(mentions[i].name, STR("Mehran RAOOF"));
    assert_int_equal(events, 1);
    fixture_assert_derived(a);
    arena_release(&arena);
    archive_close(a);
}

/* Two archives share what they keep; each answers for the state that its own snapshot is of. */
static void what_is_shared_is_of_one_state(void **state)
{
    (void)state;
    struct archive *a = fixture_make("shared", NULL);
    struct archive *readers[] = {fixture_open("shared", ARCHIVE_READ),
                                 fixture_open("shared", ARCHIVE_READ)};
    struct archive_kept *kept = archive_kept_new();
    struct name_choice all = {.limit = 9}, part = {.limit = 9, .part = STR("else")};
    struct document_view document;
    struct arena arena;
    size_t count, total;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        archive_share(readers[i], kept);
    struct hash id = fixture_add(a, STR("a text"), &facts, NULL);
    assert_int_equal(archive_document(a, digits_of(&arena, &id), &arena, &document, NULL), OK);
    name_someone(a, &document.text, "Mehran Raoof", NULL, 0);
    assert_int_equal(archive_snapshot_begin(readers[0], NULL), OK);
    names_of(readers[0], &arena, all, &count, &total);
    assert_int_equal(total, 1);
    name_someone(a, &document.text, "Nobody Else", NULL, 1);
    assert_int_equal(archive_snapshot_begin(readers[1], NULL), OK);
    names_of(readers[1], &arena, all, &count, &total);
    assert_int_equal(total, 2);
    struct name_tally *names = names_of(readers[1], &arena, part, &count, &total);
    assert_int_equal(total, 1);
    assert_string_equal(names[0].key.at, "nobody else");
    names_of(readers[0], &arena, all, &count, &total);
    assert_int_equal(total, 1);
    for (size_t i = 0; i < COUNT_OF(readers); i++) {
        archive_snapshot_end(readers[i]);
        names_of(readers[i], &arena, all, &count, &total);
        assert_int_equal(total, 2);
        archive_close(readers[i]);
    }
    archive_kept_free(kept);
    arena_release(&arena);
    archive_close(a);
}

static struct document_page waiting_after(struct archive *a, struct arena *arena,
                                          const struct hash *after)
{
    struct document_choice choice = {.waiting = true, .limit = 2};
    if (after)
        choice.after = digits_of(arena, after);
    return page_of(a, arena, choice);
}

/* Also behind a document that waits no more. */
static void documents_that_wait_are_of_one_state(void **state)
{
    (void)state;
    enum { DOCUMENTS = 5 };
    struct archive *a = fixture_make("waiting", NULL);
    struct archive *readers[] = {fixture_open("waiting", ARCHIVE_READ),
                                 fixture_open("waiting", ARCHIVE_READ)};
    struct archive_kept *kept = archive_kept_new();
    struct hash ids[DOCUMENTS], next;
    struct arena arena;
    bool waits;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        archive_share(readers[i], kept);
    for (size_t i = 0; i < DOCUMENTS; i++)
        ids[i] = fixture_add(a, arena_print(&arena, "%zu people", i + 1), &facts, NULL);
    assert_int_equal(archive_snapshot_begin(readers[0], NULL), OK);
    assert_int_equal(waiting_after(readers[0], &arena, NULL).documents_wait, DOCUMENTS);

    struct statement_view one = fixture_statement(a, &ids[3], 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &one, 1);
    assert_int_equal(archive_snapshot_begin(readers[1], NULL), OK);
    struct document_page old = waiting_after(readers[0], &arena, &ids[3]);
    struct document_page new = waiting_after(readers[1], &arena, &ids[3]);
    assert_int_equal(old.documents_wait, DOCUMENTS);
    assert_int_equal(old.before, 2);
    assert_int_equal(new.documents_wait, DOCUMENTS - 1);
    assert_int_equal(new.before, 1);
    assert_int_equal(new.count, 2);
    assert_memory_equal(&new.documents[0].id, &ids[2], HASH_SIZE);
    assert_memory_equal(&new.documents[1].id, &ids[1], HASH_SIZE);
    assert_true(new.more);
    new = waiting_after(readers[1], &arena, &ids[1]);
    assert_int_equal(new.count, 1);
    assert_false(new.more);

    struct statement_view last = fixture_statement(a, &ids[4], 0, &arena);
    fixture_decide(a, VERDICT_REJECT, &last, 1);
    for (size_t i = 0; i < COUNT_OF(readers); i++) {
        archive_snapshot_end(readers[i]);
        assert_int_equal(archive_snapshot_begin(readers[i], NULL), OK);
        assert_int_equal(waiting_after(readers[i], &arena, NULL).documents_wait, DOCUMENTS - 2);
        assert_int_equal(archive_next_waiting(readers[i], &next, &waits, NULL), OK);
        assert_true(waits);
        assert_memory_equal(&next, &ids[2], HASH_SIZE);
        archive_snapshot_end(readers[i]);
        archive_close(readers[i]);
    }
    archive_kept_free(kept);
    arena_release(&arena);
    archive_close(a);
}

/* How often the name stands in the archive, and how many of them differ. */
static size_t times_mentioned(struct archive *a, size_t *different)
{
    struct arena arena;
    struct mention_view *mentions;
    struct document_view document;
    size_t times = 0;
    arena_init(&arena);
    assert_int_equal(
        archive_mentions(a, STR("mehran raoof"), false, &arena, &mentions, different, NULL), OK);
    for (size_t i = 0; i < *different; i++) {
        times += mentions[i].count;
        assert_true(str_equal(mentions[i].key, STR("mehran raoof")));
        assert_true(str_equal(mentions[i].name, STR("Mehran Raoof")));
        assert_int_equal(
            archive_document(a, digits_of(&arena, &mentions[i].document), &arena, &document, NULL),
            OK);
    }
    arena_release(&arena);
    return times;
}

static void many_mentions_are_kept_for_one_state(void **state)
{
    enum { MANY = 70 };
    (void)state;
    struct archive *a = fixture_make("mentions", NULL);
    struct archive *readers[] = {fixture_open("mentions", ARCHIVE_READ),
                                 fixture_open("mentions", ARCHIVE_READ)};
    struct archive_kept *kept = archive_kept_new();
    struct document_view document;
    struct arena arena;
    size_t different;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        archive_share(readers[i], kept);
    struct str text = arena_print(&arena, "%0*d", 2 * MANY, 0);
    struct hash id = fixture_add(a, text, &facts, NULL);
    assert_int_equal(archive_document(a, digits_of(&arena, &id), &arena, &document, NULL), OK);
    for (size_t i = 0; i < MANY; i++)
        name_someone(a, &document.text, "Mehran Raoof", "arrested", i);
    assert_int_equal(archive_snapshot_begin(readers[0], NULL), OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(times_mentioned(readers[0], &different), MANY);
        assert_int_equal(different, 1);
    }
    name_someone(a, &document.text, "Mehran Raoof", "died", MANY);
    assert_int_equal(archive_snapshot_begin(readers[1], NULL), OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(times_mentioned(readers[1], &different), MANY + 1);
        assert_int_equal(different, 2);
        assert_int_equal(times_mentioned(readers[0], &different), MANY);
    }
    for (size_t i = 0; i < COUNT_OF(readers); i++) {
        archive_snapshot_end(readers[i]);
        assert_int_equal(times_mentioned(readers[i], &different), MANY + 1);
        archive_close(readers[i]);
    }
    archive_kept_free(kept);
    arena_release(&arena);
    archive_close(a);
}

/* Two extractors read one document, and both texts name somebody. */
static void two_texts_of_one_document_are_one(void **state)
{
    (void)state;
    struct archive *a = fixture_make("twins", NULL);
    struct document_view first, second;
    struct arena arena;
    size_t count, total;
    arena_init(&arena);
    struct hash id = fixture_add(a, STR("some text"), &facts, "one/1");
    struct str digits = digits_of(&arena, &id);
    assert_int_equal(archive_document(a, digits, &arena, &first, NULL), OK);
    name_someone(a, &first.text, "Mehran Raoof", NULL, 0);
    fixture_add(a, STR("some text"), &facts, "one/2");
    assert_int_equal(archive_document(a, digits, &arena, &second, NULL), OK);
    assert_memory_not_equal(&first.text, &second.text, HASH_SIZE);
    name_someone(a, &second.text, "Mehran Raoof", NULL, 0);
    struct name_tally *names =
        names_of(a, &arena, (struct name_choice){.limit = 9}, &count, &total);
    assert_int_equal(total, 1);
    assert_int_equal(names[0].documents, 1);
    struct document_page page = page_of(a, &arena, (struct document_choice){.limit = 9});
    assert_int_equal(page.documents_wait, 0);
    assert_int_equal(page.documents[0].accepted, 2);
    arena_release(&arena);
    archive_close(a);
}

/* ---- verification ---- */

static struct verification last_verification(struct archive *a, struct arena *arena)
{
    struct verification v;
    assert_int_equal(archive_last_verification(a, arena, &v, NULL), OK);
    return v;
}

static void a_verification_is_remembered(void **state)
{
    (void)state;
    struct archive *a = fixture_make("verified", NULL);
    struct archive *reader = fixture_open("verified", ARCHIVE_READ);
    struct archive_check check = {.findings = 2};
    struct fault why;
    struct arena arena;
    arena_init(&arena);
    assert_false(last_verification(reader, &arena).known);
    assert_int_equal(archive_note_verification(reader, &check, fixture_now(), &why), BUSY);
    assert_int_equal(archive_note_verification(a, &check, STR("2026-11-21T07:40:00Z"), &why), OK);
    struct verification v = last_verification(reader, &arena);
    assert_true(v.known && v.all_looked_at);
    assert_int_equal(v.findings, 2);
    assert_string_equal(v.at.at, "2026-11-21T07:40:00Z");
    fixture_add(a, STR("7 people"), &facts, NULL);
    assert_false(last_verification(reader, &arena).all_looked_at);
    archive_close(a);
    check.findings = 0;
    assert_int_equal(archive_note_verification(reader, &check, fixture_now(), &why), OK);
    v = last_verification(reader, &arena);
    assert_true(v.all_looked_at && v.findings == 0);
    assert_int_not_equal(archive_begin(reader, &why), OK);
    arena_release(&arena);
    archive_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_come_a_page_at_a_time),
        cmocka_unit_test(a_document_is_found_by_its_digits),
        cmocka_unit_test(decisions_of_a_document_come_together),
        cmocka_unit_test(a_generation_ends_with_every_change),
        cmocka_unit_test(a_snapshot_is_of_one_state),
        cmocka_unit_test(a_listing_says_what_the_statements_say),
        cmocka_unit_test(names_come_by_their_documents),
        cmocka_unit_test(what_is_shared_is_of_one_state),
        cmocka_unit_test(documents_that_wait_are_of_one_state),
        cmocka_unit_test(many_mentions_are_kept_for_one_state),
        cmocka_unit_test(two_texts_of_one_document_are_one),
        cmocka_unit_test(a_verification_is_remembered),
    };
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
